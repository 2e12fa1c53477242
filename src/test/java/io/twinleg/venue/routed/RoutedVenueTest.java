package io.twinleg.venue.routed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource.Received;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.LiveVenue;
import io.twinleg.venue.transport.VenueClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two venues as one, of which each may be away when a run begins. */
class RoutedVenueTest {
  private static final Instant START = Instant.parse("2026-01-05T13:00:00Z");
  private static final Duration NO_WAIT = Duration.ofMillis(1);
  private static final VenueId OTHER = new VenueId("other");

  private final List<LogEvent> log = new ArrayList<>();
  private final Fake first = new Fake("first", START, BigDecimal.ONE);
  private final Fake other = new Fake("other", START.plusSeconds(2), BigDecimal.ONE);

  /** A venue without threads; what is sent to it is kept. */
  private static final class Fake implements LiveVenue, BranchOpening, ExecutionClient, DataClient {
    private final String name;
    private final EventInbox inbox;
    private final List<Command> sent = new ArrayList<>();
    private volatile @Nullable RuntimeException failure;
    private volatile boolean closed;

    Fake(String name, Instant start, BigDecimal speed) {
      this.name = name;
      inbox = new EventInbox(VenueClock.from(start, speed, () -> 0));
    }

    Fake failing(@Nullable RuntimeException cause) {
      failure = cause;
      return this;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public LiveVenue open() {
      RuntimeException why = failure;
      if (why != null) {
        throw why;
      }
      return this;
    }

    @Override
    public List<Event> answers(Venue opened) {
      inbox.publish(new Event.BudgetReported(3, 4));
      return List.of(new Event.BudgetReported(1, 2), new Event.StartupCompleted());
    }

    @Override
    public EventInbox events() {
      return inbox;
    }

    @Override
    public DataClient marketData() {
      return this;
    }

    @Override
    public ExecutionClient trading() {
      return this;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public VenueCapabilities capabilities() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FeeSchedule fees() {
      throw new UnsupportedOperationException();
    }

    @Override
    public AccountState account() {
      throw new UnsupportedOperationException();
    }

    @Override
    public PreparedCommand prepare(Command command) {
      return new PreparedCommand(command, "{\"at\":\"" + name + "\"}");
    }

    @Override
    public void send(List<PreparedCommand> commands) {
      commands.forEach(each -> sent.add(each.command()));
    }

    @Override
    public void replay(SequencedEvent event, List<PreparedCommand> commands) {}

    @Override
    public Pair resolve(MarketSymbols symbols) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<FundingHour> fundingHistory(Instrument perp, int hours) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void subscribe(Instrument instrument, Usd clip) {}
  }

  private RoutedVenue open() {
    Map<VenueId, BranchOpening> openings = new TreeMap<>();
    openings.put(VenueId.FIRST, first);
    openings.put(OTHER, other);
    return RoutedVenue.open(openings, NO_WAIT, log::add);
  }

  private static VenueException unanswered(String cause) {
    return new VenueException(cause, true);
  }

  private static Received next(RoutedVenue venue) {
    Optional<Received> next = Optional.empty();
    while (next.isEmpty()) {
      next = venue.events().await(Instant.MAX);
    }
    return next.get();
  }

  /** Both are open at once on a machine that is not too busy; here however long that takes. */
  private RoutedVenue openBoth() {
    RoutedVenue venue = open();
    while (venue.trading().prepare(new Command.QueryAccount().at(OTHER)).envelope().equals("{}")) {
      venue.close();
      venue = open();
    }
    return venue;
  }

  @Test
  void eventsOfBothCarryTheirVenueAndTimeNeverRunsBack() {
    try (RoutedVenue venue = openBoth()) {
      assertThat(venue.events().clock().instant())
          .as("the other's clock is two seconds ahead, and dates the run")
          .isEqualTo(START.plusSeconds(2));
      other.inbox.publish(new Event.BudgetReported(5, 6));
      first.inbox.publish(new Event.BudgetReported(7, 8));
      List<Received> both = List.of(next(venue), next(venue));
      assertThat(both).extracting(Received::venue).containsExactlyInAnyOrder(VenueId.FIRST, OTHER);
      assertThat(both).allMatch(received -> received.receivedTime().equals(START.plusSeconds(2)));
    }
    assertThat(first.closed && other.closed).isTrue();
  }

  @Test
  void aCommandGoesToItsVenueAlone() {
    try (RoutedVenue venue = openBoth()) {
      PreparedCommand there = venue.trading().prepare(new Command.QueryAccount().at(OTHER));
      assertThat(there.envelope()).isEqualTo("{\"at\":\"other\"}");
      venue.trading().send(List.of(there));
      assertThat(other.sent).containsExactly(new Command.QueryAccount());
      assertThat(first.sent).isEmpty();
    }
  }

  @Test
  void oneThatIsAwayIsLoggedAndComesBackWithItsAnswersFirst() {
    other.failing(unanswered("no route"));
    try (RoutedVenue venue = open()) {
      venue.trading().startWithout(OTHER, unanswered("no route"));
      assertThat(log).extracting(LogEvent::event).containsExactly("venue_away");
      assertThat(log.getFirst().fields())
          .containsEntry("venue", "other")
          .containsEntry("cause", "no route");
      venue.trading().send(List.of(PreparedCommand.bare(new Command.QueryAccount().at(OTHER))));
      assertThat(other.sent).as("dropped").isEmpty();
      assertThatThrownBy(() -> venue.trading().at(OTHER).fees()).hasMessage("no route");
      other.failing(null);
      assertThat(List.of(next(venue), next(venue), next(venue)))
          .extracting(Received::event)
          .containsExactly(
              new Event.BudgetReported(1, 2),
              new Event.StartupCompleted(),
              new Event.BudgetReported(3, 4));
      assertThat(log).extracting(LogEvent::event).containsExactly("venue_away", "venue_back");
    }
  }

  @Test
  void anotherCauseIsLoggedAgain() {
    other.failing(unanswered("no route"));
    try (RoutedVenue venue = open()) {
      venue.trading().startWithout(OTHER, unanswered("no route"));
      other.failing(unanswered("a page"));
      while (log.size() < 2) {
        assertThat(venue.events().await(Instant.MAX)).isEmpty();
      }
      assertThat(log.getLast().fields()).containsEntry("cause", "a page");
    }
  }

  @Test
  void withoutAnyThereIsNoRun() {
    first.failing(unanswered("no network"));
    other.failing(unanswered("no route"));
    assertThatThrownBy(this::open).hasMessage("no network");
    first.failing(null);
    try (RoutedVenue venue = open()) {
      VenueException lost = unanswered("lost");
      venue.trading().startWithout(OTHER, lost);
      assertThatThrownBy(() -> venue.trading().startWithout(VenueId.FIRST, lost)).isSameAs(lost);
    }
  }

  @Test
  void whatAPersonHasToMendEndsTheStart() {
    first.failing(new VenueException("the key is another account's", false));
    other.failing(unanswered("no route"));
    assertThatThrownBy(this::open).hasMessage("the key is another account's");
  }

  @Test
  void twoSpeedsAreRefused() {
    Fake fast = new Fake("fast", START, BigDecimal.TEN);
    Map<VenueId, BranchOpening> openings = new TreeMap<>();
    openings.put(VenueId.FIRST, first);
    openings.put(OTHER, fast);
    assertThatThrownBy(() -> RoutedVenue.open(openings, Duration.ofMinutes(5), log::add).close())
        .hasMessage(
            "one venue's clock runs at 1 times real time and another's at 10: start both exchanges"
                + " with one --speed");
    assertThat(fast.closed && first.closed).isTrue();
  }
}
