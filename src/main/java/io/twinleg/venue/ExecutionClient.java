package io.twinleg.venue;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.VenueCapabilities;
import java.util.List;

/**
 * What a venue does for one account. Answers to what is sent arrive as facts, or do not arrive at
 * all.
 */
public interface ExecutionClient {
  VenueCapabilities capabilities();

  FeeSchedule fees();

  /** The account at this instant; the consistent start of a run. */
  AccountState account();

  /**
   * At a start, before the account is asked for: fills and payments that the recalled journal does
   * not hold, oldest first, so that what is booked and what is held make one consistent cut
   * (specification 2.7).
   */
  default List<Event> backfill() {
    return List.of();
  }

  /**
   * Adds what only the edge knows (nonce, expiry). Does no I/O: the result is journalled before
   * {@link #send}.
   */
  PreparedCommand prepare(Command command);

  /**
   * What one event caused, together: a venue that carries several orders in one message gives them
   * one nonce.
   */
  default List<PreparedCommand> prepare(List<Command> commands) {
    return commands.stream().map(this::prepare).toList();
  }

  /**
   * In order. Commands of one list may travel in one message where the venue can do that. Never
   * throws for a venue's answer.
   */
  void send(List<PreparedCommand> commands);

  /**
   * A restart reads the journal to the venue, event by event, before the run goes on: a live venue
   * learns its last nonce from it, our own exchange lives the same history again.
   *
   * @param commands what this event caused to be sent
   * @throws VenueException when the history cannot have happened here
   */
  void replay(SequencedEvent event, List<PreparedCommand> commands);
}
