package io.twinleg.research.page;

import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.research.BacktestResult;
import io.twinleg.research.BacktestSummary;
import io.twinleg.research.EquityCurve.Hour;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A backtest on one page, with what it must be compared with and what may flatter it on top. */
public final class TearSheet {
  private static final int MONTH_H = 720;
  private static final int HOURS_A_YEAR = 8760;
  private static final int WORST = 5;
  private static final int TRADES_MAX = 400;

  private final BacktestSummary summary;
  private final HtmlPage page;
  private final List<Hour> hours;
  private final List<String> times;
  private final double capital;

  private TearSheet(BacktestSummary summary, String title) {
    this.summary = summary;
    this.page = new HtmlPage(title);
    this.hours = summary.result().curve().hours();
    this.times = hours.stream().map(hour -> hour.at().toString()).toList();
    this.capital = summary.result().capital().value().doubleValue();
  }

  public static HtmlPage of(BacktestSummary summary, String title) {
    TearSheet sheet = new TearSheet(summary, title);
    sheet.top();
    sheet.equity();
    sheet.months();
    sheet.risk();
    sheet.drawdowns();
    sheet.trades();
    sheet.page.heading("Assumptions");
    summary.assumptions().forEach(sheet.page::paragraph);
    return sheet.page;
  }

  private void top() {
    summary.warnings().forEach(page::warning);
    List<Map<String, Object>> columns =
        List.of(
            summary.result().fields(),
            summary.holdThroughout().fields(),
            summary.oneObservationLate().fields(),
            summary.costsDoubled().fields());
    List<List<String>> rows = new ArrayList<>();
    for (String name : columns.getFirst().keySet()) {
      List<String> row = new ArrayList<>(List.of(name.replace('_', ' ')));
      columns.forEach(each -> row.add(String.valueOf(each.get(name))));
      rows.add(row);
    }
    page.table(
        List.of("figure", "result", "hold throughout", "one observation late", "costs doubled"),
        rows);
  }

  private double[] values(BacktestResult of, ToDoubleFunction<Hour> value) {
    return of.curve().hours().stream().mapToDouble(value).toArray();
  }

  private double gain(Hour hour) {
    return hour.equity().value().doubleValue() - capital;
  }

