package io.twinleg.research;

import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.research.VenueReconciliation.VenueReconciliationCheck;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as named figures, for programs. Amounts are in USD, rates are fractions. */
final class ReportFields {
  private static final int OF_CAPITAL = 2;

  private final Report report;

  ReportFields(Report report) {
    this.report = report;
  }

  Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("run", run());
    report.capital().ifPresent(capital -> all.put("portfolio", portfolio(capital)));
    all.put("markets", report.markets().stream().map(ReportFields::market).toList());
    all.put("total", market(report.total()));
    all.put("venue", venue());
    return all;
  }

  private Map<String, Object> run() {
    Report.Span span = report.span();
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("run_id", span.runId());
    run.put("mode", report.identity().mode());
    run.put("world", report.identity().world());
    run.put("seed", report.identity().seed());
    run.put("from", span.first());
    run.put("to", span.last());
    run.put("hours", hours(span.length()));
    run.put("events", span.events());
    run.put("starts", span.starts());
    run.put("market_data_missing_to_seq", report.withoutMarketData());
    run.put("exit_code", span.ended().map(end -> end.exitCode()));
    run.put("end_reason", span.ended().map(end -> end.reason()));
    return run;
  }

  private Map<String, Object> portfolio(Report.Capital capital) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("capital", capital.usd());
    fields.putAll(returns(capital, report.total()));
    List<Object> rows = new ArrayList<>();
    for (MarketStats market : report.markets()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("market", market.name());
      row.putAll(returns(capital, market));
      row.put("hours", hours(market.position().held()));
      rows.add(row);
    }
    fields.put("markets", rows);
    return fields;
  }

  private static Map<String, Object> returns(Report.Capital capital, MarketStats stats) {
    Usd net = stats.pnl().net();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("net", net);
    fields.put("return_on_capital", capital.share(net));
    fields.put("apr_on_capital", capital.yearly(net));
    return fields;
  }

  private static Map<String, Object> market(MarketStats stats) {
    Pnl pnl = stats.pnl();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("market", stats.name());
    fields.put("funding", pnl.funding());
    fields.put("corrections", pnl.corrections());
    fields.put("basis", pnl.gross());
    fields.put("basis_realised", pnl.realisedSpot().plus(pnl.realisedPerp()));
    fields.put("basis_unrealised", pnl.unrealisedSpot().plus(pnl.unrealisedPerp()));
    fields.put("fees", pnl.fees());
    fields.put("net", pnl.net());
    fields.put("slippage", slippage(stats.slippage()));
    fields.put("fills", fills(stats));
    fields.put("payments", payments(stats.funding()));
    fields.put("position", position(stats));
    fields.put("hedge", hedge(stats.hedge()));
    return fields;
  }

  private static Map<String, Object> slippage(SlippageStats slippage) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cost", slippage.cost());
    fields.put("bps", slippage.bps());
    fields.put("orders", slippage.orders());
    fields.put("fills_without_mid", slippage.fillsWithoutMid());
    return fields;
  }

  private static List<Object> fills(MarketStats stats) {
    List<Object> rows = new ArrayList<>();
    for (FillStats.Kind kind : FillStats.kinds()) {
      rows.add(
          row(
              kind.leg().name().toLowerCase(Locale.ROOT),
              kind.maker() ? "maker" : "taker",
              stats.fills().of(kind)));
    }
    if (stats.foreignFills().all().count() > 0) {
      rows.add(row("perp", "foreign", stats.foreignFills().all()));
    }
    return rows;
  }

  private static Map<String, Object> row(String leg, String role, FillStats.Sum sum) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("leg", leg);
    row.put("role", role);
    row.put("count", sum.count());
    row.put("notional", sum.notional());
    row.put("fees", sum.fees());
    return row;
  }

  private static Map<String, Object> payments(FundingStats funding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", funding.count());
    fields.put("received", funding.received());
    fields.put("paid", funding.paid());
    fields.put("first", funding.first());
    fields.put("last", funding.last());
    fields.put("mean_rate_per_hour", funding.meanHourlyRate());
    fields.put("apr_on_notional", funding.apr());
    fields.put("apr_on_capital", funding.apr().map(ReportFields::onCapital));
    return fields;
  }

  private static Map<String, Object> position(MarketStats stats) {
    HoldingTime position = stats.position();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("held_now", position.isHeldNow());
    fields.put("hours", hours(position.held()));
    fields.put("round_trips", position.roundTrips());
    fields.put("mean_notional", position.meanNotional());
    fields.put("usd_hours", position.usdHours());
    fields.put("net_apr_on_notional", position.yearly(stats.pnl().net()));
    fields.put(
        "net_apr_on_capital", position.yearly(stats.pnl().net()).map(ReportFields::onCapital));
    return fields;
  }

  /** At 1x as much capital stands behind the short as was paid for the coins. */
  static BigDecimal onCapital(BigDecimal onNotional) {
    return onNotional.divide(BigDecimal.valueOf(OF_CAPITAL));
  }

  private static Map<String, Object> hedge(UnhedgedIntervals hedge) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("unhedged_now", hedge.isUnhedgedNow());
    fields.put("spells", hedge.intervals().size());
    fields.put("seconds", seconds(hedge.total()));
    fields.put("usd_seconds", hedge.usdSeconds());
    fields.put("longest_s", hedge.longest().map(interval -> seconds(interval.length())));
    fields.put("largest_usd", hedge.largest());
    fields.put("repairs", hedge.repairs());
    fields.put("repair_orders", hedge.repairOrders());
    fields.put("unwinds", hedge.unwinds());
    fields.put("unwind_orders", hedge.unwindOrders());
    fields.put("time_line", hedge.intervals().stream().map(ReportFields::interval).toList());
    return fields;
  }

  private static Map<String, Object> interval(UnhedgedIntervals.Interval interval) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("since", interval.since());
    fields.put("seconds", seconds(interval.length()));
    fields.put("largest_usd", interval.largest());
    fields.put("usd_seconds", interval.usdSeconds());
    fields.put("repaired", interval.repaired());
    fields.put("unwound", interval.unwound());
    return fields;
  }

  private Map<String, Object> venue() {
    VenueReconciliationCheck check = report.check();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("foots", check.agrees());
    fields.put("at", check.at());
    fields.put("net_ours", check.ours());
    fields.put("net_venue", check.venue());
    fields.put("difference", check.difference());
    fields.put("booked_since", check.bookedSince());
    fields.put("not_checked_because", check.obstacle());
    return fields;
  }

  static BigDecimal hours(Duration time) {
    return BigDecimal.valueOf(time.toMillis())
        .divide(new BigDecimal("3600000"), 4, RoundingMode.HALF_EVEN)
        .stripTrailingZeros();
  }

  static BigDecimal seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3);
  }
}
