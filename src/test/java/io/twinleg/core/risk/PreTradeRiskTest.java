package io.twinleg.core.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.PreTradeRisk.Result;
import io.twinleg.simulator.FixtureF0;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each row breaks exactly one limit by one step, and passes exactly at it: without its check, or
 * with a looser one, the order would be approved.
 */
class PreTradeRiskTest {
  private static final MarketId PURR = new MarketId("PURR");
  private static final ClientOrderId ID =
      ClientOrderId.of(new OrderIdTag("0000beef"), 3, Leg.SPOT, OrderPurpose.ENTRY, 77, 0);

  /**
   * One limit.
   *
   * @param at sets up an order that is just allowed, {@code over} changes it to the next step
   * @param reason of the denial
   */
  private record Row(
      String limit, Consumer<RiskFixture> at, Consumer<RiskFixture> over, String reason) {
    @Override
    public String toString() {
      return limit;
    }
  }

  private static Row row(
      String limit, String reason, Consumer<RiskFixture> at, Consumer<RiskFixture> over) {
    return new Row(limit, at, over, reason);
  }

  static Stream<Row> everyOrder() {
    return Stream.of(
        row("a size above zero", "quantity_not_positive", closing("0.01"), closing("0")),
        row("whole lots", "lot_size", it -> it.quantity("1.02"), it -> it.quantity("1.025")),
        row("legal prices", "tick_size", it -> it.price("39.999"), it -> it.price("39.9985")),
        row(
            "a perp buy is reduce-only",
            "not_reduce_only",
            closing("1.50"),
            it -> it.reduceOnly(false)),
        row(
            "the venue's minimum",
            "min_notional",
            it -> it.price("40").quantity("0.25"),
            it -> it.quantity("0.24")),
        row(
            "the minimum does not hold for the whole short",
            "min_notional",
            it -> it.exit(Leg.PERP).perp("0.24", "0", "0").quantity("0.24"),
            it -> it.perp("0.25", "0", "0")),
        row(
            "the minimum holds for spot of the same size as the short",
            "min_notional",
            it -> it.exit(Leg.SPOT).spot("9", "0", "0").perp("0.24", "0", "0").quantity("0.26"),
            it -> it.quantity("0.24")));
  }

  static Stream<Row> prices() {
    return Stream.of(
        row(
            "an entry buys at most 20 bps above the mid",
            "price_bound",
            it -> it.timeInForce(TimeInForce.IOC).price("40.085"),
            it -> it.price("40.086")),
        row(
            "a quote too",
            "price_bound",
            it -> it.timeInForce(TimeInForce.ALO).price("40.085"),
            it -> it.price("40.086")),
        row(
            "a hedge sells at most 20 bps below the mid",
            "price_bound",
            it -> it.hedge(Leg.PERP).delta("5").quantity("1").price("39.945"),
            it -> it.price("39.944")),
        row(
            "a repair buys at most 20 bps above the mid",
            "price_bound",
            it -> it.repair(Leg.SPOT).delta("-5").quantity("1").price("40.085"),
            it -> it.price("40.086")),
        row(
            "an unwind sells at most 40 bps below the mid",
            "price_bound",
            it -> it.unwind(Leg.SPOT).spot("5", "0", "0").quantity("1").price("39.845"),
            it -> it.price("39.844")),
        row(
            "an unwind buys at most 40 bps above the mid",
            "price_bound",
            it -> it.unwind(Leg.PERP).perp("5", "0", "0").quantity("1").price("40.185"),
            it -> it.price("40.186")),
        row(
            "an exit sells at most 20 bps below the mid",
            "price_bound",
            it -> it.exit(Leg.SPOT).spot("5", "0", "0").quantity("1").price("39.925"),
            it -> it.price("39.924")),
        row(
            "a forced exit sells at most 40 bps below the mid",
            "price_bound",
            it -> it.exit(Leg.SPOT).wider().spot("5", "0", "0").quantity("1").price("39.845"),
            it -> it.price("39.844")),
        row(
            "without a mid the bound is measured from the mark",
            "price_bound",
            it -> it.spotBook("", "40.010").repair(Leg.SPOT).delta("-5").price("40.48"),
            it -> it.price("40.481")),
        row(
            "beyond the bound a quote improves its own side by two ticks",
            "price_bound",
            it ->
                it.spotBook("45", "")
                    .timeInForce(TimeInForce.ALO)
                    .repair(Leg.SPOT)
                    .delta("-5")
                    .price("45.002"),
            it -> it.price("45.003")),
        row(
            "an order that takes keeps to the bound, whatever its own side of the book shows",
            "price_bound",
            it ->
                it.spotBook("45", "")
                    .timeInForce(TimeInForce.IOC)
                    .repair(Leg.SPOT)
                    .delta("-5")
                    .price("40.48"),
            it -> it.price("45")),
        row(
            "an order that may take keeps to the bound where it would",
            "price_bound",
            it ->
                it.spotBook("45", "45.010")
                    .timeInForce(TimeInForce.GTC)
                    .repair(Leg.SPOT)
                    .delta("-5")
                    .price("45.002"),
            it -> it.spotBook("45", "").price("45.002")));
  }

