package io.twinleg.research.walk;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.strategy.FundingForecast;
import io.twinleg.core.strategy.FundingModel;
import io.twinleg.core.strategy.StrategySettings;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a portfolio is compared with, by rates alone: one coin held, all held in equal parts, and
 * each coin timed by itself with an equal part, which is what the program does without a portfolio.
 */
final class PlainRules {
  private static final BigDecimal HOURS_A_YEAR = BigDecimal.valueOf(8760);
  private static final BigDecimal BPS = BigDecimal.valueOf(10_000);

  private final RateTable rates;
  private final BigDecimal roundTrip;
  private final double side;

  /** What funding was expected to come to, by coin and horizon: many sets ask for the same. */
  private final Map<String, BigDecimal[]> sums = new HashMap<>();

  /**
   * @param roundTrip cost of going in and out, of the notional of one leg
   */
  PlainRules(RateTable rates, BigDecimal roundTrip) {
    this.rates = rates;
    this.roundTrip = roundTrip;
    side = roundTrip.doubleValue() / 2;
  }

  /** From its first rate on, with all of the capital; its entry is paid at {@code from} again. */
  NetByHour hold(String name, int from) {
    NetByHour result = NetByHour.nothing(rates.hours());
    rates.coins().stream()
        .filter(coin -> coin.market.name().equals(name))
        .forEach(coin -> {
          int begin = Math.max(from, coin.begins + 1);
          if (begin < coin.ends) {
            result.net()[begin] -= side / 2;
          }
          for (int hour = begin + 1; hour < coin.ends; hour++) {
            result.net()[hour] += coin.paid(hour) / 2;
          }
          if (coin.ends < rates.hours() && coin.ends > begin) {
            result.net()[coin.ends] -= side / 2;
            result.exits()[coin.ends]++;
          }
        });
    return result;
  }

  /** All that have a rate, in equal parts: a coin that comes or goes changes every part. */
  NetByHour equalWeight(int from) {
    NetByHour result = NetByHour.nothing(rates.hours());
    double[] weights = new double[rates.coins().size()];
    for (int hour = from; hour < rates.hours(); hour++) {
      int count = listed(hour);
      for (int i = 0; i < weights.length; i++) {
        RateTable.Coin coin = rates.coins().get(i);
        boolean listed = isListed(coin, hour);
        if (weights[i] > 0 && hour < coin.ends) {
          result.net()[hour] += weights[i] * coin.paid(hour);
        }
        double wanted = listed ? 1.0 / (2 * count) : 0;
        result.net()[hour] -= Math.abs(wanted - weights[i]) * side;
        result.exits()[hour] += weights[i] > 0 && wanted == 0 ? 1 : 0;
        weights[i] = wanted;
      }
    }
    return result;
  }

  private int listed(int hour) {
    return (int) rates.coins().stream().filter(coin -> isListed(coin, hour)).count();
  }

  private static boolean isListed(RateTable.Coin coin, int hour) {
    return hour > coin.begins && hour < coin.ends;
  }

  /**
   * Each coin by itself, in an equal part of the capital for every coin there is at that hour; what
   * changes the parts costs nothing here, in this rule's favour.
   */
  NetByHour slices(StrategySettings strategy) {
    NetByHour all = NetByHour.nothing(rates.hours());
    int[] listed = new int[rates.hours()];
    for (int hour = 0; hour < listed.length; hour++) {
      listed[hour] = listed(hour);
    }
    for (RateTable.Coin coin : rates.coins()) {
      NetByHour one = timed(coin, strategy);
      for (int hour = 0; hour < rates.hours(); hour++) {
        all.net()[hour] += one.net()[hour] / Math.max(1, listed[hour]);
        all.exits()[hour] += one.exits()[hour];
      }
    }
    return all;
  }

  NetByHour timed(String name, StrategySettings strategy) {
    return rates.coins().stream()
        .filter(coin -> coin.market.name().equals(name))
        .findFirst()
        .map(coin -> timed(coin, strategy))
        .orElseThrow();
  }

  /** By the thresholds and the gate of one market, with the whole capital; done an hour later. */
  private NetByHour timed(RateTable.Coin coin, StrategySettings strategy) {
    NetByHour result = NetByHour.nothing(rates.hours());
    boolean held = false;
    boolean wanted = false;
    for (int hour = 0; hour < rates.hours(); hour++) {
      if (held && coin.isKnown(hour)) {
        result.net()[hour] += coin.paid(hour) / 2;
      }
      boolean ended = hour >= coin.ends;
      if (held && (!wanted || ended)) {
        result.net()[hour] -= side / 2;
        result.exits()[hour]++;
        held = false;
      } else if (!held && wanted && !ended) {
        result.net()[hour] -= side / 2;
        held = true;
      }
      wanted = decide(coin, strategy, hour, held);
    }
    return result;
  }

  private boolean decide(RateTable.Coin coin, StrategySettings strategy, int hour, boolean held) {
    Optional<BigDecimal> mean = coin.mean(hour, strategy.signalWindowHours());
    if (mean.isEmpty()) {
      return held;
    }
    BigDecimal apr = mean.get().multiply(HOURS_A_YEAR);
    if (apr.compareTo(strategy.exitThresholdApr()) <= 0) {
      return false;
    }
    boolean enough = apr.compareTo(strategy.enterThresholdApr()) >= 0;
    if (!strategy.evGate() || (!held && !enough)) {
      return held || enough;
    }
    BigDecimal expected = expected(coin, hour, strategy.horizonHours());
    if (held) {
      return expected.compareTo(roundTrip.negate()) >= 0;
    }
    BigDecimal edge = expected.subtract(roundTrip).multiply(BPS);
    return edge.compareTo(strategy.minEdgeBps()) >= 0
        && forecast(coin, hour).hoursToEarn(roundTrip, strategy.maxBreakEvenHours()).isPresent();
  }

  private BigDecimal expected(RateTable.Coin coin, int hour, int horizon) {
    BigDecimal[] known =
        sums.computeIfAbsent(
            coin.market.name() + " " + horizon, key -> new BigDecimal[rates.hours()]);
    BigDecimal sum = known[hour];
    if (sum == null) {
      sum = forecast(coin, hour).sum(horizon);
      known[hour] = sum;
    }
    return sum;
  }

  static FundingForecast forecast(RateTable.Coin coin, int hour) {
    int oldest = Math.max(coin.begins, hour + 1 - FundingHour.HISTORY_HOURS);
    @Nullable BigDecimal[] newest = new BigDecimal[Math.max(0, hour + 1 - oldest)];
    BigDecimal today = BigDecimal.ZERO;
    for (int each = hour; each >= oldest; each--) {
      BigDecimal rate = BigDecimal.valueOf(coin.rate[each], RateTable.DECIMALS);
      newest[hour - each] = coin.isKnown(each) ? rate : null;
      today = each == hour ? rate : today;
    }
    return FundingModel.fit(newest).from(today);
  }
}
