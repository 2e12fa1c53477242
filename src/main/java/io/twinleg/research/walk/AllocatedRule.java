package io.twinleg.research.walk;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import io.twinleg.core.strategy.Allocation;
import io.twinleg.core.strategy.Allocation.Assignment;
import io.twinleg.core.strategy.Allocation.Candidate;
import io.twinleg.core.strategy.Allocation.Standing;
import io.twinleg.core.strategy.CarryOutlook;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.core.strategy.StrategySettings;
import io.twinleg.core.strategy.VenueShares;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One capital over the best coins, by rates alone: the core's own forecast, outlook and allocation
 * decide each hour, and what is decided is done an hour later, after that hour's funding. A coin
 * whose rates end is left in the hour after.
 */
final class AllocatedRule {
  private static final Usd CAPITAL = Usd.of("1000000");

  /**
   * Every coin costs the same here, so that only those of the highest forecasts can be entered; few
   * of them can be kept out by an earlier rotation.
   */
  private static final int BEST_COMPARED = 8;

  private final RateTable rates;
  private final StrategySettings strategy;
  private final PortfolioSettings settings;
  private final CarryOutlook.Costs costs;
  private final Usd part;
  private final double weight;
  private final double side;
  private final Position[] positions;
  private final Map<MarketId, Instant> rotations = new TreeMap<>();
  private final double[] net;
  private final int[] exits;
  private Map<MarketId, Assignment> last = Map.of();

  /** What is held of a coin, in fractions of a part. */
  private static final class Position {
    private boolean held;
    private int since;
    private double earned;
  }

  /**
   * @param strategy its target is replaced by a part of the capital
   * @param roundTrip cost of going in and out, of the notional of one leg
   */
  AllocatedRule(
      RateTable rates,
      StrategySettings strategy,
      PortfolioSettings portfolio,
      BigDecimal roundTrip) {
    this.rates = rates;
    int parts = portfolio.maxPositions();
    // both legs are paid for: spot whole, and as much collateral
    part = new Usd(CAPITAL.value().divide(BigDecimal.valueOf(2L * parts), MathContext.DECIMAL64));
    weight = 1.0 / (2 * parts);
    this.strategy = sized(strategy, part);
    settings =
        new PortfolioSettings(
            CAPITAL, parts, portfolio.rotation(), portfolio.forecast(), portfolio.rebalanceBand());
    BigDecimal half = roundTrip.divide(BigDecimal.valueOf(2));
    side = half.doubleValue();
    costs = new CarryOutlook.Costs(half, half);
    positions = new Position[rates.coins().size()];
    Arrays.setAll(positions, i -> new Position());
    net = new double[rates.hours()];
    exits = new int[rates.hours()];
  }

  private static StrategySettings sized(StrategySettings strategy, Usd target) {
    return new StrategySettings(
        strategy.enterThresholdApr(),
        strategy.exitThresholdApr(),
        target,
        strategy.signalWindowHours(),
        strategy.evGate(),
        strategy.horizonHours(),
        strategy.minEdgeBps(),
        strategy.maxBreakEvenHours(),
        strategy.defer());
  }

  NetByHour run() {
    for (int hour = 0; hour < rates.hours(); hour++) {
      for (int i = 0; i < positions.length; i++) {
        settle(rates.coins().get(i), positions[i], hour);
      }
      follow(hour);
      if (hour < rates.hours() - 1) {
        decide(hour);
      }
    }
    return new NetByHour(net, exits);
  }

  private void settle(RateTable.Coin coin, Position position, int hour) {
    if (position.held && coin.isKnown(hour)) {
      position.earned += coin.paid(hour);
      net[hour] += weight * coin.paid(hour);
    }
  }

  /** What was decided an hour ago is done now: first what is left, then what is entered. */
  private void follow(int hour) {
    for (int i = 0; i < positions.length; i++) {
      RateTable.Coin coin = rates.coins().get(i);
      Assignment assignment = last.get(coin.market);
      boolean leaves = assignment != null && assignment.choice() == Allocation.Choice.LEAVE;
      if (positions[i].held && (leaves || hour >= coin.ends)) {
        leave(coin.market, positions[i], assignment, hour);
      }
    }
    for (int i = 0; i < positions.length; i++) {
      RateTable.Coin coin = rates.coins().get(i);
      Assignment assignment = last.get(coin.market);
      boolean enters =
          assignment != null
              && assignment.choice() == Allocation.Choice.HOLD
              && assignment.inRotationWith().isEmpty();
      if (!positions[i].held && enters && hour < coin.ends) {
        positions[i].held = true;
        positions[i].since = hour;
        positions[i].earned = 0;
        net[hour] -= weight * side;
      }
    }
  }

  private void leave(
      MarketId market, Position position, @Nullable Assignment assignment, int hour) {
    position.held = false;
    net[hour] -= weight * side;
    exits[hour]++;
    if (assignment != null) {
      assignment
          .inRotationWith()
          .ifPresent(other -> {
            rotations.put(market, rates.at(hour));
            rotations.put(other, rates.at(hour));
          });
    }
  }

  private void decide(int hour) {
    Instant now = rates.at(hour);
    List<Candidate> candidates = new ArrayList<>();
    List<Integer> flat = new ArrayList<>();
    int window = settings.forecast().windowHours();
    for (int i = 0; i < positions.length; i++) {
      RateTable.Coin coin = rates.coins().get(i);
      if (positions[i].held) {
        candidates.add(candidate(coin, positions[i], hour));
      } else if (coin.hasMean(hour, window)) {
        flat.add(i);
      }
    }
    flat.stream()
        .sorted(
            Comparator.comparingDouble((Integer i) -> -rates.coins().get(i).about(hour, window)))
        .limit(BEST_COMPARED + settings.maxPositions())
        .forEach(i -> candidates.add(candidate(rates.coins().get(i), positions[i], hour)));
    last =
        candidates.isEmpty()
            ? Map.of()
            : Allocation.decide(settings, VenueShares.OF_ONE, candidates, last, now);
  }

  private Candidate candidate(RateTable.Coin coin, Position position, int hour) {
    BigDecimal forecast =
        coin.mean(hour, settings.forecast().windowHours())
            .map(settings.forecast()::perHour)
            .orElse(null);
    CarryOutlook outlook =
        new CarryOutlook(strategy, forecast, costs, position.held ? earnings(position) : null);
    return new Candidate(
        coin.market,
        position.held ? Standing.HELD : Standing.FLAT,
        outlook,
        position.held ? rates.at(position.since) : null,
        rotations.get(coin.market),
        part);
  }

  private CarryOutlook.Earnings earnings(Position position) {
    return new CarryOutlook.Earnings(
        part,
        part,
        part.times(costs.enter()),
        part.times(BigDecimal.valueOf(position.earned)),
        true);
  }
}
