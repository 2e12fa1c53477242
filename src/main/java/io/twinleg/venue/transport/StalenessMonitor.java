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
 * The one judge of a feed's age; reports feeds that have become stale or fresh again. A feed is
 * fresh as long as something newer than before arrives: frames that repeat the same venue time
 * count as silence (F07), and so do frames that were old when they came. Silence is measured on a
 * monotonic clock, the age of data by the venue's.
 */
public final class StalenessMonitor {
  /** A feed of one instrument, or of the account. */
  public record FeedKey(Feed feed, Optional<InstrumentId> instrument) {}

  private static final class FeedState {
    private final Duration age;
    private long at;
    private Instant newest = Instant.MIN;
    private boolean stale;

    private FeedState(Duration age, long at) {
      this.age = age;
      this.at = at;
    }
  }

  private final Map<FeedKey, FeedState> feeds = new LinkedHashMap<>();

  /** A venue time further ahead of the venue's clock than this is no time (a year 2100). */
  private static final Duration AHEAD = Duration.ofSeconds(5);

  private final LongSupplier nanos;
  private final VenueClock clock;
  private final Consumer<Event> listener;

  public StalenessMonitor(LongSupplier nanos, VenueClock clock, Consumer<Event> listener) {
    this.nanos = nanos;
    this.clock = clock;
    this.listener = listener;
  }

  /** Watches a feed with this maximum age. A second call for the same feed changes nothing. */
  public synchronized void watch(FeedKey feed, Duration age) {
    feeds.putIfAbsent(feed, new FeedState(age, nanos.getAsLong()));
  }

  /** Records life of a feed whose data carry no venue time. */
  public synchronized void record(FeedKey feed) {
    FeedState state = feeds.get(feed);
    if (state != null) {
      markFresh(feed, state);
    }
  }

  /**
   * Records data of this venue time. Returns false where it is to be ignored: it is older than data
   * recorded before, or dated in a future that cannot be.
   */
  public synchronized boolean record(FeedKey feed, Instant venueTime) {
    FeedState state = feeds.get(feed);
    if (isImpossible(venueTime)) {
      return false;
    }
    if (state == null) {
      return true;
    }
    if (venueTime.isBefore(state.newest)) {
      return false;
    }
    if (venueTime.isAfter(state.newest)) {
      state.newest = venueTime;
      if (!clock.venueNow().minus(clock.venueTime(state.age)).isAfter(venueTime)) {
        markFresh(feed, state);
      }
    }
    return true;
  }

  /** Whether a venue time lies in the future, by more than clocks and paths explain. */
  public boolean isImpossible(Instant venueTime) {
    return venueTime.isAfter(clock.venueNow().plus(clock.venueTime(AHEAD)));
  }

  /** A new connection begins: what it says is compared with nothing that was said before it. */
  public synchronized void forget() {
    feeds.values().forEach(state -> state.newest = Instant.MIN);
  }

  private void markFresh(FeedKey feed, FeedState state) {
    state.at = nanos.getAsLong();
    if (state.stale) {
      state.stale = false;
      publish(feed, true);
    }
  }

  /** Publishes each feed that has become stale, once. To be called often. */
  public synchronized void check() {
    long now = nanos.getAsLong();
    feeds.forEach((feed, state) -> {
      if (!state.stale && now - state.at > state.age.toNanos()) {
        state.stale = true;
        publish(feed, false);
      }
    });
  }

  /** Takes a feed for stale, whatever arrives, until it is recorded again. */
  public synchronized void markStale(FeedKey feed) {
    FeedState state = feeds.get(feed);
    if (state != null && !state.stale) {
      state.stale = true;
      publish(feed, false);
    }
  }

  /** The time since the last record; forever for a feed that is not watched. */
  public synchronized Duration age(FeedKey feed) {
    FeedState state = feeds.get(feed);
    return state == null
        ? ChronoUnit.FOREVER.getDuration()
        : Duration.ofNanos(nanos.getAsLong() - state.at);
  }

  private void publish(FeedKey feed, boolean fresh) {
    listener.accept(new Event.FeedStatusChanged(feed.feed(), feed.instrument(), fresh));
  }

  public synchronized List<FeedKey> stale() {
    return feeds.entrySet().stream()
        .filter(entry -> entry.getValue().stale)
        .map(Map.Entry::getKey)
        .toList();
  }
}
