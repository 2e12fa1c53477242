package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.VenueException;
import java.time.Instant;
import java.util.Optional;

/**
 * Replays a journal's history, event by event, in an exchange that starts from its beginning. An
 * event that came from this venue must come from it again, at the same time and with the same
 * values; the runner's own events only let time pass. Disabled where the exchange went on without
 * the runner.
 */
final class HistoryReplay {
  private final transient SimulatedEventSource events;
  private final boolean enabled;

  /** Between RunStarted and StartupCompleted the events are answers to the runner's queries. */
  private boolean starting;

  HistoryReplay(SimulatedEventSource events, boolean enabled) {
    this.events = events;
    this.enabled = enabled;
  }

  boolean isEnabled() {
    return enabled;
  }

  /** Returns whether what was sent then is to be sent again. */
  boolean replay(SequencedEvent event) {
    if (!enabled) {
      return false;
    }
    if (isFromVenue(event.fact())) {
      expect(
          new EventSource.Received(
              event.venueTime(), event.receivedTime(), event.fact(), event.venue()));
    } else {
      advanceTo(event);
    }
    return true;
  }

  private boolean isFromVenue(Event event) {
    return switch (event) {
      case Event.RunStarted started -> {
        starting = true;
        yield false;
      }
      case Event.StartupCompleted completed -> {
        starting = false;
        yield false;
      }
      case Event.TimerFired fired -> false;
      case Event.OperatorCommand commanded -> false;
      default -> !starting;
    };
  }

  private void expect(EventSource.Received journalled) {
    Optional<EventSource.Received> replayed = events.await(journalled.receivedTime());
    if (replayed.filter(journalled::equals).isEmpty()) {
      throw mismatch(journalled.receivedTime(), journalled.event(), replayed);
    }
  }

  /** An event that arrived earlier would have reached the runner first. */
  private void advanceTo(SequencedEvent event) {
    events.advance(event.receivedTime());
    Optional<EventSource.Received> before =
        events
            .nextBy(event.receivedTime())
            .filter(arrival -> arrival.receivedTime().isBefore(event.receivedTime()));
    if (before.isPresent()) {
      throw mismatch(event.receivedTime(), event.fact(), before);
    }
  }

  private static VenueException mismatch(
      Instant at, Event journalled, Optional<EventSource.Received> replayed) {
    String found = kind(journalled);
    String here = replayed.map(arrival -> kind(arrival.event())).orElse("nothing");
    return new VenueException(
        "the simulated exchange of this version is not the one that wrote this journal: at %s the journal has %s, and this one %s; use the version that wrote it, or another --state-db"
            .formatted(at, found, here.equals(found) ? "another" : here),
        false);
  }

  private static String kind(Event event) {
    return event.getClass().getSimpleName();
  }
}
