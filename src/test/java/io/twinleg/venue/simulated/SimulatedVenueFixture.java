package io.twinleg.venue.simulated;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.NetworkModel.FaultModel;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.PreparedCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stands where the runner stands: sends by hand, writes down what arrives. */
final class SimulatedVenueFixture {
  static final Usd CLIP = Usd.of("200");
  private static final OrderIdTag BOOK = new OrderIdTag("00000007");

  /** What a journal keeps of one event. */
  record Line(SequencedEvent event, List<PreparedCommand> commands) {}

  final SimulatedVenue venue;
  final List<Line> journal = new ArrayList<>();
  private int orders;

  SimulatedVenueFixture(ScriptedWorld world) {
    this(world, FaultModel.NONE);
  }

  SimulatedVenueFixture(ScriptedWorld world, FaultModel faults) {
    this(
        SimulatedVenue.open(
            FixtureF0.exchange(world, faults), FixtureF0.ACCOUNT, SimulatedVenueSettings.STANDARD));
  }

  SimulatedVenueFixture(SimulatedVenue venue) {
    this.venue = venue;
    venue.marketData().subscribe(FixtureF0.SPOT, CLIP);
    venue.marketData().subscribe(FixtureF0.PERP, CLIP);
  }

  Instant now() {
    return venue.events().clock().instant();
  }

  /** All events that arrive within this time. */
  List<Event> events(Duration within) {
    return arrivals(within).stream().map(EventSource.Received::event).toList();
  }

  List<EventSource.Received> arrivals(Duration within) {
    Instant until = now().plus(within);
    List<EventSource.Received> arrivals = new ArrayList<>();
    Optional<EventSource.Received> next = venue.events().await(until);
    while (next.isPresent()) {
      arrivals.add(next.get());
      next = venue.events().await(until);
    }
    return arrivals;
  }

  /** The events of this kind within this time. */
  <F extends Event> List<F> events(Duration within, Class<F> kind) {
    return events(within).stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** "+milliseconds Kind" of each arrival about orders within this time. */
  List<String> orderTimes(Duration within) {
    Instant start = now();
    return arrivals(within).stream()
        .filter(arrival -> isAboutOrders(arrival.event()))
        .map(arrival ->
            "+%d %s"
                .formatted(
                    Duration.between(start, arrival.receivedTime()).toMillis(),
                    arrival.event().getClass().getSimpleName()))
        .toList();
  }

  private static boolean isAboutOrders(Event fact) {
    return !(fact instanceof Event.BookUpdated
        || fact instanceof Event.MarkPriceUpdated
        || fact instanceof Event.FundingRateUpdated
        || fact instanceof Event.FundingRateSettled);
  }

  ClientOrderId name(int order) {
    return ClientOrderId.of(BOOK, 0, Leg.SPOT, OrderPurpose.ENTRY, 1, order);
  }

  PlaceOrder order(
      Instrument instrument, Side side, String price, String quantity, TimeInForce timeInForce) {
    return new PlaceOrder(
        name(orders++ & 0xff),
        instrument.id(),
        side,
        Price.of(price),
        Quantity.of(quantity),
        timeInForce,
        false,
        OrderPurpose.ENTRY);
  }

  void send(Command... commands) {
    venue.trading().send(prepare(commands));
  }

  List<PreparedCommand> prepare(Command... commands) {
    return List.of(commands).stream().map(venue.trading()::prepare).toList();
  }

  /** Writes an event of the runner's own down, and what it caused to be sent. */
  void own(Event fact, Command... commands) {
    record(new EventSource.Received(now(), now(), fact), commands);
  }

  void record(EventSource.Received arrival, Command... commands) {
    List<PreparedCommand> prepared = prepare(commands);
    SequencedEvent event =
        new SequencedEvent(
            journal.size(), arrival.venueTime(), arrival.receivedTime(), arrival.event());
    journal.add(new Line(event, prepared));
    venue.trading().send(prepared);
  }
}
