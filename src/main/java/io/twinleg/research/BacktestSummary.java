package io.twinleg.research;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A backtest beside what it must be compared with: holding throughout, fills one observation later,
 * costs doubled.
 *
 * @param fillsAfter observations between a decision and its fill
 */
public record BacktestSummary(
    BacktestResult result,
    BacktestResult holdThroughout,
    BacktestResult oneObservationLate,
    BacktestResult costsDoubled,
    int fillsAfter,
    List<String> assumptions) {
  private static final BigDecimal QUARTER_LOST = new BigDecimal("0.75");

  public BacktestSummary {
    assumptions = List.copyOf(assumptions);
  }

  /** What a reader must know before he believes the figures; none where all is well. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(result.notes());
    addNotes(warnings, "Holding throughout", holdThroughout);
    addNotes(warnings, "Filled one observation later", oneObservationLate);
    addNotes(warnings, "With costs doubled", costsDoubled);
    Usd net = result.net();
    warnings.addAll(
        ofFills(
            fillsAfter,
            net,
            result.returnOnCapital(),
            oneObservationLate.net(),
            oneObservationLate.returnOnCapital()));
    if (net.value().compareTo(holdThroughout.net().value()) < 0) {
      warnings.add(
          "Holding throughout earned more: %s against %s."
              .formatted(usd(holdThroughout.net()), usd(net)));
    }
    if (net.signum() > 0 && costsDoubled.net().signum() <= 0) {
      warnings.add("With costs doubled nothing is left: " + usd(costsDoubled.net()) + ".");
    }
    if (costsDoubled.curve().hoursIn() * 2 < result.curve().hoursIn()) {
      warnings.add(
          "With costs doubled it was in for %d hours instead of %d: it knows its costs, and enters where a rate earns them back. The same trades at twice the costs come to %s."
              .formatted(
                  costsDoubled.curve().hoursIn(),
                  result.curve().hoursIn(),
                  usd(sameTradesAtTwiceTheCosts())));
    }
    return warnings;
  }

  /** Of what it is compared with, where they are not those of the result itself. */
  private void addNotes(List<String> warnings, String name, BacktestResult compared) {
    if (!compared.notes().equals(result.notes())) {
      compared.notes().forEach(note -> warnings.add(name + ": " + note));
    }
  }

  /** What the costs alone change: what the doubled rule does not trade, it does not pay for. */
  private Usd sameTradesAtTwiceTheCosts() {
    return result.net().minus(result.fees()).minus(result.slippage());
  }

  /**
   * What is to be said of the prices that a result was filled at.
   *
   * @param share of capital that {@code net} is, and {@code lateShare} that of {@code late}, which
   *     is the net with fills one observation later
   */
  public static List<String> ofFills(
      int fillsAfter, Usd net, BigDecimal share, Usd late, BigDecimal lateShare) {
    List<String> warnings = new ArrayList<>();
    if (fillsAfter == 0) {
      warnings.add(
          "Fills at the very price that was decided on flatter every rule: no order gets them.");
    }
    if (net.signum() > 0 && late.value().compareTo(net.value().multiply(QUARTER_LOST)) < 0) {
      warnings.add(
          "Filled one observation later the net is %s (%s of capital) instead of %s (%s): more than a quarter of the profit depends on prices that may not be had."
              .formatted(usd(late), percent(lateShare), usd(net), percent(share)));
    }
    return warnings;
  }

  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>(result.fields());
    fields.put("hold_throughout", holdThroughout.fields());
    fields.put("one_observation_late", oneObservationLate.fields());
    fields.put("costs_doubled", costsDoubled.fields());
    fields.put("same_trades_costs_doubled_net_usd", sameTradesAtTwiceTheCosts());
    fields.put("fills_after", fillsAfter);
    fields.put("warnings", warnings());
    fields.put("assumptions", assumptions);
    return fields;
  }

  /** For people, 80 columns wide where a sentence is not longer. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    warnings().forEach(warning -> lines.add("WARNING: " + warning));
    lines.add("%-28s %12s %12s %12s %12s".formatted("", "result", "hold", "one late", "costs x2"));
    row(lines, "hours");
    row(lines, "hours_in");
    row(lines, "round_trips");
    for (String name : List.of("funding_usd", "basis_usd", "fees_usd", "slippage_usd", "net_usd")) {
      row(lines, name);
    }
    for (String name :
        List.of("return_on_capital", "apr_on_capital", "return_on_notional", "max_drawdown")) {
      row(lines, name);
    }
    if (result.markets().size() > 1) {
      lines.add("");
      lines.add(MarketResult.heading());
      result.markets().forEach(each -> lines.add(each.line(result.capital())));
    }
    lines.add("");
    lines.addAll(assumptions);
    return lines;
  }

  private void row(List<String> lines, String name) {
    lines.add(
        "%-28s %12s %12s %12s %12s"
            .formatted(
                name.replace('_', ' ').replace(" usd", ", USD"),
                cell(result, name),
                cell(holdThroughout, name),
                cell(oneObservationLate, name),
                cell(costsDoubled, name)));
  }

  private static String cell(BacktestResult of, String name) {
    Object value = of.fields().get(name);
    if (!(value instanceof BigDecimal number)) {
      return String.valueOf(value);
    }
    return name.endsWith("_usd")
        ? number.setScale(2, RoundingMode.HALF_EVEN).toPlainString()
        : percent(number);
  }

  static String percent(BigDecimal share) {
    return share.movePointRight(2).setScale(2, RoundingMode.HALF_EVEN).toPlainString() + " %";
  }

  static String usd(Usd amount) {
    return amount.value().setScale(2, RoundingMode.HALF_EVEN).toPlainString() + " USD";
  }
}
