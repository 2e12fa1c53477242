package io.twinleg.venue.transport;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.InstrumentId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Watches feeds for silence. A feed speaks when something newer than before comes: frames that keep
 * coming with the same venue time are silence too (F07). Ages are measured on a monotonic clock.
 */
public final class StalenessMonitor {
  /** Of one instrument, or of the account. */
  public record FeedKey(Feed feed, Optional<InstrumentId> instrument) {}

  private static final class Pulse {
    private final Duration age;
    private long at;
    private Instant newest = Instant.MIN;
    private boolean stale;

    private Pulse(Duration age, long at) {
      this.age = age;
      this.at = at;
    }
  }

  private final Map<FeedKey, Pulse> pulses = new LinkedHashMap<>();
  private final LongSupplier nanos;
  private final Consumer<Event> news;

  public StalenessMonitor(LongSupplier nanos, Consumer<Event> news) {
    this.nanos = nanos;
    this.news = news;
  }

  /** From now on it must speak at least so often. Asked a second time, it changes nothing. */
  public synchronized void watch(FeedKey line, Duration age) {
    pulses.putIfAbsent(line, new Pulse(age, nanos.getAsLong()));
  }

  /** It spoke, without saying of when it speaks. */
  public synchronized void record(FeedKey line) {
    Pulse pulse = pulses.get(line);
    if (pulse != null) {
      live(line, pulse);
    }
  }

  /**
   * It spoke of this time of the venue's. Returns false where that is older than what was heard
   * before: a frame that came late, not to be believed.
   */
  public synchronized boolean record(FeedKey line, Instant venueTime) {
    Pulse pulse = pulses.get(line);
    if (pulse == null) {
      return true;
    }
    if (venueTime.isBefore(pulse.newest)) {
      return false;
    }
    if (venueTime.isAfter(pulse.newest)) {
      pulse.newest = venueTime;
      live(line, pulse);
    }
    return true;
  }

  private void live(FeedKey line, Pulse pulse) {
    pulse.at = nanos.getAsLong();
    if (pulse.stale) {
      pulse.stale = false;
      tell(line, true);
    }
  }

  /** To be called often: tells of each feed that has now been silent for too long, once. */
  public synchronized void check() {
    long now = nanos.getAsLong();
    pulses.forEach((line, pulse) -> {
      if (!pulse.stale && now - pulse.at > pulse.age.toNanos()) {
        pulse.stale = true;
        tell(line, false);
      }
    });
  }

  /** It is not to be believed from now on, however lively it is: silent until it is heard again. */
  public synchronized void markStale(FeedKey line) {
    Pulse pulse = pulses.get(line);
    if (pulse != null && !pulse.stale) {
      pulse.stale = true;
      tell(line, false);
    }
  }

  /** How long it has not spoken; for ever, where nobody watches it. */
  public synchronized Duration age(FeedKey line) {
    Pulse pulse = pulses.get(line);
    return pulse == null
        ? ChronoUnit.FOREVER.getDuration()
        : Duration.ofNanos(nanos.getAsLong() - pulse.at);
  }

  private void tell(FeedKey line, boolean fresh) {
    news.accept(new Event.FeedStatusChanged(line.feed(), line.instrument(), fresh));
  }

  public synchronized List<FeedKey> stale() {
    return pulses.entrySet().stream()
        .filter(each -> each.getValue().stale)
        .map(Map.Entry::getKey)
        .toList();
  }
}