  private void equity() {
    page.chart(
        "Earned so far, USD",
        times,
        List.of(
            HtmlPage.Line.of("result", values(summary.result(), this::gain)),
            HtmlPage.Line.of("hold throughout", values(summary.holdThroughout(), this::gain)),
            HtmlPage.Line.of(
                "one observation late", values(summary.oneObservationLate(), this::gain)),
            HtmlPage.Line.of("costs doubled", values(summary.costsDoubled(), this::gain))));
    double[] under = new double[hours.size()];
    double peak = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < under.length; i++) {
      double equity = hours.get(i).equity().value().doubleValue();
      peak = Math.max(peak, equity);
      under[i] = (equity - peak) / capital * 100;
    }
    page.chart(
        "Below the best so far, % of capital", times, List.of(HtmlPage.Line.of("result", under)));
    double[] rolling = new double[hours.size()];
    for (int i = 0; i < rolling.length; i++) {
      rolling[i] =
          i < MONTH_H
              ? Double.NaN
              : (gain(hours.get(i)) - gain(hours.get(i - MONTH_H)))
                  / capital
                  * HOURS_A_YEAR
                  / MONTH_H
                  * 100;
    }
    page.chart(
        "Return of the last 30 days as a yearly rate, % of capital",
        times, List.of(HtmlPage.Line.of("result", rolling)));
  }

  /** By the equity at the first and the last observation of each month. */
  private void months() {
    Map<Integer, double[]> years = new TreeMap<>();
    double before = capital;
    for (int i = 0; i < hours.size(); i++) {
      var at = hours.get(i).at().atZone(ZoneOffset.UTC);
      boolean isLast =
          i + 1 == hours.size()
              || hours.get(i + 1).at().atZone(ZoneOffset.UTC).getMonth() != at.getMonth();
      if (isLast) {
        double equity = hours.get(i).equity().value().doubleValue();
        double[] year =
            years.computeIfAbsent(
                at.getYear(),
                key -> {
                  double[] none = new double[12];
                  Arrays.fill(none, Double.NaN);
                  return none;
                });
        year[at.getMonthValue() - 1] = (equity - before) / capital * 100;
        before = equity;
      }
    }
    page.heading("By month, % of capital");
    List<String> head = new ArrayList<>();
    for (Month month : Month.values()) {
      head.add(month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
    }
    page.heatMap(
        "year",
        head,
        years.entrySet().stream()
            .map(year -> HtmlPage.Line.of(year.getKey().toString(), year.getValue()))
            .toList());
  }

  private void risk() {
    page.chart(
        "Held, USD of all shorts",
        times,
        List.of(
            HtmlPage.Line.of(
                "result", values(summary.result(), hour -> hour.held().value().doubleValue()))));
    page.chart(
        "Margin ratio: equity of the perp wallet over what is held",
        times,
        List.of(
            HtmlPage.Line.of(
                "result",
                values(
                    summary.result(),
                    hour ->
                        hour.held().signum() == 0
                            ? Double.NaN
                            : hour.perpEquity().value().doubleValue()
                                / hour.held().value().doubleValue()))));
  }

  private record Fall(Instant from, Instant lowest, @Nullable Instant recovered, double depth) {}

  private void drawdowns() {
    List<Fall> falls = new ArrayList<>();
    Hour peak = null;
    Hour lowest = null;
    for (Hour hour : hours) {
      if (peak == null || hour.equity().compareTo(peak.equity()) >= 0) {
        if (peak != null && lowest != null) {
          falls.add(fall(peak, lowest, hour.at()));
        }
        peak = hour;
        lowest = null;
      } else if (lowest == null || hour.equity().isBelow(lowest.equity())) {
        lowest = hour;
      }
    }
    if (peak != null && lowest != null) {
      falls.add(fall(peak, lowest, null));
    }
    falls.sort(Comparator.comparingDouble(Fall::depth).reversed());
    page.heading("Worst falls");
    page.table(
        List.of("from", "lowest", "made good", "USD", "% of capital"),
        falls.stream()
            .limit(WORST)
            .map(each ->
                List.of(
                    each.from().toString(),
                    each.lowest().toString(),
                    each.recovered() == null ? "not yet" : each.recovered().toString(),
                    HtmlPage.number(each.depth()),
                    HtmlPage.number(each.depth() / capital * 100)))
            .toList());
  }

  private static Fall fall(Hour peak, Hour lowest, @Nullable Instant recovered) {
    double depth = peak.equity().minus(lowest.equity()).value().doubleValue();
    return new Fall(peak.at(), lowest.at(), recovered, depth);
  }

  /** From the first short of a market to the fill that closes it whole. */
  private void trades() {
    Map<InstrumentId, Quantity> open = new TreeMap<>();
    Map<InstrumentId, Instant> since = new TreeMap<>();
    Map<InstrumentId, Usd> sold = new TreeMap<>();
    List<List<String>> rows = new ArrayList<>();
    for (Fill fill : summary.result().fills()) {
      InstrumentId id = fill.instrument();
      if (id.leg() != Leg.PERP) {
        continue;
      }
      Quantity signed = fill.quantity().times(BigDecimal.valueOf(-fill.side().sign()));
      since.putIfAbsent(id, fill.time());
      if (fill.side() == Side.SELL) {
        sold.merge(id, fill.notional(), Usd::plus);
      }
      if (open.merge(id, signed, Quantity::plus).isZero()) {
        rows.add(trade(id, since.get(id), fill.time(), sold.get(id)));
        since.remove(id);
        sold.remove(id);
      }
    }
    since.forEach((id, at) -> rows.add(trade(id, at, null, sold.get(id))));
    page.heading("Trades");
    page.table(
        List.of("market", "in", "out", "hours", "sold, USD"),
        rows.stream().limit(TRADES_MAX).toList());
    if (rows.size() > TRADES_MAX) {
      page.paragraph("The first %d of %d.".formatted(TRADES_MAX, rows.size()));
    }
  }

  private List<String> trade(
      InstrumentId id, @Nullable Instant in, @Nullable Instant out, @Nullable Usd notional) {
    Instant end = out == null ? hours.getLast().at() : out;
    return List.of(
        id.market().name(),
        String.valueOf(in),
        out == null ? "still in" : out.toString(),
        in == null ? "-" : Long.toString(Duration.between(in, end).toHours()),
        notional == null ? "-" : HtmlPage.number(notional.value().doubleValue()));
  }
}
