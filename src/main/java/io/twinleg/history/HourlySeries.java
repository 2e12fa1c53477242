package io.twinleg.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rows kept in the order of their hours, and found by binary search. */
final class HourlySeries {
  private HourlySeries() {}

  static <T> void checkAscending(List<T> rows, Function<T, Instant> hour, String what) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(what + " need at least one row");
    }
    for (int i = 1; i < rows.size(); i++) {
      Instant at = hour.apply(rows.get(i));
      if (!at.isAfter(hour.apply(rows.get(i - 1)))) {
        throw new IllegalArgumentException(
            what + " hold the hour " + at + " twice or out of order");
      }
    }
  }

  static <T> Optional<T> at(List<T> rows, Function<T, Instant> hour, Instant wanted) {
    int count = countUntil(rows, hour, wanted);
    return count > 0 && hour.apply(rows.get(count - 1)).equals(wanted)
        ? Optional.of(rows.get(count - 1))
        : Optional.empty();
  }

  /** How many rows lie at or before an instant. */
  static <T> int countUntil(List<T> rows, Function<T, Instant> hour, Instant until) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hour.apply(rows.get(middle)).isAfter(until)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
