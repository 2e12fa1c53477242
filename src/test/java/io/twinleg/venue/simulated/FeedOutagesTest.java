package io.twinleg.venue.simulated;

import static io.twinleg.core.event.Event.FeedStatusChanged.Feed.ACCOUNT;
import static io.twinleg.core.event.Event.FeedStatusChanged.Feed.BOOK;
import static io.twinleg.core.event.Event.FeedStatusChanged.Feed.FUNDING;
import static io.twinleg.core.model.Side.SELL;
import static io.twinleg.core.model.TimeInForce.IOC;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Rate;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.venue.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedOutagesTest {
  private final ScriptedWorld world = FixtureF0.world();
  private final SimulatedVenueFixture fixture = new SimulatedVenueFixture(world);

  @BeforeEach
  void receiveTheFirstReports() {
    fixture.events(Duration.ZERO);
  }

  @Test
  void aBookThatIsCutIsStaleAfterThreeSecondsAndShownWhenItIsBack() {
    world.at(
        Duration.ofSeconds(2), gateway -> gateway.quote(SPOT, FixtureF0.book("39.900", "39.910")));
    cut(1, BOOK, SPOT.id());
    restore(10, BOOK, SPOT.id());

    List<EventSource.Received> arrivals = fixture.arrivals(Duration.ofSeconds(20));

    assertThat(arrivals)
        .containsExactly(
            arrival(4000, 4000, new Event.FeedStatusChanged(BOOK, Optional.of(SPOT.id()), false)),
            arrival(10000, 10100, new Event.FeedStatusChanged(BOOK, Optional.of(SPOT.id()), true)),
            arrival(
                10000,
                10100,
                new Event.BookUpdated(
                    SPOT.id(), FixtureF0.touch("39.9", "10.03", "39.91", "10.03"))));
  }

  @Test
  void aShortOutageIsNotReported() {
    cut(1, BOOK);
    restore(3, BOOK);

    assertThat(fixture.events(Duration.ofSeconds(20))).isEmpty();
  }

  @Test
  void missedFundingRatesAreReportedWhenTheFeedIsBack() {
    world.fundingRate(Duration.ofMinutes(1), Rate.hourly("0.00001"));
    cut(1, FUNDING);
    restore(3600, FUNDING);

    assertThat(fixture.events(Duration.ofMinutes(59))).hasSize(1);
    assertThat(fixture.events(Duration.ofMinutes(2)))
        .extracting(fact -> fact.getClass().getSimpleName())
        .containsExactly(
            "FeedStatusChanged", "FundingRateUpdated", "FundingRateSettled", "AccountReported");
  }

  @Test
  void missedFillsAreReportedWhenTheStreamIsBack() {
    cut(0, ACCOUNT);
    restore(8, ACCOUNT);
    fixture.send(fixture.order(PERP, SELL, "40.02", "5", IOC));

    assertThat(fixture.orderTimes(Duration.ofSeconds(10)))
        .containsExactly(
            "+1500 OrderUnknown",
            "+5000 FeedStatusChanged",
            "+8100 FeedStatusChanged",
            "+8120 OrderFilled",
            "+8120 OrderEnded",
            "+8120 AccountReported");
  }

  @Test
  void aQueryFindsAFillWhileTheStreamIsSilent() {
    cut(0, ACCOUNT);
    fixture.send(fixture.order(PERP, SELL, "40.02", "5", IOC));
    fixture.events(Duration.ofSeconds(2));
    fixture.send(new Command.QueryOrder(fixture.name(0), PERP.id()));

    assertThat(fixture.orderTimes(Duration.ofSeconds(1)))
        .containsExactly("+200 OrderFilled", "+200 OrderEnded");
  }

  private void cut(int second, Feed feed) {
    at(second, () -> fixture.venue.cut(feed));
  }

  private void cut(int second, Feed feed, InstrumentId instrument) {
    at(second, () -> fixture.venue.cut(feed, instrument));
  }

  private void restore(int second, Feed feed) {
    at(second, () -> fixture.venue.restore(feed));
  }

  private void restore(int second, Feed feed, InstrumentId instrument) {
    at(second, () -> fixture.venue.restore(feed, instrument));
  }

  private void at(int second, Runnable action) {
    fixture.venue.exchange().at(FixtureF0.T0.plusSeconds(second), action);
  }

  private static EventSource.Received arrival(int venueMillis, int receivedMillis, Event fact) {
    return new EventSource.Received(
        FixtureF0.T0.plusMillis(venueMillis), FixtureF0.T0.plusMillis(receivedMillis), fact);
  }
}
