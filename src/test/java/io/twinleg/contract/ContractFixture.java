package io.twinleg.contract;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Stands where the runner stands: starts, sends, writes down what comes, and comes back. */
final class ContractFixture implements AutoCloseable {
  private static final Usd CLIP = Usd.of("100");

  /** Of the venue's time. What is to come is there long before; what never comes fails. */
  private static final Duration BOUND = Duration.ofMinutes(3);

  private record Line(SequencedEvent event, List<PreparedCommand> commands) {}

  private final VenueHarness place;
  private final List<Line> journal = new ArrayList<>();
  private Venue venue;
  private DataClient.Pair pair;
  private int read;

  ContractFixture(VenueHarness place) {
    this.place = place;
    venue = place.open();
    pair = begin();
  }

  private DataClient.Pair begin() {
    record(new Event.RunStarted("contract", VenueContract.BOOK, "", "{}", false));
    DataClient.Pair found = venue.marketData().resolve(place.names());
    record(new Event.InstrumentsResolved(place.names().market(), 0, found.spot(), found.perp()));
    record(new Event.FeesReported(venue.trading().fees()));
    venue.trading().backfill().forEach(this::record);
    record(new Event.AccountReported(venue.trading().account()));
    venue.marketData().subscribe(found.spot(), CLIP);
    venue.marketData().subscribe(found.perp(), CLIP);
    return found;
  }

  /** The program ends, something happens, and it comes back on its journal. */
  void beAwayDuring(Runnable work) {
    venue.close();
    work.run();
    read = journal.size();
    List<Line> before = List.copyOf(journal);
    venue = place.open();
    before.forEach(line -> venue.trading().replay(line.event(), line.commands()));
    pair = begin();
  }

  Venue venue() {
    return venue;
  }

  Instrument instrument(Leg leg) {
    return leg == Leg.SPOT ? pair.spot() : pair.perp();
  }

  // ---- what is sent

  /** A runner sends on an event, and what it sends is in the journal before it goes. */
  void send(Command command) {
    PreparedCommand prepared = venue.trading().prepare(command);
    record(new Event.TimerFired(), List.of(prepared));
    venue.trading().send(List.of(prepared));
  }

  /** It is in the journal, and the program dies before it goes. */
  void write(Command command) {
    record(new Event.TimerFired(), List.of(venue.trading().prepare(command)));
  }

  private void record(Event fact) {
    record(fact, List.of());
  }

  private void record(Event fact, List<PreparedCommand> commands) {
    Instant now = venue.events().clock().instant();
    journal.add(new Line(new SequencedEvent(journal.size() + 1, now, now, fact), commands));
  }

  // ---- what comes

  /** Only what comes from here on is waited for, by whoever waits next. */
  void forget() {
    listen(Duration.ofSeconds(1));
    read = journal.size();
  }

  <F extends Event> F await(Class<F> kind, Predicate<F> wanted) {
    Instant bound = venue.events().clock().instant().plus(BOUND);
    for (Optional<F> found = find(kind, wanted); ; found = find(kind, wanted)) {
      if (found.isPresent()) {
        return found.get();
      }
      Instant now = venue.events().clock().instant();
      if (now.isAfter(bound)) {
        throw new AssertionError("no such " + kind.getSimpleName() + " in " + orders());
      }
      hear(now.plusMillis(500));
    }
  }

  private <F extends Event> Optional<F> find(Class<F> kind, Predicate<F> wanted) {
    return since(kind).stream().filter(wanted).findFirst();
  }

  private boolean hear(Instant until) {
    Optional<EventSource.Received> arrival = venue.events().await(until);
    arrival.ifPresent(each ->
        journal.add(
            new Line(
                new SequencedEvent(
                    journal.size() + 1, each.venueTime(), each.receivedTime(), each.event()),
                List.of())));
    return arrival.isPresent();
  }

  /** Hears out this span of the venue's time. */
  void listen(Duration span) {
    Instant until = venue.events().clock().instant().plus(span);
    while (venue.events().clock().instant().isBefore(until) || hear(until)) {
      hear(until);
    }
  }

  /** What came since it was last forgotten, or since the start. */
  <F extends Event> List<F> since(Class<F> kind) {
    return facts(journal.subList(read, journal.size()), kind);
  }

  <F extends Event> List<F> ever(Class<F> kind) {
    return facts(journal, kind);
  }

  private static <F extends Event> List<F> facts(List<Line> lines, Class<F> kind) {
    return lines.stream()
        .map(line -> line.event().fact())
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** For whoever has to read why it failed. */
  List<String> orders() {
    return journal.stream()
        .map(line -> line.event().fact())
        .filter(fact ->
            !(fact instanceof Event.BookUpdated)
                && !(fact instanceof Event.MarkPriceUpdated)
                && !(fact instanceof Event.FundingRateUpdated)
                && !(fact instanceof Event.AccountReported))
        .map(Object::toString)
        .toList();
  }

  @Override
  public void close() {
    venue.close();
  }
}
