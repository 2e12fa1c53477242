package io.twinleg.wire.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.RejectReason;
import io.twinleg.scenario.Scenario;
import io.twinleg.venue.transport.TransportJson;
import io.twinleg.wire.Hex;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.Signer;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.hyperliquid.account.FillRow;
import io.twinleg.wire.hyperliquid.account.HyperliquidSpotAccount;
import io.twinleg.wire.hyperliquid.account.HyperliquidUserEvent;
import io.twinleg.wire.hyperliquid.account.OpenOrder;
import io.twinleg.wire.hyperliquid.account.OrderState;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.L1Action;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelOrders;
import io.twinleg.wire.hyperliquid.action.L1Action.Noop;
import io.twinleg.wire.hyperliquid.action.ModifyOrder;
import io.twinleg.wire.hyperliquid.action.Msgpack;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import io.twinleg.wire.hyperliquid.action.UserSigned;
import io.twinleg.wire.hyperliquid.market.PerpContext;
import io.twinleg.wire.hyperliquid.market.PerpMetaAndContexts;
import io.twinleg.wire.hyperliquid.market.SpotMeta;
import io.twinleg.wire.hyperliquid.market.SpotMetaAndContexts;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/**
 * The mistakes that clients of this venue are known for, by the numbers of their list. Those that
 * are no matter of language are tested where they belong.
 */
class MalformedMessageTest {
  private static final Signer SIGNER =
      Signer.of(Hex.decode("0x0123456789012345678901234567890123456789012345678901234567890123"));

  @Test
  void trap01AChangedByteMakesAnotherSignerThatDoesNotExistAtTheVenue() {
    Envelope sent = Envelope.Unsigned.of(new Noop(), 1).sign(SIGNER, Network.MAINNET);
    Envelope changed = new Envelope(Envelope.Unsigned.of(new Noop(), 2), sent.signature());
    String other = changed.signer(Network.MAINNET).orElseThrow();
    assertThat(other).isNotEqualTo(SIGNER.address());
    assertThat(ErrorTexts.reason("User or API Wallet " + other + " does not exist."))
        .isEqualTo(RejectReason.SIGNER_UNKNOWN);
  }

  @Test
  void trap02OptionalKeysAreLeftOutAndNeverNullOrFalse() {
    List<L1Action> bare =
        List.of(
            PlaceOrders.of(List.of(order(OrderKind.Tif.GTC))),
            new CancelOrders(List.of(new CancelOrders.OidCancel(1, 2)), false),
            new ModifyOrder(new OrderRef.Oid(1), order(OrderKind.Tif.ALO), false));
    for (L1Action action : bare) {
      assertThat(HyperliquidJson.text(action.json()))
          .doesNotContain("null", "\"c\"", "\"builder\"", "\"f\"", "\"a\":false");
    }
  }

  @Test
  void trap03AnIdAbove32BitsIsUnsignedAndAnErrorWithinOkIsSeen() {
    CancelOrders cancel =
        new CancelOrders(List.of(new CancelOrders.OidCancel(5, 500_000_000_000L)), false);
    assertThat(Hex.encode(Msgpack.encode(cancel.json()))).endsWith("a16fcf000000746a528800");
    ExchangeResponse answer =
        ExchangeResponse.read(
            HyperliquidJson.parse(
                "{\"status\":\"ok\",\"response\":{\"type\":\"order\",\"data\":"
                    + "{\"statuses\":[{\"error\":\"Order has zero size.\"}]}}}"));
    assertThat(((ExchangeResponse.Accepted) answer).statuses())
        .containsExactly(new ExchangeResponse.Rejected("Order has zero size."));
  }