  static Stream<Row> sides() {
    return Stream.of(
        row("an entry sells the perp", "side_of_purpose", it -> it.entry(Leg.PERP), bought()),
        row(
            "a hedge buys spot",
            "side_of_purpose",
            it -> it.hedge(Leg.SPOT).delta("-5").spot("5", "0", "0"),
            it -> it.side(Side.SELL)),
        row(
            "a repair sells the perp",
            "side_of_purpose",
            it -> it.repair(Leg.PERP).delta("5").perp("5", "0", "0"),
            bought()),
        row(
            "an unwind sells spot",
            "side_of_purpose",
            it -> it.unwind(Leg.SPOT).spot("5", "0", "0"),
            it -> it.side(Side.BUY)),
        row(
            "an exit buys the perp",
            "side_of_purpose",
            it -> it.exit(Leg.PERP).delta("5").perp("5", "0", "0"),
            it -> it.side(Side.SELL)));
  }

  /** 2.02 at 40 are 80.80: 1 % more than 80. */
  static Stream<Row> additions() {
    return Stream.of(
        row(
            "no new risk while it is forbidden",
            "new_risk_forbidden",
            it -> {},
            it -> it.directive(new RiskDirective(RiskDirective.Strength.NO_NEW_RISK, "paused"))),
        row("no delisted market", "market_delisted", it -> {}, it -> it.trading(true, false)),
        row("no halted market", "market_halted", it -> {}, it -> it.trading(false, true)),
        row(
            "the target",
            "over_target",
            it -> it.target("200").spotUsd("120", "0"),
            it -> it.spotUsd("120.01", "0")),
        row(
            "the target on the perp",
            "over_target",
            it -> it.entry(Leg.PERP).quantity("2.02").price("40").target("200").perpUsd("120", "0"),
            it -> it.perpUsd("120.01", "0")),
        row(
            "the market's cap",
            "over_symbol_cap",
            it -> it.spotUsd("0", "220"),
            it -> it.spotUsd("0", "220.01")),
        row(
            "the portfolio's cap",
            "over_portfolio_cap",
            it -> it.spotUsd("0", "120").elsewhere("250"),
            it -> it.elsewhere("250.01")),
        row(
            "quote for spot",
            "spot_balance",
            it -> it.balances("80.80", "1000"),
            it -> it.balances("80.79", "1000")),
        row(
            "margin for the hedge of a spot entry",
            "perp_margin",
            it -> it.balances("1000", "40.45657818"),
            it -> it.balances("1000", "40.45657817")),
        row(
            "margin, fees and buffer of a perp entry",
            "perp_margin",
            it -> it.entry(Leg.PERP).quantity("2.02").price("40.030").balances("0", "42.08389927"),
            it -> it.balances("0", "42.08389926")),
        row(
            "quote that a bid of another market may take is not free for spot",
            "spot_balance",
            it -> it.balances("100", "1000").reserved("19.20", "3"),
            it -> it.reserved("19.21", "3")),
        row(
            "margin that a hedge of another market may take is not free for this one's",
            "perp_margin",
            it -> it.balances("1000", "50").reserved("5", "9.54342182"),
            it -> it.reserved("5", "9.54342183")),
        row(
            "nor for a perp entry",
            "perp_margin",
            it ->
                it.entry(Leg.PERP)
                    .quantity("2.02")
                    .price("40.030")
                    .balances("0", "50")
                    .reserved("6", "7.91610073"),
            it -> it.reserved("6", "7.91610074")),
        row(
            "in one pool a spot entry and the margin of its hedge together",
            "perp_margin",
            it -> it.pool("121.25657818"),
            it -> it.pool("121.25657817")),
        row(
            "in one pool the coins are paid from what is left beside both reserves",
            "perp_margin",
            it -> it.pool("130").reserved("4", "4.74342182"),
            it -> it.reserved("4", "4.74342183")),
        row(
            "in one pool a perp entry and the coins beside it together",
            "perp_margin",
            it -> it.entry(Leg.PERP).quantity("2.02").price("40.030").pool("122.49394927"),
            it -> it.pool("122.49394926")),
        row("20 orders a minute", "rate_limited", it -> it.sent(19), it -> {}),
        row(
            "200 actions that the venue still grants",
            "address_budget",
            it -> it.quotaLeft(200),
            it -> it.quotaLeft(199)));
  }

