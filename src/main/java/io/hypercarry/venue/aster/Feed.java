package io.hypercarry.venue.aster;

import io.hypercarry.core.event.Fact;
import io.hypercarry.core.event.Fact.FeedChanged;
import io.hypercarry.core.model.InstrumentId;
import java.time.Duration;
import java.util.Optional;

/** Whether a feed has been heard lately, told when that changes. Its time is the wall's. */
final class Feed {
  private final FeedChanged.Feed name;
  private final Optional<InstrumentId> instrument;
  private final Duration age;
  private final Inbox inbox;
  private long heardNanos = System.nanoTime();
  private boolean stale;

  Feed(FeedChanged.Feed name, Optional<InstrumentId> instrument, Duration age, Inbox inbox) {
    this.name = name;
    this.instrument = instrument;
    this.age = age;
    this.inbox = inbox;
  }

  void heard() {
    heardNanos = System.nanoTime();
    if (stale) {
      stale = false;
      inbox.add(new Fact.FeedChanged(name, instrument, true));
    }
  }

  boolean isSilentFor(Duration span) {
    return System.nanoTime() - heardNanos > span.toNanos();
  }

  void check() {
    if (!stale && isSilentFor(age)) {
      stale = true;
      inbox.add(new Fact.FeedChanged(name, instrument, false));
    }
  }
}
