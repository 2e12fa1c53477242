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

/** Uses a venue as the runner does: starts, sends, records what comes, and starts again. */
final class ContractFixture implements AutoCloseable {
  private static final Usd CLIP = Usd.of("100");

  /** Of the venue's time; an event that does not come by then fails the test. */
  private static final Duration BOUND = Duration.ofMinutes(3);

  private record Line(SequencedEvent event, List<PreparedCommand> commands) {}

  private final VenueHarness harness;
  private final List<Line> journal = new ArrayList<>();
  private Venue venue;
  private DataClient.Pair pair;
  private int read;

  ContractFixture(VenueHarness harness) {
    this.harness = harness;
    venue = harness.open();
    pair = start();
  }

  private DataClient.Pair start() {
    record(new Event.RunStarted("contract", VenueContract.BOOK, "", "{}", false));
    DataClient.Pair found = venue.marketData().resolve(harness.symbols());
    record(
        new Event.InstrumentsResolved(harness.symbols().market(), 0, found.spot(), found.perp()));
    record(new Event.FeesReported(venue.trading().fees()));
    venue.trading().backfill().forEach(this::record);
    record(new Event.AccountReported(venue.trading().account()));
    venue.marketData().subscribe(found.spot(), CLIP);
    venue.marketData().subscribe(found.perp(), CLIP);
    return found;
  }

  /** Closes the venue, does this work, and starts again on the journal. */
  void restartAfter(Runnable work) {
    venue.close();
    work.run();
    read = journal.size();
    List<Line> before = List.copyOf(journal);
    venue = harness.open();
    before.forEach(line -> venue.trading().replay(line.event(), line.commands()));
    pair = start();
  }

  Venue venue() {
    return venue;
  }

  Instrument instrument(Leg leg) {
    return leg == Leg.SPOT ? pair.spot() : pair.perp();
  }

  // ---- what is sent

  /** Sends a command as a runner does: on an event, and in the journal first. */
  void send(Command command) {
    PreparedCommand prepared = venue.trading().prepare(command);
    record(new Event.TimerFired(), List.of(prepared));
    venue.trading().send(List.of(prepared));
  }

  /** Journals a command without sending it, as a crash between the two leaves it. */
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

  /** Only what comes from here on is awaited by the next call. */
  void discardReceived() {
    receiveFor(Duration.ofSeconds(1));
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
      receive(now.plusMillis(500));
    }
  }

  private <F extends Event> Optional<F> find(Class<F> kind, Predicate<F> wanted) {
    return since(kind).stream().filter(wanted).findFirst();
  }

  private boolean receive(Instant until) {
    Optional<EventSource.Received> arrival = venue.events().await(until);
    arrival.ifPresent(each ->
        journal.add(
            new Line(
                new SequencedEvent(
                    journal.size() + 1, each.venueTime(), each.receivedTime(), each.event()),
                List.of())));
    return arrival.isPresent();
  }

  /** Receives for this span of the venue's time. */
  void receiveFor(Duration span) {
    Instant until = venue.events().clock().instant().plus(span);
    while (venue.events().clock().instant().isBefore(until) || receive(until)) {
      receive(until);
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

  /** All events but market data and account reports, for a failure's message. */
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