  @Test
  void trap04TheKeysOfATriggerAndTheTypeOfAnAgentAreAsTheVenueHashesThem() {
    OrderKind stop = new OrderKind.Trigger(true, new BigDecimal("103"), false);
    OrderWire order =
        new OrderWire(5, true, BigDecimal.TEN, BigDecimal.ONE, false, stop, Optional.empty());
    assertThat(HyperliquidJson.text(PlaceOrders.of(List.of(order)).json()))
        .contains("\"t\":{\"trigger\":{\"isMarket\":true,\"triggerPx\":\"103\",\"tpsl\":\"sl\"}}}");
    UserSigned upper = approve("0x1719884EB866CB12B2287399B15F7DB5E7D775EA");
    UserSigned lower = approve("0x1719884eb866cb12b2287399b15f7db5e7d775ea");
    assertThat(upper.digest()).isEqualTo(lower.digest());
  }

  @Test
  void trap05FiveFiguresAndTheDecimalsBothBindAndWholeNumbersAreExempt() {
    PriceRule btc = new PriceRule.SignificantFigures(1);
    assertThat(btc.isLegal(Price.of("123457"))).isTrue();
    assertThat(btc.isLegal(Price.of("9999.9"))).isTrue();
    assertThat(btc.isLegal(Price.of("9999.95"))).isFalse();
    assertThat(btc.isLegal(Price.of("10000.5"))).isFalse();
    assertThat(WireNumber.format(new BigDecimal("1E+5"))).isEqualTo("100000");
    assertThat(WireNumber.format(new BigDecimal("100.0"))).isEqualTo("100");
    assertThat(WireNumber.format(new BigDecimal("-0.0"))).isEqualTo("0");
    assertThat(WireNumber.formatAnswer(new BigDecimal("1500"))).isEqualTo("1500.0");
  }

  @Test
  void trap09APairsPlaceIsNotItsIndexAndAContextIsFoundByItsCoin() {
    SpotMetaAndContexts recorded =
        SpotMetaAndContexts.read(
            SharedFiles.recording("spotMetaAndAssetCtxs-mainnet-go-SpotMetaAndAssetCtxs.json"));
    SpotMeta.Pair hype = recorded.meta().pair("@107").orElseThrow();
    assertThat(recorded.meta().universe().indexOf(hype)).isNotEqualTo(107);
    assertThat(hype.assetId()).isEqualTo(10107);
    assertThat(recorded.of("@107").orElseThrow().coin()).isEqualTo("@107");
    assertThat(recorded.contexts()).hasSizeGreaterThan(recorded.meta().universe().size());
  }

  @Test
  void trap12AUserSignedActionKnowsTheNonceItMustShareWithItsEnvelope() {
    UserSigned transfer =
        UserSigned.of(UserSigned.Kind.USD_CLASS_TRANSFER, Network.MAINNET, "5", true, 7L);
    UserSigned send = UserSigned.of(UserSigned.Kind.USD_SEND, Network.MAINNET, "0xAb", "5", 8L);
    assertThat(transfer.nonce()).isEqualTo(7);
    assertThat(send.nonce()).isEqualTo(8);
    assertThat(send.text("destination")).isEqualTo("0xAb");
  }

  @Test
  void trap13TheFeeOfASpotPurchaseIsInItsBase() {
    FillRow fill =
        FillRow.read(
            HyperliquidJson.parse(
                """
                {"coin":"@107","px":"31.737","sz":"0.31","side":"B","time":1,"startPosition":"0",
                 "dir":"Buy","closedPnl":"0.0","hash":"0x0","oid":1,"crossed":true,
                 "fee":"0.00021699","tid":2,"feeToken":"HYPE"}
                """));
    assertThat(fill.feeToken()).isEqualTo("HYPE");
    assertThat(fill.fee()).isEqualByComparingTo("0.00021699");
  }

  @Test
  void trap14FundingIsNotOpenInterest() {
    PerpContext btc =
        PerpMetaAndContexts.read(
                SharedFiles.recording("metaAndAssetCtxs-mainnet-dex_main-go-MetaAndAssetCtxs.json"))
            .contexts()
            .getFirst();
    assertThat(btc.funding()).isEqualByComparingTo("-0.000003688");
    assertThat(btc.openInterest()).isEqualByComparingTo("22727.78266");
  }

