package io.twinleg.venue;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.VenueCapabilities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Trading for one account at each of several venues. A command goes to the venue that it names, and
 * to no other; what is asked of an account at a start is asked {@link #at} its venue.
 */
public class RoutedExecution implements ExecutionClient {
  private final Map<VenueId, ExecutionClient> clients;

  public RoutedExecution(Map<VenueId, ? extends ExecutionClient> clients) {
    this.clients = new TreeMap<>(clients);
  }

  @Override
  public Set<VenueId> venues() {
    return clients.keySet();
  }

  @Override
  public ExecutionClient at(VenueId venue) {
    return Objects.requireNonNull(clients.get(venue), () -> "no account is at " + venue);
  }

  @Override
  public VenueCapabilities capabilities() {
    return at(VenueId.FIRST).capabilities();
  }

  @Override
  public FeeSchedule fees() {
    return at(VenueId.FIRST).fees();
  }

  @Override
  public AccountState account() {
    return at(VenueId.FIRST).account();
  }

  @Override
  public List<Event> backfill() {
    return at(VenueId.FIRST).backfill();
  }

  @Override
  public PreparedCommand prepare(Command command) {
    PreparedCommand there = at(command.venue()).prepare(command.inner());
    return new PreparedCommand(command, there.envelope());
  }

  /** Those of one venue together, as it may carry them in one message; in the order of the list. */
  @Override
  public List<PreparedCommand> prepare(List<Command> commands) {
    Map<VenueId, List<Integer>> places = new LinkedHashMap<>();
    List<PreparedCommand> prepared = new ArrayList<>();
    for (Command command : commands) {
      places.computeIfAbsent(command.venue(), id -> new ArrayList<>()).add(prepared.size());
      prepared.add(PreparedCommand.bare(command));
    }
    places.forEach((venue, indices) -> {
      List<PreparedCommand> there =
          at(venue).prepare(indices.stream().map(i -> commands.get(i).inner()).toList());
      for (int i = 0; i < there.size(); i++) {
        int place = indices.get(i);
        prepared.set(place, new PreparedCommand(commands.get(place), there.get(i).envelope()));
      }
    });
    return prepared;
  }

  /** A venue that takes nothing now keeps nothing from the others. */
  @Override
  public void send(List<PreparedCommand> commands) {
    VenueException failed = null;
    for (VenueId venue : venues()) {
      List<PreparedCommand> there = of(venue, commands);
      if (!there.isEmpty()) {
        try {
          at(venue).send(there);
        } catch (VenueException failure) {
          if (failed == null) {
            failed = failure;
          } else {
            failed.addSuppressed(failure);
          }
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private static List<PreparedCommand> of(VenueId venue, List<PreparedCommand> commands) {
    return commands.stream()
        .filter(each -> each.command().venue().equals(venue))
        .map(each -> new PreparedCommand(each.command().inner(), each.envelope()))
        .toList();
  }

  /**
   * A venue is given its own events and the run's. What one venue's event caused at another comes
   * to that one without the event.
   */
  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    clients.forEach((venue, client) -> replay(venue, client, event, commands));
  }

  /** The same for one of them. */
  public static void replay(
      VenueId venue, ExecutionClient client, SequencedEvent event, List<PreparedCommand> commands) {
    List<PreparedCommand> there = of(venue, commands);
    if (venue.equals(event.venue()) || event.fact() instanceof Event.RunStarted) {
      client.replay(event, there);
    } else if (!there.isEmpty()) {
      client.replay(
          new SequencedEvent(
              event.sequence(),
              event.receivedTime(),
              event.receivedTime(),
              new Event.TimerFired(),
              venue),
          there);
    }
  }
}
