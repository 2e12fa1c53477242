package io.twinleg.research;

import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.journal.JournalIdentity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A report for a person, in lines of at most 80 columns. */
final class ReportText {
  private static final String AMOUNT = "  %-48s %14s";
  private static final String ITEM = "  %-10s %s";

  private final Report report;
  private final List<String> lines = new ArrayList<>();

  ReportText(Report report) {
    this.report = report;
  }

  List<String> lines() {
    head();
    report.markets().forEach(this::market);
    if (report.markets().size() > 1) {
      money("All markets", report.total());
      trading(report.total());
    }
    venue(report.check());
    return List.copyOf(lines);
  }

  private void say(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  private void item(String name, String format, Object... values) {
    say(ITEM, name, String.format(Locale.ROOT, format, values));
  }

  // ---- the run

  private void head() {
    JournalIdentity identity = report.identity();
    Report.Span span = report.span();
    say("%s %s%s", identity.mode(), span.runId(), world(identity));
    say(
        "%s to %s UTC, %s, %s",
        span.first().map(NumberFormat::time).orElse("never"),
        NumberFormat.time(span.last()),
        NumberFormat.hours(span.length()),
        NumberFormat.times(span.starts(), "start", "starts"));
    say(
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

  // ---- a market

  private void market(MarketStats tally) {
    money(tally.name(), tally);
    trading(tally);
    payments(tally.funding());
    position(tally);
    hedge(tally.hedge());
  }

  private void money(String title, MarketStats tally) {
    Pnl pnl = tally.pnl();
    say("");
    say("%-50s %14s", title, "USD");
    amount("funding", pnl.funding());
    if (pnl.corrections().value().signum() != 0) {
      amount("corrections", pnl.corrections());
    }
    amount("basis: the price of both legs together", pnl.gross());
    amount(slippageName(tally.slippage()), tally.slippage().cost().negated());
    amount("fees", pnl.fees().negated());
    amount("net", pnl.net());
  }

  private void amount(String name, Usd amount) {
    say(AMOUNT, name, NumberFormat.signed(amount));
  }

  /** What taking cost is already in the basis, because the price paid is. */
  private static String slippageName(SlippageStats slippage) {
    return "  of it slippage of "
        + NumberFormat.times(slippage.orders(), "order", "orders")
        + " that took"
        + slippage.bps().map(bps -> " (" + NumberFormat.rounded(bps, 2) + " bps)").orElse("");
  }

  private void trading(MarketStats tally) {
    say("");
    say("  %-20s %9s %18s %14s", "fills", "count", "notional USD", "fees USD");
    for (FillStats.Kind kind : FillStats.kinds()) {
      String name =
          kind.leg().name().toLowerCase(Locale.ROOT) + (kind.maker() ? " maker" : " taker");
      fills(name, tally.fills().of(kind));
    }
    if (tally.foreignFills().all().count() > 0) {
      fills("perp, by others", tally.foreignFills().all());
    }
    if (tally.slippage().fillsWithoutMid() > 0) {
      say(
          "  %s took with no mid to be judged by: not in the slippage",
          NumberFormat.times(tally.slippage().fillsWithoutMid(), "fill", "fills"));
    }
  }

  private void fills(String name, FillStats.Sum sum) {
    say(
        "    %-18s %9d %18s %14s",
        name,
        sum.count(),
        NumberFormat.usd(sum.notional()),
        NumberFormat.rounded(sum.fees().value(), 4));
  }

  private void payments(FundingStats funding) {
    say("");
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
    yearly("APR", funding.apr());
  }

  private static String mean(FundingStats funding) {
    return funding.meanHourlyRate().map(rate -> NumberFormat.rounded(rate, 8)).orElse("?");
  }

  private void yearly(String name, Optional<BigDecimal> onNotional) {
    onNotional.ifPresent(rate ->
        item(
            "",
            "%s %s on notional, %s on capital (at 1x)",
            name,
            NumberFormat.percent(rate),
            NumberFormat.percent(ReportFields.onCapital(rate))));
  }

  private void position(MarketStats tally) {
    HoldingTime position = tally.position();
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
    yearly("net APR", position.yearly(tally.pnl().net()));
  }

  private static BigDecimal share(Duration part, Duration whole) {
    return whole.isZero()
        ? BigDecimal.ZERO
        : ReportFields.seconds(part).divide(ReportFields.seconds(whole), MathContext.DECIMAL64);
  }

  private void hedge(UnhedgedIntervals hedge) {
    if (hedge.spells().isEmpty()) {
      item("hedge", "never un-hedged");
      return;
    }
    item(
        "hedge",
        "un-hedged %s, %s in all, %s USD-seconds",
        NumberFormat.times(hedge.spells().size(), "time", "times"),
        NumberFormat.seconds(hedge.inAll()),
        NumberFormat.rounded(hedge.usdSeconds(), 1));
    hedge
        .longest()
        .ifPresent(spell ->
            item(
                "",
                "longest %s from %s, largest %s USD",
                NumberFormat.seconds(spell.length()),
                NumberFormat.time(spell.since()),
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
    say("");
    if (check.obstacle().isPresent()) {
      say("Not checked against the venue's account:");
      say("  %s", check.obstacle().get());
      return;
    }
    say("Against the venue's own account, as it told at");
    say("%s UTC:", check.at().map(NumberFormat::time).orElse("?"));
    check.ours().ifPresent(net -> say("  %-30s %34s", "net by our books", exact(net)));
    check.venue().ifPresent(net -> say("  %-30s %34s", "gained by the venue's", exact(net)));
    check.difference().ifPresent(gap -> say("  %-30s %34s", "difference", exact(gap)));
    say("  %s", check.foots().orElse(false) ? "It foots." : "IT DOES NOT FOOT.");
    if (check.bookedSince() > 0) {
      say(
          "  Not checked: %s booked since then.",
          NumberFormat.times(check.bookedSince(), "fill or payment", "fills and payments"));
    }
  }

  private static String exact(Usd amount) {
    return (amount.signum() < 0 ? "" : "+") + amount;
  }
}
