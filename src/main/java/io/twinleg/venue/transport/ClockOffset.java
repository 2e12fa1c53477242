package io.twinleg.venue.transport;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClockSkew;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** The offset of the venue's clock from ours: the median of the newest samples. */
public final class ClockOffset {
  private static final int MAX_SAMPLES = 9;

  /** By fewer than these one false answer could end a run. */
  private static final int CERTAIN = 3;

  private final ArrayDeque<Duration> offsets = new ArrayDeque<>();
  private ClockSkew.Verdict lastVerdict = ClockSkew.Verdict.FINE;

  /**
   * @param requested and {@code received} by our clock: the venue read its own between the two
   */
  public synchronized void addSample(Instant requested, Instant venue, Instant received) {
    Instant between = requested.plus(Duration.between(requested, received).dividedBy(2));
    offsets.addLast(Duration.between(between, venue));
    if (offsets.size() > MAX_SAMPLES) {
      offsets.removeFirst();
    }
  }

  /** Forgets the samples: a clock has been stepped, and the next sample alone counts. */
  public synchronized void forget() {
    offsets.clear();
  }

  /** The venue's clock minus ours; empty before the first sample. */
  public synchronized Optional<Duration> median() {
    if (offsets.isEmpty()) {
      return Optional.empty();
    }
    List<Duration> sorted = offsets.stream().sorted().toList();
    return Optional.of(sorted.get(sorted.size() / 2));
  }

  /** No worse than {@code NO_ENTRIES} while it may be one false answer. */
  public synchronized ClockSkew.Verdict verdict() {
    ClockSkew.Verdict found = skew().verdict();
    return found == ClockSkew.Verdict.NO_RUN && !isCertain() ? ClockSkew.Verdict.NO_ENTRIES : found;
  }

  /** Whether the clocks agree, or enough samples show that they do not. */
  public synchronized boolean isCertain() {
    return !forbidsEntries() || offsets.size() >= CERTAIN;
  }

  public boolean forbidsEntries() {
    return skew().forbidsEntries();
  }

  private ClockSkew skew() {
    return new ClockSkew(median().orElse(Duration.ZERO));
  }

  /** Adds a sample; returns an event when the verdict has changed. */
  public synchronized Optional<Event> update(Instant requested, Instant venue, Instant received) {
    addSample(requested, venue, received);
    ClockSkew.Verdict now = verdict();
    boolean changed = now != lastVerdict;
    lastVerdict = now;
    return changed ? Optional.of(new Event.ClockSkewed(proven().toMillis())) : Optional.empty();
  }

  /** The core judges by its offset alone. */
  private Duration proven() {
    Duration found = median().orElse(Duration.ZERO);
    if (isCertain() || found.abs().compareTo(ClockSkew.NO_RUN) <= 0) {
      return found;
    }
    return found.isNegative() ? ClockSkew.NO_RUN.negated() : ClockSkew.NO_RUN;
  }
}
