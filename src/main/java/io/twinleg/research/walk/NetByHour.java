package io.twinleg.research.walk;

import java.util.Arrays;

/** What a rule made of the capital, hour by hour, as fractions of it; nothing is reinvested. */
final class NetByHour {
  private static final int DAY = 24;
  private static final double HOURS_A_YEAR = 8760;

  private final double[] net;
  private final int[] exits;

  /**
   * @param net funding less costs of each hour
   * @param exits how often a market was left by each hour
   */
  NetByHour(double[] net, int[] exits) {
    this.net = net;
    this.exits = exits;
  }

  /** Filled by the rule. */
  double[] net() {
    return net;
  }

  /** Filled by the rule. */
  int[] exits() {
    return exits;
  }

  static NetByHour nothing(int hours) {
    return new NetByHour(new double[hours], new int[hours]);
  }

  double sum(int from, int to) {
    double sum = 0;
    for (int hour = from; hour < to; hour++) {
      sum += net[hour];
    }
    return sum;
  }

  /** A simple yearly rate. */
  double apr(int from, int to) {
    return to <= from ? 0 : sum(from, to) * HOURS_A_YEAR / (to - from);
  }

  /** The deepest fall below an earlier sum. */
  double drawdown(int from, int to) {
    double sum = 0;
    double peak = 0;
    double deepest = 0;
    for (int hour = from; hour < to; hour++) {
      sum += net[hour];
      peak = Math.max(peak, sum);
      deepest = Math.max(deepest, peak - sum);
    }
    return deepest;
  }

  double tripsAYear(int from, int to) {
    int trips = Arrays.stream(exits, from, to).sum();
    return to <= from ? 0 : trips * HOURS_A_YEAR / (to - from);
  }

  /** Whole days; a rest of hours at the end counts in the last of them. */
  double[] daily(int from, int to) {
    double[] daily = new double[Math.max(1, (to - from) / DAY)];
    for (int hour = from; hour < to; hour++) {
      daily[Math.min(daily.length - 1, (hour - from) / DAY)] += net[hour];
    }
    return daily;
  }
}
