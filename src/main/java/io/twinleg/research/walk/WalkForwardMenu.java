package io.twinleg.research.walk;

import io.twinleg.core.strategy.BlendedForecast;
import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.core.strategy.StrategySettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;

/**
 * A menu of settings judged as they could have been chosen: in every quarter the set that earned
 * most until then, and what a change from one set to another costs.
 */
final class WalkForwardMenu {
  private static final int QUARTER = 91 * 24;

  private final int begin;
  private final int hours;
  private final double changeCost;
  private final List<String> chosen = new ArrayList<>();

  /**
   * @param begin the first hour that is judged; all before it is training
   * @param roundTrip cost of going in and out, of the notional of one leg
   */
  WalkForwardMenu(int begin, int hours, BigDecimal roundTrip) {
    this.begin = begin;
    this.hours = hours;
    changeCost = roundTrip.doubleValue() / 2;
  }

  /** One set of a menu and what it came to. */
  record Set(String name, NetByHour result) {}

  NetByHour over(List<Set> menu) {
    NetByHour all = NetByHour.nothing(hours);
    Set before = null;
    for (int from = begin; from < hours; from += QUARTER) {
      Set best = best(menu, from);
      int to = Math.min(hours, from + QUARTER);
      System.arraycopy(best.result().net(), from, all.net(), from, to - from);
      System.arraycopy(best.result().exits(), from, all.exits(), from, to - from);
      if (before != null && !best.name().equals(before.name())) {
        all.net()[from] -= changeCost;
        all.exits()[from]++;
      }
      before = best;
      chosen.add(best.name());
    }
    return all;
  }

  private static Set best(List<Set> menu, int until) {
    ToDoubleFunction<Set> net = set -> set.result().sum(0, until);
    Set best = menu.getFirst();
    for (Set each : menu) {
      best = net.applyAsDouble(each) > net.applyAsDouble(best) ? each : best;
    }
    return best;
  }

  /** What was chosen, a quarter after the other. */
  List<String> chosen() {
    return List.copyOf(chosen);
  }

  // ---- the menus

  /** Sets of one capital over many coins; the first is the one that was given. */
  static List<Set> portfolios(
      RateTable rates,
      StrategySettings strategy,
      PortfolioSettings given,
      BigDecimal roundTrip,
      IntConsumer ran) {
    List<Set> menu = new ArrayList<>();
    menu.add(new Set("as configured", new AllocatedRule(rates, strategy, given, roundTrip).run()));
    for (int positions : new int[] {1, 2, 3}) {
      for (int window : new int[] {72, 168, 336}) {
        for (String exit : new String[] {"-0.05", "0.04"}) {
          for (int breakEven : new int[] {168, 720}) {
            PortfolioSettings portfolio =
                new PortfolioSettings(
                    given.capital(),
                    positions,
                    given.rotation(),
                    new BlendedForecast(
                        window, given.forecast().weight(), given.forecast().baseApr()),
                    given.rebalanceBand());
            StrategySettings set = with(strategy, exit, true, Math.max(336, breakEven), breakEven);
            menu.add(
                new Set(
                    "best %d, %d h mean, exit %s, break-even %d h"
                        .formatted(positions, window, exit, breakEven),
                    new AllocatedRule(rates, set, portfolio, roundTrip).run()));
            ran.accept(menu.size());
          }
        }
      }
    }
    return menu;
  }

  /** Sets of a single market; the first is the one that was given. */
  static List<Set> singles(PlainRules rules, String coin, StrategySettings given) {
    List<Set> menu = new ArrayList<>();
    menu.add(new Set("as configured", rules.timed(coin, given)));
    for (String exit : new String[] {"-0.05", "0", "0.04"}) {
      menu.add(
          new Set(
              "exit %s, no gate".formatted(exit),
              rules.timed(coin, with(given, exit, false, 336, 168))));
      for (int horizon : new int[] {336, 720}) {
        menu.add(
            new Set(
                "exit %s, gate %d h".formatted(exit, horizon),
                rules.timed(coin, with(given, exit, true, horizon, horizon))));
      }
    }
    return menu;
  }

  private static StrategySettings with(
      StrategySettings given, String exit, boolean gate, int horizon, int breakEven) {
    return new StrategySettings(
        given.enterThresholdApr(),
        new BigDecimal(exit),
        given.targetUsdNotional(),
        given.signalWindowHours(),
        gate,
        horizon,
        given.minEdgeBps(),
        breakEven,
        given.defer());
  }
}
