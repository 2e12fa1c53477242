package io.twinleg.wire.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import org.junit.jupiter.api.Test;

class RecordedBodiesTest {

  @Test
  void readsOrdersWhoseNumbersCameInQuotes() {
    OrderReply placed =
        OrderReply.read(Leg.SPOT, AsterFiles.recorded("POST sapi /api/v3/order LIMIT BUY"));
    assertThat(placed.orderId()).isEqualTo(456715590L);
    assertThat(placed.status()).isEqualTo(OrderStatus.NEW);
    assertThat(placed.quantity()).isEqualByComparingTo("0.005");
    assertThat(placed.updateTime()).isEqualTo(1781082640220L);
    assertThat(OrderReply.read(Leg.SPOT, AsterFiles.recorded("DELETE sapi /api/v3/order")).status())
        .isEqualTo(OrderStatus.CANCELED);
  }

  @Test
  void theAcknowledgementOfAMarketOrderIsNewAndUnfilled() {
    OrderReply placed =
        OrderReply.read(Leg.SPOT, AsterFiles.recorded("POST sapi /api/v3/order MARKET BUY"));
    assertThat(placed.status().isOver()).isFalse();
    assertThat(placed.filled()).isEqualByComparingTo("0");
    assertThat(placed.type()).isEqualTo("MARKET");
  }

  @Test
  void aMissingAssetIsZeroAndTheUpdateTimeIsNoTime() {
    AsterSpotAccount account =
        AsterSpotAccount.read(AsterFiles.recorded("GET sapi /api/v3/account"), asset -> true);
    assertThat(account.of("USDT").free()).isEqualByComparingTo("29.99723191");
    assertThat(account.of("BTC").total()).isEqualByComparingTo("0");
  }

  @Test
  void readsTheFuturesAccount() {
    FuturesAccount account =
        FuturesAccount.read(
            AsterFiles.read("data/aster/futures-v4-account-trimmed-2026.json"), symbol -> true);
    assertThat(account.walletBalance()).isEqualByComparingTo("35.0112029814204");
    assertThat(account.available()).isEqualByComparingTo("35.0084023");
    assertThat(account.find("USDT").orElseThrow().wallet()).isEqualByComparingTo("10.01540483");
  }

  @Test
  void readsPositionsWhetherFlatOnesAreThereOrNot() {
    assertThat(
            AsterJson.list(AsterFiles.recorded("GET fapi positionRisk after"), PositionRow::read))
        .isEmpty();
    assertThat(
            AsterJson.list(
                AsterFiles.recorded("GET fapi /fapi/v2/positionRisk"), PositionRow::read))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.isFlat()).isTrue();
          assertThat(row.leverage()).isEqualTo(20);
          assertThat(row.cross()).isTrue();
        });
  }

  @Test
  void readsTheMarket() {
    DepthReply depth = DepthReply.read(AsterFiles.recorded("GET fapi /depth"));
    assertThat(depth.book().bids()).hasSize(5);
    assertThat(depth.book().best(Side.SELL).orElseThrow()).hasToString("106626.9");
    PremiumIndex premium = PremiumIndex.read(AsterFiles.recorded("GET fapi /premiumIndex"));
    assertThat(premium.lastFundingRate()).isEqualByComparingTo("0.0001");
    assertThat(premium.nextFundingTime()).isEqualTo(1750176000000L);
    assertThat(AsterJson.oneOrMany(AsterFiles.recorded("GET fapi /fundingInfo"), FundingInfo::read))
        .containsExactly(new FundingInfo("BTCUSDT", 8));
    assertThat(AsterJson.list(AsterFiles.recorded("GET fapi /fundingRate"), AsterFundingRow::read))
        .singleElement()
        .satisfies(row -> assertThat(row.time()).isEqualTo(1750060800000L));
  }

  @Test
  void readsFeesTradesAndIncome() {
    assertThat(Commission.read(AsterFiles.recorded("GET fapi /commissionRate")).taker())
        .isEqualByComparingTo("0.00035");
    AsterTradeRow trade =
        AsterJson.list(
                AsterFiles.recorded("GET sapi /api/v3/userTrades"),
                row -> AsterTradeRow.read(Leg.SPOT, row))
            .get(0);
    assertThat(trade.commission()).isEqualByComparingTo("0.00279605");
    assertThat(trade.commissionAsset()).isEqualTo("USDT");
    IncomeRow income =
        AsterJson.list(AsterFiles.recorded("GET fapi /income"), IncomeRow::read).get(0);
    assertThat(income.income()).isEqualByComparingTo("0.00134317");
    assertThat(income.time()).isEqualTo(1621584000000L);
  }

  @Test
  void readsTheUserStreams() {
    AsterUserEvent.AccountChanged spot =
        changed(Leg.SPOT, AsterFiles.recorded("WS spot user stream outboundAccountPosition"));
    assertThat(spot.balances()).hasSize(2);
    AsterUserEvent.AccountChanged futures =
        changed(Leg.PERP, AsterFiles.recorded("WS futures user stream ACCOUNT_UPDATE"));
    assertThat(futures.reason()).isEqualTo("ORDER");
  }

  private static AsterUserEvent.AccountChanged changed(
      Leg leg, tools.jackson.databind.JsonNode body) {
    return (AsterUserEvent.AccountChanged) AsterUserEvent.read(leg, body).orElseThrow();
  }

  @Test
  void theMarkOfSuccessIsACodeTooAndNoError() {
    assertThat(ErrorReply.read(AsterFiles.recorded("DELETE fapi /allOpenOrders"))).isEmpty();
    assertThat(ErrorReply.read(AsterFiles.recorded("DELETE fapi /batchOrders").get(0)))
        .contains(new ErrorReply(-2011, "Unknown order sent."));
  }
}
