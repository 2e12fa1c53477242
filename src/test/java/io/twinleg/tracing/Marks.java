package io.twinleg.tracing;

import io.twinleg.core.event.Event;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.NetworkModel.FaultModel;
import io.twinleg.simulator.Request;
import io.twinleg.venue.EventSource;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides by what passes the ports of a run where its paths begin, pause and end. Between the send
 * and the exchange's turn, and between the strike and the payment's arrival, other facts may come:
 * they are not counted.
 */
final class Marks implements FaultModel {
  private final Instant bookMove;
  private Optional<CallPath.Kind> open = Optional.empty();
  private boolean entered;
  private boolean hedged;
  private boolean funded;
  private boolean striking;
  private boolean paid;

  /**
   * @param bookMove the first book update from then on gives the entry order
   */
  Marks(Instant bookMove) {
    this.bookMove = bookMove;
  }

  /** Of a run that is not counted. */
  static Marks none() {
    Marks none = new Marks(Instant.MAX);
    none.entered = true;
    none.hedged = true;
    none.funded = true;
    return none;
  }

  private void begin(CallPath.Kind path) {
    open = Optional.of(path);
    Marker.begin(path.name());
  }

  private void end() {
    Marker.end();
    open = Optional.empty();
  }

  /** The runner asks for its next fact. */
  void awaiting() {
    if (open.filter(path -> path != CallPath.Kind.FUNDING).isPresent()) {
      Marker.resume();
    }
  }

  /** It is given this fact, or nothing but the time. */
  void arrived(Optional<EventSource.Received> arrival) {
    if (open.isPresent()) {
      Marker.pause();
    }
    arrival.ifPresent(this::arrived);
  }

  private void arrived(EventSource.Received arrival) {
    if (open.equals(Optional.of(CallPath.Kind.FUNDING))) {
      if (arrival.event() instanceof Event.FundingReceived) {
        paid = true;
        Marker.resume();
      }
    } else if (!entered
        && arrival.event() instanceof Event.BookUpdated
        && !arrival.venueTime().isBefore(bookMove)) {
      entered = true;
      begin(CallPath.Kind.ORDER);
    } else if (!hedged && arrival.event() instanceof Event.OrderFilled) {
      hedged = true;
      begin(CallPath.Kind.FILL);
    }
  }

  /** What the last fact led to is in the journal, and is logged next. */
  void noted() {
    if (paid) {
      paid = false;
      end();
    }
  }

  /** The commands are on their way. */
  void sent() {
    if (open.isPresent()) {
      Marker.pause();
    }
  }

  /** The exchange asks what an hour settles at. */
  void settles() {
    if (hedged && !funded) {
      funded = true;
      striking = true;
      begin(CallPath.Kind.FUNDING);
    }
  }

  /** The exchange asks what its world does next: what it was doing is done. */
  void settled() {
    if (striking) {
      striking = false;
      Marker.pause();
    }
  }

  /** The exchange has done what it was asked for, and answers. */
  @Override
  public Passage answer(AccountId to, Request request, ExecutionReport answer, Instant executed) {
    if (request instanceof Request.Place) {
      taken();
    }
    return Passage.ON_TIME;
  }

  /** What fills at once has no answer: its fill says that it was taken. */
  @Override
  public Passage stream(AccountId to, ExecutionReport report, Instant executed) {
    if (report instanceof ExecutionReport.Filled) {
      taken();
    }
    return Passage.ON_TIME;
  }

  private void taken() {
    if (open.isPresent() && open.get() != CallPath.Kind.FUNDING) {
      end();
    }
  }
}
