package io.twinleg.research.walk;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Rules beside each other over the same hours, and the first of them judged against the others. */
final class RuleTable {
  private final Map<String, NetByHour> rules = new LinkedHashMap<>();
  private final IntFunction<Instant> times;
  private final BlockBootstrap bootstrap;
  private final int from;
  private final int to;

  RuleTable(IntFunction<Instant> times, BlockBootstrap bootstrap, int from, int to) {
    this.times = times;
    this.bootstrap = bootstrap;
    this.from = from;
    this.to = to;
  }

  /** The first is the one that is judged. */
  void add(String name, NetByHour result) {
    rules.put(name, result);
  }

  List<RuleRow> rows() {
    List<RuleRow> rows = new ArrayList<>();
    double[] judged = new double[0];
    for (Map.Entry<String, NetByHour> rule : rules.entrySet()) {
      NetByHour result = rule.getValue();
      double[] daily = result.daily(from, to);
      BlockBootstrap.Interval interval = bootstrap.of(daily);
      boolean isFirst = rows.isEmpty();
      judged = isFirst ? daily : judged;
      BlockBootstrap.Interval apart = bootstrap.ofDifference(judged, daily);
      rows.add(
          new RuleRow(
              rule.getKey(),
              result.apr(from, to),
              interval.low(),
              interval.high(),
              result.drawdown(from, to),
              result.tripsAYear(from, to),
              isFirst ? null : new RuleRow.Interval(apart.low(), apart.high()),
              byYear(result)));
    }
    return rows;
  }

  private Map<Integer, Double> byYear(NetByHour result) {
    Map<Integer, Double> years = new TreeMap<>();
    int begin = from;
    while (begin < to) {
      int year = year(begin);
      int end = begin;
      while (end < to && year(end) == year) {
        end++;
      }
      years.put(year, result.apr(begin, end));
      begin = end;
    }
    return years;
  }

  private int year(int hour) {
    return times.apply(hour).atOffset(ZoneOffset.UTC).getYear();
  }
}
