package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.VenueException;
import java.util.Optional;

/**
 * Lives a journal's history again, event by event, in an exchange that starts from its beginning.
 * An event that came from this venue must come from it again, at the same time and with the same
 * words; the runner's own events only let time pass. Where the exchange has lived on without the
 * runner there is nothing to live again.
 */
final class HistoryReplay {
  private final SimulatedEventSource outbox;
  private final boolean livesAgain;

  /**
   * Between RunStarted and StartupCompleted the facts are answers that the runner asked for itself.
   */
  private boolean starting;

  HistoryReplay(SimulatedEventSource outbox, boolean livesAgain) {
    this.outbox = outbox;
    this.livesAgain = livesAgain;
  }

  boolean livesAgain() {
    return livesAgain;
  }

  /** Returns whether what was sent then is to be sent again. */
  boolean relive(SequencedEvent event) {
    if (!livesAgain) {
      return false;
    }
    if (cameFromHere(event.fact())) {
      expect(new EventSource.Received(event.venueTime(), event.receivedTime(), event.fact()));
    } else {
      letPass(event);
    }
    return true;
  }

  private boolean cameFromHere(Event fact) {
    return switch (fact) {
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

  private void expect(EventSource.Received told) {
    Optional<EventSource.Received> lived = outbox.await(told.receivedTime());
    if (lived.filter(told::equals).isEmpty()) {
      throw another(told.toString(), lived);
    }
  }

  /** A fact that waits since before the event would have reached the runner first. */
  private void letPass(SequencedEvent event) {
    outbox.advance(event.receivedTime());
    Optional<EventSource.Received> before =
        outbox
            .nextBy(event.receivedTime())
            .filter(arrival -> arrival.receivedTime().isBefore(event.receivedTime()));
    if (before.isPresent()) {
      throw another(event.toString(), before);
    }
  }

  private static VenueException another(String told, Optional<EventSource.Received> lived) {
    return new VenueException(
        "the journal tells another history than this world: it has %s, this world %s"
            .formatted(told, lived.map(EventSource.Received::toString).orElse("nothing")),
        false);
  }
}
