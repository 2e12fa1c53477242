package io.twinleg.research.walk;

import io.twinleg.core.strategy.PortfolioSettings;
import io.twinleg.core.strategy.StrategySettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;

/**
 * One capital over many coins beside what it must be compared with, by rates alone and out of
 * sample.
 */
public final class WalkForwardStudy {
  /** How many portfolios a menu has. */
  public static final int MENU = 37;

  private static final String BTC = "BTC";

  private final RateTable rates;
  private final Assumptions given;
  private final int begin;
  private IntConsumer ran = portfolios -> {};

  /**
   * @param roundTrip cost of going in and out, of the notional of one leg
   * @param training of the beginning, which is training alone
   * @param blockDays days that the bootstrap keeps together
   */
  public record Assumptions(
      StrategySettings strategy,
      PortfolioSettings portfolio,
      BigDecimal roundTrip,
      Duration training,
      int blockDays,
      long seed) {}

  public WalkForwardStudy(RateTable rates, Assumptions given) {
    this.rates = rates;
    this.given = given;
    begin = Math.toIntExact(given.training().toHours());
    if (begin >= rates.hours() - 24) {
      throw new IllegalArgumentException(
          "%d hours from %s to %s leave no day behind the first %d of training"
              .formatted(rates.hours(), rates.first(), rates.last(), begin));
    }
  }

  /**
   * @param receiver gets how many of the menu's {@link #MENU} portfolios were run
   */
  public WalkForwardStudy shownBy(IntConsumer receiver) {
    ran = receiver;
    return this;
  }

  private BlockBootstrap bootstrap() {
    return new BlockBootstrap(given.blockDays(), given.seed());
  }

  /**
   * One capital.
   *
   * @param menu whether settings are also chosen from a menu, quarter by quarter
   */
  public WalkForwardTable portfolio(boolean menu) {
    RuleTable table = new RuleTable(rates::at, bootstrap(), begin, rates.hours());
    List<String> chosen = new ArrayList<>();
    if (menu) {
      List<WalkForwardMenu.Set> sets =
          WalkForwardMenu.portfolios(
              rates, given.strategy(), given.portfolio(), given.roundTrip(), ran);
      table.add("portfolio as configured", entered(sets.getFirst().result()));
      WalkForwardMenu walk = walk();
      table.add("portfolio chosen by the past", entered(walk.over(sets)));
      chosen.addAll(walk.chosen());
    } else {
      NetByHour configured =
          new AllocatedRule(rates, given.strategy(), given.portfolio(), given.roundTrip()).run();
      table.add("portfolio as configured", entered(configured));
    }
    PlainRules plain = new PlainRules(rates, given.roundTrip());
    table.add("each coin its own slice", entered(plain.slices(given.strategy())));
    table.add("equal weight", plain.equalWeight(begin));
    if (rates.names().contains(BTC)) {
      table.add("hold BTC", plain.hold(BTC, begin));
    }
    String best = best(coin -> plain.hold(coin, begin).sum(begin, rates.hours()));
    table.add("hold " + best + " (hindsight)", plain.hold(best, begin));
    return new WalkForwardTable(
        rates.at(begin), rates.last(), rates.names().size(), table.rows(), chosen);
  }

  /**
   * One coin by itself, with all of the capital: its settings as configured, and a menu of them.
   */
  public WalkForwardTable single(String coin) {
    RuleTable table = new RuleTable(rates::at, bootstrap(), begin, rates.hours());
    PlainRules plain = new PlainRules(rates, given.roundTrip());
    List<WalkForwardMenu.Set> sets = WalkForwardMenu.singles(plain, coin, given.strategy());
    WalkForwardMenu walk = walk();
    NetByHour byThePast = walk.over(sets);
    sets.forEach(set -> table.add(coin + " " + set.name(), set.result()));
    table.add(coin + " chosen by the past", byThePast);
    table.add(coin + " held", plain.hold(coin, begin));
    return new WalkForwardTable(rates.at(begin), rates.last(), 1, table.rows(), walk.chosen());
  }

  public List<ForecastErrors> forecasts() {
    return ForecastErrors.of(rates, given.portfolio().forecast());
  }

  private WalkForwardMenu walk() {
    return new WalkForwardMenu(begin, rates.hours(), given.roundTrip());
  }

  /** What is held when the judged time begins is paid for then, as the others pay for theirs. */
  private NetByHour entered(NetByHour result) {
    result.net()[begin] -= given.roundTrip().doubleValue() / 4;
    return result;
  }

  private String best(ToDoubleFunction<String> net) {
    String best = rates.names().getFirst();
    for (String coin : rates.names()) {
      best = net.applyAsDouble(coin) > net.applyAsDouble(best) ? coin : best;
    }
    return best;
  }
}
