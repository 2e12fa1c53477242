package io.twinleg.research;

import io.twinleg.core.model.Price;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The marks of one perp by the venue's own time: an account's equity was worked out at the mark of
 * its instant, and may reach us later than the next mark does.
 */
final class MarkHistory {
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final TreeMap<Instant, Price> marks = new TreeMap<>();

  record Mark(Instant since, Price price) {}

  void add(Instant venueTime, Price mark) {
    marks.put(venueTime, mark);
    Instant oldest = marks.lastKey().minus(KEPT);
    Optional.ofNullable(marks.floorKey(oldest)).ifPresent(key -> marks.headMap(key).clear());
  }

  Optional<Mark> at(Instant venueTime) {
    return Optional.ofNullable(marks.floorEntry(venueTime))
        .map(entry -> new Mark(entry.getKey(), entry.getValue()));
  }
}
