package io.twinleg.venue.hyperliquid.account;

import static io.twinleg.venue.hyperliquid.order.WireMessages.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.hyperliquid.order.WireMessages;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.account.HyperliquidSpotAccount;
import io.twinleg.wire.hyperliquid.account.PerpAccount;
import io.twinleg.wire.hyperliquid.account.RestingOrders;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AccountStatesTest {
  /** Each figure its own value; with the time to be filled in. */
  static final String PERP_TEXT =
      "{'marginSummary':{'accountValue':'1290.5','totalNtlPos':'801.0','totalRawUsd':'1491.5','totalMarginUsed':'412.0'},"
          + "'crossMarginSummary':{'accountValue':'990.5','totalNtlPos':'201.0','totalRawUsd':'1191.5','totalMarginUsed':'112.0'},"
          + "'crossMaintenanceMarginUsed':'10.0','withdrawable':'790.5','time':%d,'assetPositions':["
          + "{'type':'oneWay','position':{'coin':'HYPE','szi':'-5.0','leverage':{'type':'cross','value':2},'entryPx':'38.3','positionValue':'201.0','unrealizedPnl':'-9.5','returnOnEquity':'0.1','marginUsed':'100.5'}},"
          + "{'type':'oneWay','position':{'coin':'DOGE','szi':'7.0','entryPx':'4O.0','marginUsed':'300.0'}}]}";

  private static final String SPOT =
      "{'balances':[{'coin':'USDC','token':0,'total':'1000.0','hold':'150.0'},{'coin':'HYPE','token':150,'total':'4.988004','hold':'1.0'},{'coin':'HYPE','token':9,'total':'NaN'},{'coin':'+12','total':'1.0','hold':'0.0'}],'evmEscrows':[]}";
  private static final JsonNode ORDERS =
      json(
          "[{'coin':'@107','side':'B','limitPx':'40.1','sz':'1.5','oid':11,'timestamp':12,'origSz':'2.0','cloid':'"
              + WireMessages.name(1).hex()
              + "'},{'coin':'BTC','limitPx':'NaN'},"
              + "{'coin':'HYPE','side':'A','limitPx':'0','sz':'3','oid':2,'timestamp':3,'origSz':'4'},"
              + "{'coin':'HYPE','side':'up'}]");

  private static AccountStates states(String spot) {
    return new AccountStates(
        PerpAccount.read(json(PERP_TEXT.formatted(1)), coin -> coin.equals("HYPE")),
        HyperliquidSpotAccount.read(
            json(spot), token -> token == 0 || token == 150, "USDC"::equals),
        RestingOrders.read(
            ORDERS, coin -> !coin.equals("BTC"), WireMessages.name(1).hex()::equals));
  }

  private static AccountState view(AccountMode mode) {
    return states(SPOT).view(mode, WireMessages.legs());
  }

  @Test
  void theTwoWalletsOfAClassicAccountAreApart() {
    AccountState state = view(AccountMode.CLASSIC);

    assertThat(state.pooled()).isFalse();
    assertThat(state.freeForSpot()).isEqualTo(Usd.of("850.0"));
    assertThat(state.freeForPerp()).isEqualTo(Usd.of("790.5"));
    assertThat(state.perpEquity()).isEqualTo(Usd.of("990.5"));
    assertThat(state.quoteBalance()).isEqualTo(Usd.of("1000.0"));
    assertThat(state.maintenanceMargin()).isEqualTo(Usd.of("10.0"));
  }

  @Test
  void coinsAreKnownByTheirTokenAndPositionsBySign() {
    AccountState state = view(AccountMode.CLASSIC);

    assertThat(state.spotTotal(WireMessages.SPOT.id())).isEqualTo(Quantity.of("4.988004"));
    assertThat(state.balances().get(0).hold()).isEqualTo(Quantity.of("1"));
    assertThat(state.perpSize(WireMessages.PERP.id())).isEqualTo(Quantity.of("-5"));
    assertThat(state.positions()).hasSize(1);
    assertThat(state.positions().get(0).entryNotional().plain()).isEqualByComparingTo("191.5");
    assertThat(state.positions().get(0).leverage()).isEqualTo(2);
    assertThat(state.positions().get(0).mark()).contains(Price.of("40.2"));
    assertThat(state.openOrders())
        .containsExactly(
            new AccountState.OpenOrder(
                Optional.of(WireMessages.name(1)),
                WireMessages.SPOT.id(),
                Side.BUY,
                Price.of("40.1"),
                Quantity.of("1.5")));
  }

  /** Kind I: others' cross positions use up the collateral of our short; isolated ones do not. */
  @Test
  void crossPositionsInOtherCoinsAreOneThatSharesTheCollateral() {
    String more =
        PERP_TEXT
            .formatted(1)
            .replace("'totalNtlPos':'201.0'", "'totalNtlPos':'1001.0'")
            .replace("'totalMarginUsed':'112.0'", "'totalMarginUsed':'360.5'");
    AccountStates states =
        new AccountStates(
            PerpAccount.read(json(more), "HYPE"::equals),
            HyperliquidSpotAccount.read(json(SPOT), token -> token == 0, "USDC"::equals),
            RestingOrders.NONE);
    AccountState state = states.view(AccountMode.CLASSIC, WireMessages.legs());
    assertThat(state.positions()).hasSize(2);
    AccountState.PerpPosition others = state.positions().get(1);
    assertThat(others.entryNotional().plain()).isEqualByComparingTo("800");
    assertThat(others.mark()).contains(Price.of("800"));
    assertThat(others.leverage()).isEqualTo(3);
    assertThat(view(AccountMode.CLASSIC).positions()).hasSize(1);
  }

  /** The perp state of a pooled account shows zero: trap 11. What is held contains its margin. */
  @Test
  void thePoolOfAUnifiedAccountIsItsSpotStateAndItsMarginIsTakenOffOnce() {
    AccountState held = view(AccountMode.UNIFIED);
    assertThat(held.pooled()).isTrue();
    assertThat(held.freeForSpot()).isEqualTo(held.freeForPerp());
    assertThat(held.freeForPerp().plain()).isEqualByComparingTo("840.5");
    assertThat(held.perpEquity().plain()).isEqualByComparingTo("990.5");
    assertThat(held.quoteBalance().plain()).isEqualByComparingTo("1000");
  }

  @Test
  void withPortfolioMarginBorrowedMoneyIsNotOursAndTheRealReserveCounts() {
    String borrowed =
        SPOT.replace("'hold':'150.0'", "'hold':'0.0','spotHold':'150.0','borrowed':'300'");
    AccountState state = states(borrowed).view(AccountMode.PORTFOLIO_MARGIN, WireMessages.legs());
    assertThat(state.quoteBalance().plain()).isEqualByComparingTo("700");
    assertThat(state.freeForSpot().plain()).isEqualByComparingTo("540.5");
    assertThat(state.perpEquity().plain()).isEqualByComparingTo("690.5");
  }

  @Test
  void aReserveThatIsNotStatedIsNotZero() {
    assertThat(view(AccountMode.PORTFOLIO_MARGIN).freeForSpot().plain())
        .isEqualByComparingTo("728.5");
  }

  /** Case L18. */
  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "null", "[]", "{'balances':{}}", "{'balances':[{'coin':'USDC','token':0}]}"})
  void whatLacksItsFieldsIsNoAnswer(String body) {
    assertThatThrownBy(() -> HyperliquidSpotAccount.read(json(body), token -> true, name -> true))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> PerpAccount.read(json(body), coin -> true))
        .isInstanceOf(MalformedMessage.class);
  }

  @Test
  void everyNeededFigureOfThePerpStateIsNeeded() {
    for (String field :
        List.of(
            "marginSummary",
            "crossMarginSummary",
            "crossMaintenanceMarginUsed",
            "withdrawable",
            "assetPositions",
            "time",
            "szi",
            "leverage",
            "positionValue",
            "unrealizedPnl")) {
      String without = PERP_TEXT.formatted(1).replace("'" + field + "'", "'other'");
      assertThatThrownBy(() -> PerpAccount.read(json(without), "HYPE"::equals))
          .as(field)
          .isInstanceOf(MalformedMessage.class);
    }
  }

  @Test
  void anOrderOfOursThatCannotBeReadMakesTheListUnreadable() {
    JsonNode list =
        json("[{'coin':'HYPE','cloid':'" + WireMessages.name(1).hex() + "','sz':'NaN'}]");
    assertThatThrownBy(
            () -> RestingOrders.read(list, coin -> true, WireMessages.name(1).hex()::equals))
        .isInstanceOf(MalformedMessage.class);
  }
}
