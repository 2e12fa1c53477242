package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.simulator.Exchange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which feeds are cut. A feed that is not cut is never stale, however little happens: the venue's
 * pings are not simulated. One that is cut for longer than its age is told as stale, once, and as
 * fresh again when it comes back.
 */
final class FeedOutages {
  private record Line(Feed feed, Optional<InstrumentId> instrument) {}

  private static final class Silence {
    private boolean told;
  }

  private final Exchange exchange;
  private final SimulatedEventSource outbox;
  private final SimulatedVenueSettings settings;
  private final Map<Line, Silence> silences = new LinkedHashMap<>();

  FeedOutages(Exchange exchange, SimulatedEventSource outbox, SimulatedVenueSettings settings) {
    this.exchange = exchange;
    this.outbox = outbox;
    this.settings = settings;
  }

  /** Of one instrument, or of all where none is named. */
  void cut(Feed feed, Optional<InstrumentId> instrument) {
    Line line = new Line(feed, instrument);
    Silence silence = new Silence();
    if (silences.putIfAbsent(line, silence) == null) {
      Instant stale = exchange.now().plus(settings.age(feed));
      exchange.at(stale, () -> tellStale(line, silence));
    }
  }

  private void tellStale(Line line, Silence silence) {
    if (silences.get(line) == silence) {
      silence.told = true;
      Instant now = exchange.now();
      outbox.add(now, now, new Event.FeedStatusChanged(line.feed(), line.instrument(), false));
    }
  }

  /** What the feed missed follows at the end of the turn. */
  void restore(Feed feed, Optional<InstrumentId> instrument) {
    Silence silence = silences.remove(new Line(feed, instrument));
    if (silence != null && silence.told) {
      Instant now = exchange.now();
      Instant received = now.plus(exchange.latency().market());
      outbox.add(now, received, new Event.FeedStatusChanged(feed, instrument, true));
    }
  }

  boolean isCut(Feed feed, InstrumentId instrument) {
    return !silences.isEmpty()
        && (isCut(feed) || silences.containsKey(new Line(feed, Optional.of(instrument))));
  }

  boolean isCut(Feed feed) {
    return !silences.isEmpty() && silences.containsKey(new Line(feed, Optional.empty()));
  }
}
