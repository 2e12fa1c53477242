package io.twinleg.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.simulator.FixtureF0;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** L15: what a feed that is silent shows, whatever line it comes by. */
class SilentBookTest {
  private final MarketDataCache markets = new MarketDataCache(1);
  private Instant now = FixtureF0.T0;

  private PairMarketData apply(Event event) {
    now = now.plusMillis(100);
    markets.apply(new SequencedEvent(1, now, now, event));
    return markets.market(FixtureF0.HYPE).orElseThrow();
  }

  private PairMarketData quoting() {
    apply(new Event.InstrumentsResolved(FixtureF0.HYPE, 0, FixtureF0.SPOT, FixtureF0.PERP));
    apply(new Event.MarkPriceUpdated(FixtureF0.PERP.id(), Price.of("40.5"), Price.of("40.5")));
    return spot("40.000", "40.010");
  }

  private PairMarketData spot(String bid, String ask) {
    return apply(new Event.BookUpdated(FixtureF0.SPOT.id(), FixtureF0.book(bid, ask)));
  }

  private PairMarketData feed(boolean fresh) {
    return apply(new Event.FeedStatusChanged(Feed.BOOK, Optional.of(FixtureF0.SPOT.id()), fresh));
  }

  @Test
  @DisplayName("L15: a book asked for while its feed is silent ends no silence")
  void aFallbackBookDoesNotEndTheSilence() {
    quoting();
    feed(false);
    PairMarketData market = spot("41.000", "41.010");
    assertThat(market.isBookSilent(Leg.SPOT)).isTrue();
    assertThat(market.mid(Leg.SPOT)).isEmpty();
    assertThat(market.staleness()).contains("spot_book");
    assertThat(feed(true).mid(Leg.SPOT)).contains(Price.of("41.005"));
  }

  @Test
  @DisplayName("L15: it prices what reduces; a book from before the silence does not")
  void aFallbackBookPricesReductions() {
    quoting();
    assertThat(feed(false).reference(Leg.SPOT)).contains(Price.of("40.5"));
    assertThat(spot("41.000", "41.010").reference(Leg.SPOT)).contains(Price.of("41.005"));
    assertThat(feed(false).reference(Leg.SPOT)).contains(Price.of("40.5"));
  }

  @Test
  @DisplayName("F: a new process judges its feeds anew")
  void aRestartForgetsTheSilence() {
    quoting();
    feed(false);
    apply(new Event.RunStarted("again", new OrderIdTag("00000001"), "", "", false));
    assertThat(spot("41.000", "41.010").mid(Leg.SPOT)).contains(Price.of("41.005"));
  }

  @Test
  @DisplayName("N: during an outage the last value stays, with its time")
  void theLastValueStays() {
    PairMarketData before = quoting();
    Instant seen = now;
    PairMarketData market = feed(false);
    assertThat(market).isSameAs(before);
    assertThat(market.spotValue()).isEmpty();
    assertThat(market.lastValue(Leg.SPOT).orElseThrow())
        .isEqualTo(new PairMarketData.Valued(Price.of("40.095"), seen));
  }
}
