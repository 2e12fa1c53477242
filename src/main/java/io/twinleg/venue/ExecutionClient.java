package io.twinleg.venue;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.VenueCapabilities;
import java.util.List;
import java.util.Set;

/** Trading for one account at one venue. Responses to what is sent arrive as events, or never. */
public interface ExecutionClient {
  /** The venues that there is an account at; one, unless it is {@link RoutedExecution}. */
  default Set<VenueId> venues() {
    return Set.of(VenueId.FIRST);
  }

  /** Trading at one of them. */
  default ExecutionClient at(VenueId venue) {
    return this;
  }

  /**
   * The run begins without a venue that cannot be asked, where it has others: what it says begins
   * when it has answered all that a start asks.
   *
   * @throws VenueException the cause, where there is no other
   */
  default void startWithout(VenueId venue, VenueException cause) {
    throw cause;
  }

  VenueCapabilities capabilities();

  FeeSchedule fees();

  /** The account at this instant: the consistent start of a run. */
  AccountState account();

  /**
   * At a start, before {@link #account}: fills and funding payments that the replayed journal does
   * not contain, oldest first, so that what is booked and what is held agree (specification 2.7).
   */
  default List<Event> backfill() {
    return List.of();
  }

  /** Adds nonce and expiry. Does no I/O: the result is journalled before {@link #send}. */
  PreparedCommand prepare(Command command);

  /**
   * The commands of one event together: where a venue carries several orders in one message, they
   * share a nonce.
   */
  default List<PreparedCommand> prepare(List<Command> commands) {
    return commands.stream().map(this::prepare).toList();
  }

  /**
   * Sends in order. Commands of one list may travel in one message. Never throws for a venue's
   * response.
   */
  void send(List<PreparedCommand> commands);

  /**
   * Takes one journalled event at a restart, before the run continues: a live venue restores its
   * last nonce and its order cache, the simulated exchange repeats its history.
   *
   * @param commands the commands that this event caused and that were sent
   * @throws VenueException when the history cannot have happened at this venue
   */
  void replay(SequencedEvent event, List<PreparedCommand> commands);
}
