package io.hypercarry.venue.link;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** How far the venue's clock is from ours: the median of the newest looks at both. */
public final class Skew {
  private static final int LOOKS = 9;
  private static final Duration WARN = Duration.ofSeconds(1);
  private static final Duration NO_ENTRIES = Duration.ofSeconds(5);
  private static final Duration NO_RUN = Duration.ofSeconds(60);

  /** What a skew means for a run: semantics 2.8. */
  public enum Verdict {
    FINE,
    WARN,
    NO_ENTRIES,
    NO_RUN
  }

  private final ArrayDeque<Duration> offsets = new ArrayDeque<>();

  /**
   * @param asked and {@code answered} by our clock: the venue looked at its own somewhere between
   */
  public synchronized void seen(Instant asked, Instant venue, Instant answered) {
    Instant between = asked.plus(Duration.between(asked, answered).dividedBy(2));
    offsets.addLast(Duration.between(between, venue));
    if (offsets.size() > LOOKS) {
      offsets.removeFirst();
    }
  }

  /** Venue less ours; empty before the first look. */
  public synchronized Optional<Duration> median() {
    if (offsets.isEmpty()) {
      return Optional.empty();
    }
    List<Duration> sorted = offsets.stream().sorted().toList();
    return Optional.of(sorted.get(sorted.size() / 2));
  }

  public Verdict verdict() {
    Duration off = median().orElse(Duration.ZERO).abs();
    if (off.compareTo(NO_RUN) > 0) {
      return Verdict.NO_RUN;
    }
    if (off.compareTo(NO_ENTRIES) > 0) {
      return Verdict.NO_ENTRIES;
    }
    return off.compareTo(WARN) > 0 ? Verdict.WARN : Verdict.FINE;
  }
}