  static Stream<Row> reductions() {
    return Stream.of(
        row(
            "an unwind sells spot that is owned and not on sale yet",
            "spot_not_owned",
            it -> it.unwind(Leg.SPOT).spot("5", "0", "2").quantity("3"),
            it -> it.quantity("3.01")),
        row(
            "an exit too",
            "spot_not_owned",
            it -> it.exit(Leg.SPOT).spot("4", "0", "1").quantity("3"),
            it -> it.quantity("3.01")),
        row(
            "an unwind buys back what is short and not being bought yet",
            "short_not_held",
            it -> it.unwind(Leg.PERP).perp("5", "0", "2").quantity("3"),
            it -> it.quantity("3.01")),
        row(
            "an exit never makes the perp long",
            "short_not_held",
            it -> it.exit(Leg.PERP).perp("4", "0", "1").quantity("3"),
            it -> it.quantity("3.01")),
        row(
            "an unwind sells the coins that stand alone and are not on sale yet",
            "unwind_past_delta",
            it -> it.unwind(Leg.SPOT).spot("9", "0", "1").quantity("4.01"),
            it -> it.quantity("4.02")),
        row(
            "an unwind buys back the short that stands alone and is not being bought yet",
            "unwind_past_delta",
            it -> it.unwind(Leg.PERP).perp("9", "0", "1").quantity("4.01"),
            it -> it.quantity("4.02")),
        row(
            "the least order may give back more than stands alone, where less is left than before",
            "unwind_past_delta",
            it -> it.unwind(Leg.SPOT).delta("0.14").spot("5", "0", "0").quantity("0.25"),
            it -> it.delta("0.12")),
        row(
            "an order above the least may not",
            "unwind_past_delta",
            it -> it.unwind(Leg.SPOT).delta("0.14").spot("5", "0", "0").quantity("0.26"),
            it -> it.quantity("0.27")),
        row(
            "a perp hedge leaves alone what is on sale",
            "hedge_past_delta",
            it -> it.hedge(Leg.PERP).delta("5").spot("5", "0", "3").quantity("2.01"),
            it -> it.quantity("2.02")),
        row(
            "a perp hedge sells what stands alone and is not being sold yet",
            "hedge_past_delta",
            it -> it.hedge(Leg.PERP).delta("2").perp("0", "0.50", "0").quantity("1.51"),
            it -> it.quantity("1.52")),
        row(
            "a perp repair too",
            "hedge_past_delta",
            it -> it.repair(Leg.PERP).delta("3").perp("0", "0.50", "0").quantity("2.51"),
            it -> it.quantity("2.52")),
        row(
            "a spot hedge buys what is missing and is not coming yet, after its fee",
            "hedge_past_delta",
            it ->
                it.hedge(Leg.SPOT)
                    .delta("-2")
                    .spot("0", "0.50", "0")
                    .perp("0", "0", "0.25")
                    .quantity("1.26"),
            it -> it.quantity("1.27")),
        row(
            "a fee in quote leaves all that is bought",
            "hedge_past_delta",
            it -> it.hedge(Leg.SPOT).feeInQuote().delta("-500").quantity("500.01"),
            it -> it.quantity("500.02")),
        row(
            "a fee in base leaves less, and more may be bought",
            "hedge_past_delta",
            it -> it.hedge(Leg.SPOT).delta("-500").quantity("500.36"),
            it -> it.quantity("500.37")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"everyOrder", "prices", "sides", "additions", "reductions"})
  void aStepOverItsLimitIsDenied(Row row) {
    RiskFixture order = new RiskFixture();
    row.at().accept(order);
    assertThat(order.reason()).as("at the limit").isEqualTo("approved");
    row.over().accept(order);
    assertThat(order.reason()).as("one step over it").isEqualTo(row.reason());
  }

  @Test
  @DisplayName("an entry of a million under a cap of 100 USD is denied, with the numbers compared")
  void anEntryFarOverTheCapIsDenied() {
    RiskFixture order =
        new RiskFixture().target("100").quantity("1000000").balances("99000000", "99000000");
    assertThat(order.check())
        .isEqualTo(new Result.Denied(Denial.ofOrder("over_target", "40000000", "101")));
  }

  @Test
  void anApprovedOrderIsTheIntentUnderItsId() {
    RiskFixture order = new RiskFixture().exit(Leg.PERP).perp("5", "0", "0").quantity("3.25");
    assertThat(order.check())
        .isEqualTo(
            new Result.Approved(
                new PlaceOrder(
                    ID,
                    FixtureF0.PERP.id(),
                    Side.BUY,
                    Price.of("40"),
                    Quantity.of("3.25"),
                    TimeInForce.IOC,
                    true,
                    OrderPurpose.EXIT)));
  }

  /** Or a breached limit would block its own repair. */
  @Test
  void limitsOfWhatAddsDoNotHoldWhatReducesOrHedges() {
    Consumer<RiskFixture> breached =
        it ->
            it.balances("0", "0")
                .spotUsd("900", "900")
                .perpUsd("900", "900")
                .elsewhere("900")
                .trading(false, true)
                .quotaLeft(0)
                .directive(new RiskDirective(RiskDirective.Strength.EXIT, "kill level 3"));
    for (Consumer<RiskFixture> order :
        List.<Consumer<RiskFixture>>of(
            it -> it.exit(Leg.SPOT).spot("5", "0", "0"),
            it -> it.unwind(Leg.PERP).perp("5", "0", "0"),
            it -> it.hedge(Leg.PERP).delta("5"),
            it -> it.repair(Leg.SPOT).delta("-5"))) {
      RiskFixture fixture = new RiskFixture().sent(20);
      order.andThen(breached).accept(fixture);
      assertThat(fixture.reason()).isEqualTo("approved");
    }
  }

  @Test
  void aRunThatStopsAddsNothingAndStillReduces() {
    assertThat(new RiskFixture().stopping().reason()).isEqualTo("run_is_stopping");
    assertThat(new RiskFixture().stopping().unwind(Leg.SPOT).spot("5", "0", "0").reason())
        .isEqualTo("approved");
  }

  @Test
  void aSizeIsInWholeLotsHoweverItIsWritten() {
    assertThat(new RiskFixture().quantity("2.0200").reason()).isEqualTo("approved");
  }

  @Test
  void theSecondOrderOfOneEventFindsTheQuotaOneSmaller() {
    RiskFixture order = new RiskFixture().quotaLeft(200);
    assertThat(order.reason()).isEqualTo("approved");
    assertThat(order.reason()).isEqualTo("address_budget");
  }

  @Test
  void onlyApprovedOrdersCountAgainstTheRate() {
    RiskFixture order = new RiskFixture().sent(18);
    assertThat(order.ordersLeft()).isEqualTo(2);
    order.quantity("0.24").check();
    assertThat(order.ordersLeft()).isEqualTo(2);
    order.quantity("1").check();
    assertThat(order.ordersLeft()).isEqualTo(1);
  }

  // ---- the headroom that the caps leave

  private static Exposure exposure(MarketId market, String spotUsd, String perpUsd) {
    return new Exposure(
        market,
        new Exposure.LegRisk(
            Quantity.ZERO, Quantity.ZERO, Quantity.ZERO, Usd.ZERO, Usd.of(spotUsd)),
        new Exposure.LegRisk(
            Quantity.ZERO, Quantity.ZERO, Quantity.ZERO, Usd.ZERO, Usd.of(perpUsd)),
        Quantity.ZERO,
        Quantity.ZERO);
  }

  @Test
  void theTighterCapLeavesTheHeadroom() {
    PreTradeRisk risk = new PreTradeRisk(RiskFixture.settings());
    MarketId hype = FixtureF0.HYPE;
    assertThat(risk.headroom(hype, List.of())).isEqualTo(Usd.of("300"));
    assertThat(risk.headroom(hype, List.of(exposure(PURR, "150", "90")))).isEqualTo(Usd.of("300"));
    assertThat(risk.headroom(hype, List.of(exposure(PURR, "40", "290")))).isEqualTo(Usd.of("160"));
    assertThat(
            risk.headroom(hype, List.of(exposure(hype, "120", "110"), exposure(PURR, "50", "0"))))
        .isEqualTo(Usd.of("180"));
  }

  @Test
  @DisplayName("R23: over the cap there is no headroom; nothing throws, nothing is forgotten")
  void R23_overTheCapThereIsNoHeadroom() {
    PreTradeRisk risk = new PreTradeRisk(RiskFixture.settings());
    MarketId hype = FixtureF0.HYPE;
    List<Exposure> over = List.of(exposure(hype, "340", "20"), exposure(PURR, "170", "0"));
    assertThat(risk.headroom(hype, over)).isEqualTo(Usd.ZERO);
    assertThat(risk.headroom(PURR, over)).isEqualTo(Usd.ZERO);
    assertThat(risk.headroom(hype, List.of())).as("released").isEqualTo(Usd.of("300"));
  }

  private static Consumer<RiskFixture> closing(String shortPerp) {
    return it -> it.exit(Leg.PERP).perp(shortPerp, "0", "0").quantity(shortPerp);
  }

  private static Consumer<RiskFixture> bought() {
    return it -> it.side(Side.BUY).reduceOnly(true);
  }
}
