package io.twinleg.telemetry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often something took how long, in buckets from ten microseconds to ten seconds. Recording
 * allocates nothing. Used by one thread.
 */
public final class LatencyHistogram {
  private static final long MICROSECOND = 1_000;
  private static final double SECOND = 1e9;

  /** The buckets' upper ends in nanoseconds: 10, 20, 50, 100 µs and so on; the last has none. */
  private static final long[] ENDS = ends();

  private final long[] counts = new long[ENDS.length + 1];
  private long sum;
  private long total;

  private static long[] ends() {
    List<Long> ends = new ArrayList<>();
    for (long decade = 10 * MICROSECOND; decade <= 1_000_000 * MICROSECOND; decade *= 10) {
      ends.addAll(List.of(decade, 2 * decade, 5 * decade));
    }
    ends.add(10_000_000 * MICROSECOND);
    return ends.stream().mapToLong(Long::longValue).toArray();
  }

  /** The buckets' upper ends in seconds, without the last, which has none. */
  public static List<Double> bounds() {
    List<Double> bounds = new ArrayList<>();
    for (long end : ENDS) {
      bounds.add(end / SECOND);
    }
    return bounds;
  }

  /** What took less than nothing by a clock that was set took nothing. */
  public void record(long nanoseconds) {
    long taken = Math.max(0, nanoseconds);
    int bucket = 0;
    while (bucket < ENDS.length && taken > ENDS[bucket]) {
      bucket++;
    }
    counts[bucket]++;
    sum += taken;
    total++;
  }

  /**
   * The upper end, in milliseconds, of the bucket in which this part of all ended; empty where
   * nothing was recorded, or that bucket has no end.
   *
   * @param part such as 0.99
   */
  Optional<Double> within(double part) {
    long wanted = (long) Math.ceil(part * total);
    long seen = 0;
    for (int bucket = 0; bucket < ENDS.length && total > 0; bucket++) {
      seen += counts[bucket];
      if (seen >= wanted) {
        return Optional.of(ENDS[bucket] / 1e6);
      }
    }
    return Optional.empty();
  }

  /** For JSON: count, sum, the counts of the buckets, and within which time half and 99 % ended. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("count", total);
    fields.put("sum_s", sum / SECOND);
    fields.put("half_within_ms", within(0.5));
    fields.put("most_within_ms", within(0.99));
    List<Long> each = new ArrayList<>();
    for (long count : counts) {
      each.add(count);
    }
    fields.put("buckets", each);
    return fields;
  }
}
