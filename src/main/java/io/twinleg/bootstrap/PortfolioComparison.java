package io.twinleg.bootstrap;

import io.twinleg.config.Config;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.RecordedSeries;
import io.twinleg.research.BacktestResult;
import io.twinleg.research.EquityCurve;
import io.twinleg.research.walk.WalkForwardTable;
import io.twinleg.telemetry.TerminalProgress;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One capital over many markets through the Engine, beside holding them: each market joins as it
 * was listed, and all rules have the same account over the same hours.
 */
public final class PortfolioComparison {
  private static final String BTC = "BTC";

  /** Besides holding each market. */
  private static final int RULES = 4;

  private final Instant from;
  private final int hours;
  private final Map<String, double[]> equities = new LinkedHashMap<>();
  private final Map<String, int[]> exits = new LinkedHashMap<>();

  private PortfolioComparison(Instant from, int hours) {
    this.from = from;
    this.hours = hours;
  }

  /** Every rule through its own account at the simulated exchange. */
  public static WalkForwardTable run(
      Config config,
      HistoryArchive archive,
      @Nullable Instant from,
      @Nullable Instant until,
      BacktestSession.Fills fills,
      int blockDays,
      long seed) {
    BacktestSession session = BacktestSession.asListed(config, archive, from, until);
    Usd capital =
        config
            .settings()
            .portfolio()
            .map(PortfolioSettings::capital)
            .orElseThrow(() -> new IllegalStateException("no portfolio in the configuration"));
    int hours = Math.toIntExact(Duration.between(session.from(), session.last()).toHours()) + 1;
    TerminalProgress progress =
        new TerminalProgress("compared").ofRounds(RULES + session.series().size());
    session.shownBy(progress);
    PortfolioComparison compared = new PortfolioComparison(session.from(), hours);
    compared.add("portfolio as configured", session.run(capital, fills));
    compared.add("the same, one hour later", session.run(capital, fills.later()));
    compared.add("each market its own slice", session.slices(capital, fills));
    compared.add("equal weight", session.holdThroughout(capital, fills));
    Map<String, BacktestResult> held = new LinkedHashMap<>();
    for (RecordedSeries each : session.series()) {
      held.put(each.name(), session.holdOnly(each.name(), capital, fills));
    }
    progress.end();
    held.forEach((name, result) -> compared.add(held(name, held), result));
    return WalkForwardTable.ofEquities(
        session.from(),
        session.series().size(),
        compared.equities,
        compared.exits,
        blockDays,
        seed);
  }

  private static String held(String name, Map<String, BacktestResult> held) {
    BacktestResult one = held.getOrDefault(name, held.values().iterator().next());
    boolean best = held.values().stream().noneMatch(other -> other.net().exceeds(one.net()));
    return "hold " + name + (best && !name.equals(BTC) ? " (hindsight)" : "");
  }

  private void add(String rule, BacktestResult result) {
    double[] equity = new double[hours];
    int at = 0;
    double last = 1;
    for (EquityCurve.Hour hour : result.curve().hours()) {
      int index = Math.toIntExact(Duration.between(from, hour.at()).toHours());
      while (at < Math.min(index, hours)) {
        equity[at++] = last;
      }
      last = hour.equity().value().doubleValue() / result.capital().value().doubleValue();
    }
    while (at < hours) {
      equity[at++] = last;
    }
    equities.put(rule, equity);
    exits.put(rule, exits(result.fills()));
  }

  /** When a short was closed whole. */
  private int[] exits(List<Fill> fills) {
    int[] byHour = new int[hours];
    Map<InstrumentId, Quantity> open = new TreeMap<>();
    for (Fill fill : new ArrayList<>(fills)) {
      if (fill.instrument().leg() == Leg.PERP) {
        Quantity signed = fill.quantity().times(BigDecimal.valueOf(-fill.side().sign()));
        Quantity now = open.merge(fill.instrument(), signed, Quantity::plus);
        long hour = Duration.between(from, fill.time()).toHours();
        if (now.isZero() && hour >= 0 && hour < hours) {
          byHour[(int) hour]++;
        }
      }
    }
    return byHour;
  }
}
