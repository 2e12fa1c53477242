package io.twinleg.research;

import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.research.VenueReconciliation.VenueReconciliationCheck;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for a person, in lines of at most 80 columns. */
final class ReportText {
  private static final String AMOUNT = "  %-48s %14s";
  private static final String ITEM = "  %-10s %s";

  private final Report report;
  private static final int HOURS_A_DAY = 24;

  private final List<String> lines = new ArrayList<>();

  ReportText(Report report) {
    this.report = report;
  }

  List<String> lines() {
    head();
    report.capital().ifPresent(this::portfolio);
    report.markets().forEach(this::market);
    if (report.markets().size() > 1) {
      money("All markets", report.total());
      trading(report.total());
    }
    venue(report.check());
    return List.copyOf(lines);
  }

  private void add(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  private void item(String name, String format, Object... values) {
    add(ITEM, name, String.format(Locale.ROOT, format, values));
  }

  // ---- the run

  private void head() {
    JournalIdentity identity = report.identity();
    Report.Span span = report.span();
    add("%s %s%s", identity.mode(), span.runId(), world(identity));
    add(
        "%s to %s UTC, %s, %s",
        span.first().map(NumberFormat::time).orElse("never"),
        NumberFormat.time(span.last()),
        NumberFormat.hours(span.length()),
        NumberFormat.times(span.starts(), "start", "starts"));
    add(
        "%s",
        span.ended()
            .map(end -> "ended with exit " + end.exitCode() + ": " + end.reason())
            .orElse("not ended: still running, or killed"));
  }

  private static String world(JournalIdentity identity) {
    return identity.world().isEmpty()
        ? ""
        : ", world " + identity.world() + ", seed " + identity.seed();
  }

  // ---- one capital

  private void portfolio(Report.Capital capital) {
    add("");
    add("%-34s %14s %14s %14s", "One capital", "return on it", "net, USD", "hours held");
    for (MarketStats market : report.markets()) {
      of(capital, market, NumberFormat.rounded(ReportFields.hours(market.position().held()), 1));
    }
    of(capital, report.total(), "");
    Usd net = report.total().pnl().net();
    boolean isLong = capital.length().toHours() >= HOURS_A_DAY;
    add(
        "  of %s USD; %s",
        NumberFormat.usd(capital.usd()),
        capital
            .yearly(net)
            .filter(rate -> isLong)
            .map(rate -> NumberFormat.percent(rate) + " a year on capital, not compounded")
            .orElse("a year's rate is not shown: less than a day"));
  }

  private void of(Report.Capital capital, MarketStats stats, String hours) {
    Usd net = stats.pnl().net();
    add(
        "%-34s %14s %14s %14s",
        "  " + stats.name(),
        NumberFormat.percent(capital.share(net)),
        NumberFormat.signed(net),
        hours);
  }

  // ---- a market

  private void market(MarketStats stats) {
    money(stats.name(), stats);
    trading(stats);
    payments(stats.funding());
    position(stats);
    hedge(stats.hedge());
  }

  private void money(String title, MarketStats stats) {
    Pnl pnl = stats.pnl();
    add("");
    add("%-50s %14s", title, "USD");
    amount("funding", pnl.funding());
    if (pnl.corrections().value().signum() != 0) {
      amount("corrections", pnl.corrections());
    }
    amount("basis: the price of both legs together", pnl.gross());
    amount(slippageName(stats.slippage()), stats.slippage().cost().negated());
    amount("fees", pnl.fees().negated());
    amount("net", pnl.net());
  }

  private void amount(String name, Usd amount) {
    add(AMOUNT, name, NumberFormat.signed(amount));
  }

  /** The cost of taking is already in the basis, because the price paid is. */
  private static String slippageName(SlippageStats slippage) {
    return "  of it slippage of "
        + NumberFormat.times(slippage.orders(), "order", "orders")
        + " that took"
        + slippage.bps().map(bps -> " (" + NumberFormat.rounded(bps, 2) + " bps)").orElse("");
  }

  private void trading(MarketStats stats) {
    add("");
    add("  %-20s %9s %18s %14s", "fills", "count", "notional USD", "fees USD");
    for (FillStats.Kind kind : FillStats.kinds()) {
      String name =
          kind.leg().name().toLowerCase(Locale.ROOT) + (kind.maker() ? " maker" : " taker");
      fills(name, stats.fills().of(kind));
    }
    if (stats.foreignFills().all().count() > 0) {
      fills("perp, by others", stats.foreignFills().all());
    }
    if (stats.slippage().fillsWithoutMid() > 0) {
      add(
          "  %s took without a known mid: not in the slippage",
          NumberFormat.times(stats.slippage().fillsWithoutMid(), "fill", "fills"));
    }
  }

  private void fills(String name, FillStats.Sum sum) {
    add(
        "    %-18s %9d %18s %14s",
        name,
        sum.count(),
        NumberFormat.usd(sum.notional()),
        NumberFormat.rounded(sum.fees().value(), 4));
  }

  private void payments(FundingStats funding) {
    add("");
    if (funding.count() == 0) {
      item("funding", "no payment");
      return;
    }
    item(
        "funding",
        "%s, received %s, paid %s USD",
        NumberFormat.times(funding.count(), "payment", "payments"),
        NumberFormat.rounded(funding.received().value(), 4),
        NumberFormat.rounded(funding.paid().value(), 4));
    item("", "first %s", funding.first().map(NumberFormat::time).orElse(""));
    item("", "last  %s", funding.last().map(NumberFormat::time).orElse(""));
    item("", "mean rate %s an hour", mean(funding));
    funding.apr().ifPresent(rate -> yearly("APR", rate, funding.count() >= HOURS_A_DAY));
  }

  private static String mean(FundingStats funding) {
    return funding.meanHourlyRate().map(rate -> NumberFormat.rounded(rate, 8)).orElse("?");
  }

  /** A yearly rate of less than a day is a number without a meaning. */
  private void yearly(String name, BigDecimal onNotional, boolean isLong) {
    if (!isLong) {
      item("", "%s not shown: less than a day", name);
      return;
    }
    item(
        "",
        "%s %s on notional, %s on capital (at 1x)",
        name,
        NumberFormat.percent(onNotional),
        NumberFormat.percent(ReportFields.onCapital(onNotional)));
  }

  private void position(MarketStats stats) {
    HoldingTime position = stats.position();
    item(
        "position",
        "held %s of %s (%s), %s%s",
        NumberFormat.hours(position.held()),
        NumberFormat.hours(report.span().length()),
        NumberFormat.percent(share(position.held(), report.span().length())),
        NumberFormat.times(position.roundTrips(), "round trip", "round trips"),
        position.isHeldNow() ? ", one open" : "");
    position
        .meanNotional()
        .ifPresent(notional -> item("", "mean notional %s USD", NumberFormat.usd(notional)));
    position
        .yearly(stats.pnl().net())
        .ifPresent(rate -> yearly("net APR", rate, position.held().toHours() >= HOURS_A_DAY));
  }

  private static BigDecimal share(Duration part, Duration whole) {
    return whole.isZero()
        ? BigDecimal.ZERO
        : ReportFields.seconds(part).divide(ReportFields.seconds(whole), MathContext.DECIMAL64);
  }

  private void hedge(UnhedgedIntervals hedge) {
    if (hedge.intervals().isEmpty()) {
      item("hedge", "never un-hedged");
      return;
    }
    item(
        "hedge",
        "un-hedged %s, %s in all, %s USD-seconds",
        NumberFormat.times(hedge.intervals().size(), "time", "times"),
        NumberFormat.seconds(hedge.total()),
        NumberFormat.rounded(hedge.usdSeconds(), 1));
    hedge
        .longest()
        .ifPresent(interval ->
            item(
                "",
                "longest %s from %s, largest %s USD",
                NumberFormat.seconds(interval.length()),
                NumberFormat.time(interval.since()),
                NumberFormat.usd(hedge.largest())));
    item(
        "",
        "%s (%s), %s (%s)%s",
        NumberFormat.times(hedge.repairs(), "repair", "repairs"),
        NumberFormat.times(hedge.repairOrders(), "order", "orders"),
        NumberFormat.times(hedge.unwinds(), "unwinding", "unwindings"),
        NumberFormat.times(hedge.unwindOrders(), "order", "orders"),
        hedge.isUnhedgedNow() ? "; UN-HEDGED NOW" : "");
  }

  // ---- the venue

  private void venue(VenueReconciliationCheck check) {
    add("");
    if (check.obstacle().isPresent()) {
      add("Not checked against the venue's account:");
      add("  %s", check.obstacle().get());
      return;
    }
    add("Against the venue's own account, as reported at");
    add("%s UTC:", check.at().map(NumberFormat::time).orElse("?"));
    check.ours().ifPresent(net -> add("  %-30s %34s", "net by our books", exact(net)));
    check.venue().ifPresent(net -> add("  %-30s %34s", "gained by the venue's", exact(net)));
    check.difference().ifPresent(gap -> add("  %-30s %34s", "difference", exact(gap)));
    add("  %s", check.agrees().orElse(false) ? "Both agree." : "THE TWO DIFFER.");
    if (check.bookedSince() > 0) {
      add(
          "  Not checked: %s booked since then.",
          NumberFormat.times(check.bookedSince(), "fill or payment", "fills and payments"));
    }
  }

  private static String exact(Usd amount) {
    return (amount.signum() < 0 ? "" : "+") + amount;
  }

  /** The figures of a report for people. Rounded here and nowhere before, half to even. */
  private static final class NumberFormat {
    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private NumberFormat() {}

    static String time(Instant at) {
      return TIME.format(at);
    }

    static String signed(Usd amount) {
      String plain = rounded(amount.value(), 4);
      return plain.startsWith("-") ? plain : "+" + plain;
    }

    static String usd(Usd amount) {
      return rounded(amount.value(), 2);
    }

    static String rounded(BigDecimal number, int decimals) {
      return number.setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    static String percent(BigDecimal fraction) {
      return rounded(fraction.movePointRight(2), 2) + " %";
    }

    static String hours(Duration time) {
      return rounded(ReportFields.hours(time), 1) + " h";
    }

    static String seconds(Duration time) {
      return rounded(ReportFields.seconds(time), 2) + " s";
    }

    static String times(long count, String one, String many) {
      return count + " " + (count == 1 ? one : many);
    }
  }
}
