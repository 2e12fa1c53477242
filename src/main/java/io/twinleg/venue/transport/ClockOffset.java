package io.twinleg.venue.transport;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClockSkew;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** How far the venue's clock is from ours: the median of the newest looks at both. */
public final class ClockOffset {
  private static final int LOOKS = 9;
  private final ArrayDeque<Duration> offsets = new ArrayDeque<>();
  private ClockSkew.Verdict told = ClockSkew.Verdict.FINE;

  /**
   * @param asked and {@code answered} by our clock: the venue looked at its own somewhere between
   */
  public synchronized void addSample(Instant asked, Instant venue, Instant answered) {
    Instant between = asked.plus(Duration.between(asked, answered).dividedBy(2));
    offsets.addLast(Duration.between(between, venue));
    if (offsets.size() > LOOKS) {
      offsets.removeFirst();
    }
  }

  /** By the newest look alone, for what must be stamped with the venue's time. */
  public synchronized Duration newest() {
    return offsets.isEmpty() ? Duration.ZERO : offsets.getLast();
  }

  /** Venue less ours; empty before the first look. */
  public synchronized Optional<Duration> median() {
    if (offsets.isEmpty()) {
      return Optional.empty();
    }
    List<Duration> sorted = offsets.stream().sorted().toList();
    return Optional.of(sorted.get(sorted.size() / 2));
  }

  public ClockSkew.Verdict verdict() {
    return skew().verdict();
  }

  public boolean forbidsEntries() {
    return skew().forbidsEntries();
  }

  private ClockSkew skew() {
    return new ClockSkew(median().orElse(Duration.ZERO));
  }

  /** A look at the venue's clock, and what there is to tell of it: a change of what it means. */
  public synchronized Optional<Event> update(Instant asked, Instant venue, Instant answered) {
    addSample(asked, venue, answered);
    ClockSkew.Verdict now = verdict();
    boolean changed = now != told;
    told = now;
    return changed
        ? Optional.of(new Event.ClockSkewed(median().orElse(Duration.ZERO).toMillis()))
        : Optional.empty();
  }
}
