package io.twinleg.wire.aster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.aster.request.Signing.OrderNonce;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whole facts, each field with a value of its own; and what none of them can be read from. */
class AsterRecordsTest {
  private static final String ORDER =
      """
      {"orderId":11,"symbol":"ASTERUSDT","status":"PARTIALLY_FILLED","clientOrderId":"web_1",
       "price":"0.12","avgPrice":"0.13","origQty":"14","executedQty":"5","cumQuote":"0.65",
       "timeInForce":"GTX","type":"LIMIT","reduceOnly":true,"side":"SELL","time":16,
       "updateTime":17}\
      """;

  private static final String FRAME =
      """
      {"e":"ORDER_TRADE_UPDATE","E":18,"T":19,"o":{"i":11,"s":"ASTERUSDT","X":"FILLED",
       "c":"web_1","S":"SELL","o":"LIMIT","f":"IOC","p":"0.12","ap":"0.13","q":"14","z":"15",
       "R":true,"T":20,"x":"TRADE","t":21,"L":"0.22","l":"23","n":"-0.24","N":"BNB","rp":"-25",
       "m":true}}\
      """;

  private static final String TRADE =
      """
      {"symbol":"ASTERUSDT","id":31,"orderId":32,"side":"BUY","price":"0.33","qty":"34",
       "commission":"-0.35","commissionAsset":"BNB","realizedPnl":"36","maker":false,"time":37}\
      """;

  private static final String POSITION =
      """
      {"symbol":"ASTERUSDT","positionAmt":"-41","entryPrice":"0.42","markPrice":"0.43",
       "unRealizedProfit":"44","liquidationPrice":"45","leverage":"6","marginType":"isolated",
       "positionSide":"BOTH"}\
      """;

  private static final String FUTURES =
      """
      {"totalWalletBalance":"51","totalMarginBalance":"52","totalMaintMargin":"53",
       "totalInitialMargin":"54","availableBalance":"55","canTrade":true,
       "assets":[{"asset":"USDT","walletBalance":"56","availableBalance":"57"}],
       "positions":[{"symbol":"ASTERUSDT","positionAmt":"-58","entryPrice":"0.42",
                     "unrealizedProfit":"-1.16"},
                    {"symbol":"BTCUSDT","positionAmt":"0.59","entryPrice":"0.6",
                     "unrealizedProfit":"NaN"},
                    {"symbol":"ASTERUSDT","positionAmt":"0","entryPrice":"0",
                     "unrealizedProfit":"0"}]}\
      """;

  private static final String SPOT =
      "{\"canTrade\":true,\"balances\":[{\"asset\":\"ASTER\",\"free\":\"61\",\"locked\":\"62\"}]}";

