package io.twinleg.venue.simulated;

import static io.twinleg.core.model.Side.BUY;
import static io.twinleg.core.model.Side.SELL;
import static io.twinleg.core.model.TimeInForce.IOC;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.WorldGateway;
import io.twinleg.venue.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A month of a simple market, as a dry run or a backtest runs through it. */
class LongRunTest {
  private static final int MOVES = 200_000;
  private static final Duration MONTH = Duration.ofHours(720);

  @Test
  void runsThroughAMonthOfSteadyMoves() {
    Instant end = FixtureF0.T0.plus(MONTH);
    SimulatedVenue venue =
        SimulatedVenue.open(
            FixtureF0.exchange(new Sway()), FixtureF0.ACCOUNT, SimulatedVenueSettings.STANDARD);
    SimulatedVenueFixture fixture = new SimulatedVenueFixture(venue);
    fixture.send(
        fixture.order(SPOT, BUY, "40.1", "4.99", IOC),
        fixture.order(PERP, SELL, "39.9", "4.99", IOC));

    long facts = 0;
    Optional<EventSource.Received> next = venue.events().await(end);
    while (next.isPresent()) {
      facts++;
      next = venue.events().await(end);
    }

    assertThat(venue.trading().account().positions()).hasSize(1);
    assertThat(facts).isGreaterThan(2 * MOVES);
  }

  /** Both books and the oracle go up and down together, a tick at a time. */
  private static final class Sway implements MarketModel {
    private static final Duration STEP = MONTH.dividedBy(MOVES);
    private final List<BookSnapshot> books = new ArrayList<>();
    private int move;
    private Instant next = FixtureF0.T0;

    Sway() {
      for (int i = 10; i < 60; i++) {
        books.add(FixtureF0.book("40.0" + i, "40.0" + (i + 10)));
      }
    }

    @Override
    public List<String> assumptions() {
      return List.of();
    }

    @Override
    public Instant start() {
      return FixtureF0.T0;
    }

    @Override
    public List<FundingHour> historyBeforeStart(InstrumentId perp, int hours) {
      return List.of();
    }

    @Override
    public Optional<Instant> nextMove() {
      return move == MOVES ? Optional.empty() : Optional.of(next);
    }

    @Override
    public void move(WorldGateway gateway) {
      BookSnapshot book = books.get(move % books.size());
      gateway.quote(SPOT, book);
      gateway.quote(PERP, book);
      gateway.oracle(PERP, new Price(4_000_000_000L + move % 97 * 100_000L));
      move++;
      next = next.plus(STEP);
    }

    @Override
    public Settlement settlement(InstrumentId perp, Instant hour) {
      return new Settlement.ByFormula();
    }
  }
}
