package io.twinleg.research;

import static io.twinleg.core.model.Leg.PERP;
import static io.twinleg.core.model.Leg.SPOT;
import static io.twinleg.core.model.Side.BUY;
import static io.twinleg.core.model.Side.SELL;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Usd;
import io.twinleg.research.VenueReconciliation.VenueReconciliationCheck;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.telemetry.JsonText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The worked example of specification 1.8, as a journal: three days at 26 % that lose money. */
final class ReportTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static ScriptedJournal opened() {
    ScriptedJournal script =
        new ScriptedJournal()
            .account("1000", "0", "1000", "0")
            .mark("40.01")
            .book(PERP, "40.02", "40.03")
            .book(SPOT, "40.00", "40.01");
    ClientOrderId buy = script.sent(SPOT, BUY, "40.05", "5", OrderPurpose.ENTRY);
    script.after(SECOND).took(buy, SPOT, BUY, "40.01", "5", Fee.base("0.0035"));
    ClientOrderId sell = script.sent(PERP, SELL, "39.95", "5", OrderPurpose.REPAIR);
    return script.after(SECOND).took(sell, PERP, SELL, "40.00", "5", Fee.quote("0.09"));
  }

  private static ScriptedJournal closed() {
    ScriptedJournal script =
        opened()
            .after(Duration.ofHours(72))
            .paid("0.4374", "0.00003")
            .mark("42.01")
            .book(PERP, "42.00", "42.02")
            .book(SPOT, "42.00", "42.02");
    ClientOrderId close = script.sent(PERP, BUY, "42.05", "5", OrderPurpose.EXIT);
    ClientOrderId sell = script.sent(SPOT, SELL, "41.95", "4.99", OrderPurpose.EXIT);
    return script
        .after(SECOND)
        .took(close, PERP, BUY, "42.02", "5", Fee.quote("0.094545"))
        .took(sell, SPOT, SELL, "42.00", "4.99", Fee.quote("0.146706"));
  }

  private static MarketStats only(Report report) {
    return report.markets().getFirst();
  }

  @Test
  void splitsTheNetByItsCauses() {
    MarketStats market = only(closed().report());

    assertThat(market.pnl().funding()).isEqualTo(Usd.of("0.4374"));
    assertThat(market.pnl().gross()).isEqualTo(Usd.of("-0.1569"));
    assertThat(market.pnl().fees()).isEqualTo(Usd.of("0.471286"));
    assertThat(market.pnl().net()).isEqualTo(Usd.of("-0.190786"));
  }

  @Test
  void ofOneCapitalTheReturnOnItComesFirst() {
    ScriptedJournal script = closed();
    script.journal.commit();
    Report report = Report.over(script.journal, text -> CarryRun.oneCapital());

    // -0.190786 of 900, and 8760 / 72.0011 of that a year
    assertThat(report.lines().subList(3, 8))
        .containsExactly(
            "",
            "%-34s %14s %14s %14s"
                .formatted("One capital", "return on it", "net, USD", "hours held"),
            "%-34s %14s %14s %14s".formatted("  HYPE", "-0.02 %", "-0.1908", "72.0"),
            "%-34s %14s %14s %14s".formatted("  all", "-0.02 %", "-0.1908", ""),
            "  of 900.00 USD; -2.58 % a year on capital, not compounded");
    assertThat(JsonText.of(report.fields()))
        .contains(
            "\"portfolio\":{\"capital\":900,\"net\":-0.190786,\"return_on_capital\":-0.000211");
    assertThat(closed().report().fields()).doesNotContainKey("portfolio");
  }

  @Test
  void measuresSlippageFromTheMidBeforeTheOrder() {
    SlippageStats slippage = only(closed().report()).slippage();

    // 5 × 0.005 + 5 × 0.025 + 5 × 0.01 + 4.99 × 0.01
    assertThat(slippage.cost()).isEqualTo(Usd.of("0.2499"));
    assertThat(slippage.orders()).isEqualTo(4);
    assertThat(slippage.fillsWithoutMid()).isZero();
  }

  @Test
  void countsFillsByLegAndByWhoRested() {
    FillStats fills = only(closed().report()).fills();

    assertThat(fills.of(new FillStats.Kind(SPOT, false)))
        .isEqualTo(new FillStats.Sum(2, Usd.of("409.63"), Usd.of("0.286741")));
    assertThat(fills.of(new FillStats.Kind(PERP, false)))
        .isEqualTo(new FillStats.Sum(2, Usd.of("410.10"), Usd.of("0.184545")));
    assertThat(fills.of(new FillStats.Kind(SPOT, true))).isEqualTo(FillStats.Sum.ZERO);
  }

  @Test
  void reportsFundingAsARateOnNotionalAndOnCapital() {
    FundingStats funding = only(closed().report()).funding();

    assertThat(funding.count()).isEqualTo(1);
    assertThat(funding.first()).isEqualTo(funding.last());
    assertThat(funding.apr().orElseThrow()).isEqualByComparingTo("0.2628");
    assertThat(ReportFields.onCapital(funding.apr().orElseThrow())).isEqualByComparingTo("0.1314");
  }

  @Test
  void countsTheTimeOfAPositionAndItsRoundTrips() {
    HoldingTime open = only(opened().after(SECOND).mark("40.01").report()).position();
    HoldingTime over = only(closed().report()).position();

    assertThat(open.isHeldNow()).isTrue();
    assertThat(open.roundTrips()).isZero();
    assertThat(open.held()).isEqualTo(SECOND);
    assertThat(over.isHeldNow()).isFalse();
    assertThat(over.roundTrips()).isEqualTo(1);
    assertThat(over.held()).isEqualTo(Duration.ofHours(72).plus(SECOND));
  }

  @Test
  void measuresHowLongAndHowMuchALegStoodAlone() {
    UnhedgedIntervals hedge = only(closed().report()).hedge();

    assertThat(hedge.intervals()).hasSize(1);
    assertThat(hedge.longest().orElseThrow().length()).isEqualTo(SECOND);
    assertThat(hedge.largest()).isEqualTo(Usd.of("199.909965"));
    assertThat(hedge.usdSeconds()).isEqualByComparingTo("199.909965");
    assertThat(hedge.repairs()).isEqualTo(1);
    assertThat(hedge.unwinds()).isZero();
    assertThat(hedge.isUnhedgedNow()).isFalse();
  }

  @Test
  void reportsALegThatIsUnhedgedNow() {
    ScriptedJournal script = new ScriptedJournal().mark("40").book(SPOT, "39.99", "40.01");
    ClientOrderId buy = script.sent(SPOT, BUY, "40.05", "5", OrderPurpose.ENTRY);
    script.took(buy, SPOT, BUY, "40.00", "5", Fee.base("0"));
    Report report = script.after(Duration.ofSeconds(3)).fact(new Event.TimerFired()).report();

    assertThat(only(report).hedge().isUnhedgedNow()).isTrue();
    assertThat(only(report).hedge().usdSeconds()).isEqualByComparingTo("600");
    assertThat(report.lines()).anyMatch(line -> line.contains("UN-HEDGED NOW"));
  }

  /** As the last line of the run and the status do. */
  @Test
  void valuesWhatIsHeldAtTheLastPriceWhereTheBooksAreGone() {
    Usd before = only(opened().report()).pnl().net();
    Report report =
        opened()
            .after(SECOND)
            .fact(new Event.BookUpdated(FixtureF0.SPOT.id(), BookSnapshot.EMPTY))
            .report();

    assertThat(only(report).pnl().net()).isEqualTo(before).isNotEqualTo(Usd.of("0"));
    assertThat(only(report).pnl().unrealisedSpot()).isNotEqualTo(Usd.ZERO);
  }

  @Test
  void agreesWithTheVenuesAccount() {
    VenueReconciliationCheck check =
        closed().after(SECOND).account("1009.383294", "0.0065", "990.152855", "0").report().check();

    assertThat(check.ours()).contains(Usd.of("-0.190786"));
    assertThat(check.venue()).contains(Usd.of("-0.190786"));
    assertThat(check.difference()).contains(Usd.ZERO);
    assertThat(check.agrees()).contains(true);
  }

  @Test
  void leavesATransferOut() {
    VenueReconciliationCheck check =
        closed()
            .fact(new Event.CashTransfer(Usd.of("100"), "deposit", FixtureF0.T0))
            .after(SECOND)
            .account("1109.383294", "0.0065", "990.152855", "0")
            .report()
            .check();

    assertThat(check.agrees()).contains(true);
  }

  @Test
  void reportsTheDifferenceFromTheVenue() {
    Report report =
        closed().after(SECOND).account("1009.383295", "0.0065", "990.152855", "0").report();

    assertThat(report.check().agrees()).contains(false);
    assertThat(report.check().difference()).contains(Usd.of("-0.000001"));
    assertThat(report.lines()).anyMatch(line -> line.contains("THE TWO DIFFER"));
  }

  @Test
  void valuesAnOpenShortAtTheMarkOfTheReportsOwnInstant() {
    ScriptedJournal script = opened().after(SECOND).mark("41.00");
    // short 5 at 40.00: at 41.00 it has lost 5; a later mark is already known when the report comes
    script.after(SECOND).account("799.95", "4.9965", "994.91", "-5");
    Report report = script.markOf(script.now().minusMillis(1), "41.00").after(SECOND).report();

    assertThat(report.check().agrees()).contains(true);
  }

  @Test
  void countsWhatCameAfterTheVenuesLastWord() {
    VenueReconciliationCheck check =
        opened()
            .after(SECOND)
            .account("799.95", "4.9965", "999.86", "-5")
            .after(SECOND)
            .paid("0.0061", "0.00003")
            .report()
            .check();

    assertThat(check.agrees()).contains(true);
    assertThat(check.bookedSince()).isEqualTo(1);
  }

  @Test
  void doesNotCheckAgainstAnAccountWithAnothersPosition() {
    Report report = new ScriptedJournal().mark("40").account("1000", "0", "1000", "-3").report();

    assertThat(report.check().agrees()).isEmpty();
    assertThat(report.check().obstacle()).isPresent();
    assertThat(report.lines()).anyMatch(line -> line.startsWith("Not checked"));
  }

  @Test
  void fitsIntoEightyColumns() {
    List<String> lines = closed().report().lines();

    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  @Test
  void anEmptyJournalHasAReportToo() {
    Report report = new ScriptedJournal().report();

    assertThat(only(report).pnl().net()).isEqualTo(Usd.ZERO);
    assertThat(report.span().ended()).isEqualTo(Optional.empty());
    assertThat(JsonText.of(report.fields())).contains("\"fills\":[{\"leg\":\"spot\"");
    assertThat(report.total().position().usdHours()).isEqualByComparingTo(BigDecimal.ZERO);
  }
}