  @Test
  void trap16TheAddressLimitComesAsAnAnswerOf200() {
    ExchangeResponse answer =
        ExchangeResponse.read(
            HyperliquidJson.parse(
                "{\"status\":\"err\",\"response\":\"Too many cumulative requests sent (2 > 1) "
                    + "for cumulative volume traded $1.\"}"));
    assertThat(ErrorTexts.reason(((ExchangeResponse.Refused) answer).text()))
        .isEqualTo(RejectReason.RATE_LIMIT);
  }

  @Test
  void trap17ThePostOnlyWindowIsUnderstood() {
    assertThat(ErrorTexts.known("Only post-only orders allowed immediately after network upgrade"))
        .contains(RejectReason.HALTED);
  }

  @Test
  void trap18AModifyThatLostTheOldOrderIsDistinguishedFromOneThatKeptIt() {
    assertThat(ErrorTexts.isFailedReplacement("Error placing new order during modify: Post only"))
        .isTrue();
    assertThat(ErrorTexts.isFailedReplacement("Attempted to modify to invalid new order"))
        .isFalse();
  }

  @Test
  @Scenario("F11")
  void trap19NewFieldsNullsAndStatusesDoNotBreakAReader() {
    HyperliquidSpotAccount account =
        HyperliquidSpotAccount.read(
            HyperliquidJson.parse(
                """
                {"balances":[{"coin":"+10","total":"25","hold":"0","entryNtl":"0","ltv":"0.5"}],
                 "evmEscrows":[{"coin":"USDC","token":0,"total":"1"}]}
                """));
    assertThat(account.of("+10").orElseThrow().token()).isEmpty();
    PerpContext empty =
        PerpContext.read(
            HyperliquidJson.parse(
                """
                {"funding":"0.0","openInterest":"0.0","prevDayPx":"1.0","dayNtlVlm":"0.0",
                 "premium":null,"oraclePx":"1.0","markPx":"1.0","midPx":null,"impactPxs":null}
                """));
    assertThat(empty.midPrice()).isEmpty();
    assertThat(empty.impactPrices()).isEmpty();
    assertThat(new OrderState(openOrder(), "somethingNewCanceled", 1).isOver()).isTrue();
    assertThat(HyperliquidUserEvent.read(HyperliquidJson.parse("{\"twapHistory\":[]}")))
        .isInstanceOf(HyperliquidUserEvent.Other.class);
  }

  /** What would be lost unseen: the second of two messages, and one of two values of a key. */
  @Test
  void twoMessagesInOneFrameAndTwoValuesOfOneKeyAreNoMessage() {
    String fills = "{\"channel\":\"userFills\",\"data\":{\"user\":\"0x1\",\"fills\":[]}}";
    assertThat(ServerFrame.read(fills).channel()).isEqualTo("userFills");
    String twice = fills.replace("\"fills\":", "\"fills\":[7],\"fills\":");
    String answer = "{\"totalSz\":\"8\",\"totalSz\":\"9\"}";
    assertThatThrownBy(() -> ServerFrame.read(fills + fills)).isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> ServerFrame.read(twice)).isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> TransportJson.read(answer)).isInstanceOf(JacksonException.class);
    assertThat(AsterJson.parse(answer)).isEmpty();
  }

  private static OpenOrder openOrder() {
    return new OpenOrder(
        "BTC",
        true,
        BigDecimal.ONE,
        BigDecimal.ONE,
        BigDecimal.ONE,
        1,
        1,
        Optional.empty(),
        false,
        OpenOrder.Terms.limit("Gtc"));
  }

  private static OrderWire order(OrderKind.Tif tif) {
    return new OrderWire(
        1, true, BigDecimal.ONE, BigDecimal.ONE, false, new OrderKind.Limit(tif), Optional.empty());
  }

  private static UserSigned approve(String agent) {
    return UserSigned.of(UserSigned.Kind.APPROVE_AGENT, Network.MAINNET, agent, "bot", 1L);
  }
}
