package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.venue.transport.VenueClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Whether the account is known as it is now. It is while the connection is up, the stream says
 * something about the account or an answer confirms that there is nothing to say, and nothing that
 * was said is waiting to be read. Otherwise the account's feed is stale, and entries stop. May be
 * used from any thread.
 */
final class AccountHealth {
  /** Why the account is not known as it is now. */
  enum Trouble {
    UNREAD_ROWS,
    UNREAD_STATE,
    SILENT_STREAM,
    OTHER_MODE
  }

  private static final StalenessMonitor.FeedKey FEED =
      new StalenessMonitor.FeedKey(Feed.ACCOUNT, Optional.empty());

  /** Without any frame, a pong included. */
  private static final Duration CONNECTION = Duration.ofSeconds(5);

  /** Without a word about the account, and without an answer that there is none. */
  private static final Duration WORD = Duration.ofSeconds(22);

  private final LongSupplier nanos;
  private final StalenessMonitor watch;
  private final Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
  private long lastWord;

  AccountHealth(LongSupplier nanos, VenueClock clock, Consumer<Event> listener) {
    this.nanos = nanos;
    watch = new StalenessMonitor(nanos, clock, listener);
    lastWord = nanos.getAsLong();
  }

  void start() {
    watch.watch(FEED, CONNECTION);
  }

  /** A frame of the stream arrived; {@code isWord} where it is about the account. */
  synchronized void received(boolean isWord) {
    if (isWord) {
      lastWord = nanos.getAsLong();
    }
    if (troubles.isEmpty() && silence().compareTo(WORD) < 0) {
      watch.record(FEED);
    }
  }

  /** An answer shows that there was nothing to say. */
  synchronized void confirmSilence() {
    lastWord = nanos.getAsLong();
  }

  /** Since the last word about the account. */
  synchronized Duration silence() {
    return Duration.ofNanos(nanos.getAsLong() - lastWord);
  }

  /**
   * Something must be requested again, or is not as it should be: the account counts as unknown.
   */
  synchronized void trouble(Trouble what) {
    troubles.add(what);
    watch.markStale(FEED);
  }

  /** This was read, or is as it should be again. */
  synchronized void cleared(Trouble what) {
    if (troubles.remove(what) && troubles.isEmpty()) {
      received(false);
    }
  }

  void check() {
    watch.check();
  }
}