  private static JsonNode json(String text) {
    return AsterJson.parse(text).orElseThrow();
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  @Test
  void readsAnOrder() {
    OrderReply order =
        new OrderReply(
            Leg.PERP,
            11,
            "ASTERUSDT",
            OrderStatus.PARTIALLY_FILLED,
            "web_1",
            Side.SELL,
            "LIMIT",
            "GTX",
            number("0.12"),
            number("0.13"),
            number("14"),
            number("5"),
            number("0.65"),
            true,
            16,
            17);
    assertThat(OrderReply.read(Leg.PERP, json(ORDER))).isEqualTo(order);
    assertThat(order.remaining()).isEqualByComparingTo("9");
  }

  @Test
  void readsTheFrameOfATrade() {
    AsterUserEvent.OrderUpdate update =
        (AsterUserEvent.OrderUpdate) AsterUserEvent.read(Leg.PERP, json(FRAME)).orElseThrow();
    assertThat(update.execution()).isEqualTo("TRADE");
    assertThat(update.eventTime()).isEqualTo(18);
    assertThat(update.order())
        .isEqualTo(
            new OrderReply(
                Leg.PERP,
                11,
                "ASTERUSDT",
                OrderStatus.FILLED,
                "web_1",
                Side.SELL,
                "LIMIT",
                "IOC",
                number("0.12"),
                number("0.13"),
                number("14"),
                number("15"),
                BigDecimal.ZERO,
                true,
                0,
                20));
    assertThat(update.trade())
        .contains(
            new AsterTradeRow(
                Leg.PERP,
                "ASTERUSDT",
                21,
                11,
                Side.SELL,
                number("0.22"),
                number("23"),
                number("0.24"),
                "BNB",
                number("-25"),
                true,
                20));
  }

  @Test
  void readsATrade() {
    assertThat(AsterTradeRow.read(Leg.PERP, json(TRADE)))
        .isEqualTo(
            new AsterTradeRow(
                Leg.PERP,
                "ASTERUSDT",
                31,
                32,
                Side.BUY,
                number("0.33"),
                number("34"),
                number("0.35"),
                "BNB",
                number("36"),
                false,
                37));
  }

  @Test
  void readsThePositionAndBothWallets() {
    assertThat(PositionRow.read(json(POSITION)))
        .isEqualTo(
            new PositionRow(
                "ASTERUSDT",
                number("-41"),
                number("0.42"),
                number("0.43"),
                number("44"),
                number("45"),
                6,
                false,
                "BOTH"));
    assertThat(FuturesAccount.read(json(FUTURES), "ASTERUSDT"::equals))
        .isEqualTo(
            new FuturesAccount(
                true,
                number("51"),
                number("52"),
                number("53"),
                number("54"),
                number("55"),
                List.of(new FuturesAccount.Asset("USDT", number("56"), number("57"))),
                List.of(
                    new FuturesAccount.ValuedPosition(
                        "ASTERUSDT", number("-58"), number("0.42"), number("-1.16")))));
    FuturesAccount futures = FuturesAccount.read(json(FUTURES), "ASTERUSDT"::equals);
    assertThat(futures.mark("ASTERUSDT", number("-58.0")).orElseThrow())
        .isEqualByComparingTo("0.44");
    assertThat(futures.mark("ASTERUSDT", number("-57"))).isEmpty();
    assertThatThrownBy(() -> FuturesAccount.read(json(FUTURES), symbol -> true))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("unrealizedProfit");
    AsterSpotAccount spot = AsterSpotAccount.read(json(SPOT), asset -> true);
    assertThat(spot.of("ASTER"))
        .isEqualTo(new AsterSpotAccount.Balance("ASTER", number("61"), number("62")));
    assertThat(spot.of("USDT").total()).isZero();
  }

  @Test
  void readsTheMarket() {
    assertThat(
            DepthReply.read(
                json("{\"E\":71,\"u\":72,\"b\":[[\"0.73\",\"74\"]],\"a\":[[\"0.75\",\"76\"]]}")))
        .isEqualTo(
            new DepthReply(
                72,
                71,
                new BookSnapshot(
                    List.of(new PriceLevel(Price.of("0.73"), Quantity.of("74"))),
                    List.of(new PriceLevel(Price.of("0.75"), Quantity.of("76"))))));
    assertThat(
            PremiumIndex.readFrame(
                json("{\"s\":\"X\",\"p\":\"81\",\"i\":\"82\",\"r\":\"83\",\"T\":84,\"E\":85}")))
        .isEqualTo(new PremiumIndex("X", number("81"), number("82"), number("83"), 84, 85));
    AggTrade sold = new AggTrade("X", 91, Price.of("0.92"), Quantity.of("93"), Side.SELL, 94);
    assertThat(
            AggTrade.read(
                json("{\"s\":\"X\",\"a\":91,\"p\":\"0.92\",\"q\":\"93\",\"m\":true,\"T\":94}")))
        .isEqualTo(sold);
    assertThat(AggTrade.read(sold.json())).isEqualTo(sold);
    assertThat(
            SymbolRules.maxLeverage(
                json(
                    """
                    [{"symbol":"Y","brackets":[{"initialLeverage":125}]},
                     {"symbol":"X","brackets":[{"initialLeverage":20},{"initialLeverage":50}]}]\
                    """),
                "X"))
        .isEqualTo(50);
  }

  // ---- what is none

  /** A field that is needed is not replaced by a default. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"NaN\"",
        "\"4O.0\"",
        "null",
        "\"1E999999999\"",
        "{}",
        "\"\"",
        "\"11111111111111111111111111111111111111111111\""
      })
  void aNeededNumberThatIsNoneIsMalformed(String value) {
    assertMalformed(() -> OrderReply.read(Leg.PERP, without(ORDER, "executedQty", value)));
    assertMalformed(() -> OrderReply.read(Leg.PERP, without(ORDER, "orderId", value)));
    assertMalformed(() -> AsterTradeRow.read(Leg.PERP, without(TRADE, "commission", value)));
    assertMalformed(() -> AsterTradeRow.read(Leg.PERP, without(TRADE, "price", value)));
    assertMalformed(() -> AsterTradeRow.read(Leg.PERP, without(TRADE, "realizedPnl", value)));
    assertMalformed(() -> PositionRow.read(without(POSITION, "positionAmt", value)));
    assertMalformed(() -> PositionRow.read(without(POSITION, "leverage", value)));
    assertMalformed(() ->
        FuturesAccount.read(without(FUTURES, "totalMaintMargin", value), "ASTERUSDT"::equals));
    assertMalformed(() -> AsterSpotAccount.read(without(SPOT, "locked", value), asset -> true));
  }

  @ParameterizedTest
  @CsvSource({"side", "maker", "commissionAsset"})
  void aTradeWithoutItsSideIsNoSale(String field) {
    assertMalformed(() -> AsterTradeRow.read(Leg.PERP, without(TRADE, field, "")));
    assertMalformed(() -> AsterTradeRow.read(Leg.PERP, without(TRADE, field, "{}")));
  }

  @Test
  void aLevelThatCannotBeReadMakesTheBookUnreadable() {
    assertMalformed(
        () -> DepthReply.read(json("{\"u\":1,\"bids\":[[\"NaN\",\"74\"]],\"asks\":[]}")));
    assertMalformed(() -> DepthReply.read(json("{\"u\":1,\"bids\":[[\"0\",\"1\"]],\"asks\":[]}")));
    assertMalformed(
        () -> DepthReply.read(json("{\"u\":1,\"bids\":[[\"60000000000\",\"1\"]],\"asks\":[]}")));
    assertMalformed(() -> DepthReply.read(json("{\"u\":1,\"bids\":[[\"2\",\"-1\"]],\"asks\":[]}")));
    assertMalformed(() ->
        DepthReply.read(json("{\"u\":1,\"bids\":[[\"2\",\"5\"],[\"3\",\"6\"]],\"asks\":[]}")));
    assertMalformed(() ->
        DepthReply.read(json("{\"u\":1,\"bids\":[],\"asks\":[[\"3\",\"6\"],[\"2\",\"5\"]]}")));
    assertMalformed(() -> DepthReply.read(json("{\"u\":1,\"bids\":[]}")));
    assertMalformed(() -> DepthReply.read(json("{}")));
  }

  /** By such a rate an entry would look free, or as if it were paid for. */
  @ParameterizedTest
  @ValueSource(strings = {"0.4", "-1", "1e30"})
  void ratesThatNoVenueHasAreUnreadable(String rate) {
    String text =
        "{\"symbol\":\"A\",\"makerCommissionRate\":\"0.0002\",\"takerCommissionRate\":\"%s\"}";
    assertThat(Commission.read(json(text.formatted("0.0004"))).taker()).isEqualTo("0.0004");
    assertMalformed(() -> Commission.read(json(text.formatted(rate))));
  }

  private static void assertMalformed(org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
    assertThatThrownBy(read).isInstanceOf(MalformedMessage.class);
  }

  /** With this value; empty leaves the field out. */
  private static JsonNode without(String text, String field, String value) {
    String changed =
        text.replaceAll(
            "\"" + field + "\":(\"[^\"]*\"|[^,}]*)",
            value.isEmpty() ? "\"none\":1" : "\"" + field + "\":" + value);
    return json(changed);
  }

  // ---- rows that are not ours

  @Test
  void aRowOfAnotherIsPassedOverAndOneOfOursIsNot() {
    JsonNode rows = json("[" + POSITION + ",{\"symbol\":\"BTCUSDT\",\"positionAmt\":\"NaN\"}]");
    assertThat(PositionRow.list(rows, "ASTERUSDT"::equals)).hasSize(1);
    assertMalformed(() -> PositionRow.list(rows, "BTCUSDT"::equals));
    assertMalformed(() -> PositionRow.list(json("{}"), "ASTERUSDT"::equals));
    JsonNode orders = json("[{\"clientOrderId\":\"web_2\",\"status\":\"PENDING\"}," + ORDER + "]");
    assertThat(OrderReply.openOrders(Leg.PERP, orders, "web_1"::equals)).hasSize(1);
    assertMalformed(() -> OrderReply.openOrders(Leg.PERP, orders, "web_2"::equals));
  }

  @Test
  void aFrameThatCannotBeReadNamesItsOrder() {
    assertThat(AsterUserEvent.read(Leg.PERP, json(FRAME.replace("FILLED", "PENDING_CANCEL"))))
        .contains(
            new AsterUserEvent.UnreadableOrder("ASTERUSDT", "web_1", "status is PENDING_CANCEL"));
  }

  // ---- intervals and nonces

  @ParameterizedTest
  @CsvSource({"0, 4", "1, 4", "2, 8", "3, 7"})
  void anIntervalIsTheDistanceToTheSettlementBefore(int row, int hours) {
    List<AsterFundingRow> rows = List.of(settledAt(0), settledAt(4), settledAt(12), settledAt(36));
    assertThat(AsterFundingRow.intervalHours(rows, row, 7)).isEqualTo(hours);
    assertThat(AsterFundingRow.intervalHours(rows.subList(0, 1), 0, 7)).isEqualTo(7);
  }

  /** Some seconds late, as the venue settles. */
  private static AsterFundingRow settledAt(int hour) {
    return new AsterFundingRow("X", hour * 3_600_000L + hour * 700, BigDecimal.ONE);
  }

  @Test
  void anEnvelopeKeepsTheNonce() {
    OrderNonce nonce = new OrderNonce(1_748_310_859_508_867L);
    assertThat(OrderNonce.read(nonce.json())).contains(nonce);
    assertThat(OrderNonce.read("{}")).isEqualTo(Optional.empty());
  }
}
