package io.twinleg.venue.hyperliquid.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.event.Event.MarkPriceUpdated;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.scenario.Scenario;
import io.twinleg.venue.DataClient.Pair;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.market.MarketFeeds.FeedAges;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The public half of the live adapter, against a venue whose messages the test decides. */
class PublicClientTest {
  private static final MarketSymbols NAMES =
      new MarketSymbols(
          new MarketId("HYPE"),
          "HYPE/USDC",
          "HYPE",
          Optional.empty(),
          Optional.empty(),
          BigDecimal.ONE);
  private static final InstrumentId SPOT = InstrumentId.spot(NAMES.market());
  private static final InstrumentId PERP = InstrumentId.perp(NAMES.market());
  private static final Usd CLIP = Usd.of("200");
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final FakeVenue venue = new FakeVenue();
  private Optional<PublicClient> opened = Optional.empty();

  @AfterEach
  void close() {
    opened.ifPresent(PublicClient::close);
    venue.close();
  }

  /** Patient enough that nothing is stale but what a test makes so. */
  private PublicClient open() {
    return open(Duration.ofSeconds(60));
  }

  private PublicClient open(Duration bookAge) {
    PublicClient side =
        PublicClient.open(
            venue.url(),
            new FeedAges(bookAge, Duration.ofSeconds(60)),
            new PublicClient.Timing(
                new WebSocketSession.Timing(
                    Duration.ofMillis(50),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(10),
                    Duration.ofMillis(50)),
                Duration.ofMillis(20),
                Duration.ofMillis(1)));
    opened = Optional.of(side);
    return side;
  }

  private Pair follow(PublicClient side) {
    Pair pair = side.marketData().resolve(NAMES);
    side.marketData().subscribe(pair.spot(), CLIP);
    side.marketData().subscribe(pair.perp(), CLIP);
    until(() ->
        venue.subscriptions("activeAssetCtx", "HYPE") == 1
            && venue.subscriptions("l2Book", "@107") == 1);
    return pair;
  }

  private static void until(BooleanSupplier happened) {
    Instant end = Instant.now().plus(BOUND);
    while (!happened.getAsBoolean()) {
      assertThat(Instant.now()).as("it never happened").isBefore(end);
      Thread.onSpinWait();
    }
  }

  /** The next fact of this kind; others are passed over. */
  private <T extends Event> T next(Class<T> kind, Predicate<T> which) {
    Instant end = Instant.now().plus(BOUND);
    while (Instant.now().isBefore(end)) {
      Optional<EventSource.Received> arrival = opened.orElseThrow().inbox().await(Instant.MAX);
      if (arrival.isPresent() && kind.isInstance(arrival.get().event())) {
        T fact = kind.cast(arrival.get().event());
        if (which.test(fact)) {
          return fact;
        }
      }
    }
    throw new AssertionError("no " + kind.getSimpleName() + " came");
  }

  private static boolean isBid(Event.BookUpdated fact, String bid) {
    return fact.book().best(Side.BUY).equals(Optional.of(Price.of(bid)));
  }

  @Test
  void publishesBooksPricesAndRatesAsTheyArePushed() {
    follow(open());
    venue.pushBook("@107", Instant.now(), "40.0", "40.01");
    Event.BookUpdated book = next(Event.BookUpdated.class, it -> true);
    assertThat(book.instrument()).isEqualTo(SPOT);
    assertThat(book.book().bids()).hasSize(1);
    // twice the clip at the best price, in whole lots: not the 500 that are there
    assertThat(book.book().bids().get(0).quantity().toString()).isEqualTo("10");

    venue.pushContext("HYPE", "40.1", "40.2", "0.0000125");
    MarkPriceUpdated prices = next(MarkPriceUpdated.class, it -> true);
    assertThat(prices).isEqualTo(new MarkPriceUpdated(PERP, Price.of("40.1"), Price.of("40.2")));
    assertThat(next(Event.FundingRateUpdated.class, it -> true).rate())
        .isEqualTo(Rate.hourly("0.0000125"));
  }

  @Test
  void dropsBooksThatAreOlderThanTheNewest() {
    follow(open());
    Instant now = Instant.now();
    venue.pushBook("HYPE", now, "40.0", "40.01");
    venue.pushBook("HYPE", now.minusMillis(500), "30.0", "30.01");
    venue.pushBook("HYPE", now, "40.0", "40.01");
    venue.pushBook("HYPE", now.plusMillis(500), "41.0", "41.01");
    List<Event.BookUpdated> published = new java.util.ArrayList<>();
    next(
        Event.BookUpdated.class,
        book -> {
          published.add(book);
          return isBid(book, "41");
        });
    assertThat(published).noneMatch(book -> isBid(book, "30"));
  }

  @Test
  void theBestPricesMoveTheTopOfTheBook() {
    follow(open());
    Instant now = Instant.now();
    venue.pushBook("HYPE", now, "40.0", "40.05");
    next(Event.BookUpdated.class, it -> isBid(it, "40"));
    venue.push(
        "bbo",
        """
        {"coin":"HYPE","time":%d,"bbo":[{"px":"40.01","sz":"1.5","n":1},null]}\
        """
            .formatted(now.plusMillis(100).toEpochMilli()));
    Event.BookUpdated book = next(Event.BookUpdated.class, it -> isBid(it, "40.01"));
    assertThat(book.book().bids()).hasSize(2);
    assertThat(book.book().asks()).isEmpty();
  }

  @Test
  @Scenario("F11")
  void framesThatCannotBeReadOrAreUnknownChangeNothing() {
    follow(open());
    venue.push("l2Book", "{\"coin\":\"HYPE\",\"time\":\"noon\",\"levels\":7}");
    venue.push("l2Book", "{\"coin\":\"HYPE\",\"time\":1,\"levels\":[[{\"px\":\"x\"}],[]]}");
    venue.push("activeAssetCtx", "{\"coin\":\"HYPE\",\"ctx\":{\"markPx\":null}}");
    venue.push("somethingNew", "[1,2,3]");
    venue.pushBook("HYPE", Instant.now(), "40.0", "40.01");
    assertThat(isBid(next(Event.BookUpdated.class, it -> true), "40")).isTrue();
    assertThat(venue.subscriptions("l2Book", "HYPE")).isEqualTo(1);
  }

  @Test
  void howLargeAMarketIsIsPublishedOnceAnHourAndHidesNoPriceWhereItCannotBeRead() {
    follow(open());
    until(() -> venue.subscriptions("activeAssetCtx", "@107") == 1);
    String perp =
        """
        {"coin":"HYPE","ctx":{"funding":"0.00003","openInterest":%s,"oraclePx":"40.5","markPx":"%s"}}\
        """;
    venue.push("activeAssetCtx", perp.formatted("\"NaN\"", "40.1"));
    venue.push("activeAssetCtx", perp.formatted("\"0.0\"", "40.2"));
    venue.push("activeAssetCtx", perp.formatted("\"1700.5\"", "40.3"));
    venue.push("activeAssetCtx", perp.formatted("\"9999\"", "40.4"));
    String coin = "{\"coin\":\"@107\",\"ctx\":{\"dayNtlVlm\":\"%s\",\"markPx\":\"40.3\"}}";
    venue.push("activeSpotAssetCtx", coin.formatted("0.0"));
    venue.push("activeSpotAssetCtx", coin.formatted("68000.25"));
    List<Event> reported = new ArrayList<>();
    next(
        Event.class,
        it -> {
          if (it instanceof Event.MarkPriceUpdated || it instanceof Event.LiquidityReported) {
            reported.add(it);
          }
          return it instanceof Event.LiquidityReported size && size.instrument().leg() == Leg.SPOT;
        });
    assertThat(reported)
        .extracting(it ->
            it instanceof Event.MarkPriceUpdated prices
                ? prices.mark().toString()
                : ((Event.LiquidityReported) it).usd().toString())
        .containsExactly("40.1", "40.2", "40.3", "68530.15", "40.4", "68000.25");
  }

  @Test
  void subscribesToEverythingAgainAfterTheConnectionBroke() {
    follow(open());
    venue.breakStreams();
    until(() ->
        venue.subscriptions("l2Book", "@107") == 2
            && venue.subscriptions("bbo", "HYPE") == 2
            && venue.subscriptions("activeAssetCtx", "HYPE") == 2);
    venue.pushBook("HYPE", Instant.now(), "42.0", "42.01");
    next(Event.BookUpdated.class, it -> isBid(it, "42"));
  }

  @Test
  void keepsTryingWhileTheVenueTakesNoConnections() {
    follow(open());
    venue.openStreams(false);
    venue.breakStreams();
    venue.openStreams(true);
    until(() -> venue.subscriptions("l2Book", "@107") >= 2);
  }

  @Test
  @Scenario("F07")
  void F07_framesWithAFrozenTimeAreSilenceAndRestFillsInUntilTheBookIsFreshAgain() {
    venue.answer("l2Book", request -> FakeVenue.book("HYPE", Instant.now(), "39.0", "39.01"));
    PublicClient side = open(Duration.ofMillis(150));
    Pair pair = side.marketData().resolve(NAMES);
    side.marketData().subscribe(pair.perp(), CLIP);
    until(() -> venue.subscriptions("l2Book", "HYPE") == 1);
    Instant frozen = Instant.now();
    venue.pushBook("HYPE", frozen, "40.0", "40.01");
    next(Event.BookUpdated.class, it -> isBid(it, "40"));
    FeedStatusChanged stale =
        next(
            FeedStatusChanged.class,
            it -> {
              venue.pushBook("HYPE", frozen, "40.0", "40.01");
              return !it.fresh();
            });
    assertThat(stale).isEqualTo(new FeedStatusChanged(Feed.BOOK, Optional.of(PERP), false));
    next(Event.BookUpdated.class, it -> isBid(it, "39"));
    Instant end = Instant.now().plus(BOUND);
    Optional<Event> fresh = Optional.empty();
    while (fresh.isEmpty() && Instant.now().isBefore(end)) {
      venue.pushBook("HYPE", Instant.now().plusSeconds(1), "40.5", "40.51");
      fresh =
          side.inbox()
              .await(Instant.now().plusMillis(50))
              .map(EventSource.Received::event)
              .filter(new FeedStatusChanged(Feed.BOOK, Optional.of(PERP), true)::equals);
    }
    assertThat(fresh).isPresent();
  }

  @Test
  void readsAHistoryOfMoreThanOnePage() {
    PublicClient side = open();
    Pair pair = side.marketData().resolve(NAMES);
    List<FundingHour> history = side.marketData().fundingHistory(pair.perp(), 720);
    assertThat(history).hasSize(720);
    Instant newest = Instant.now().truncatedTo(ChronoUnit.HOURS);
    assertThat(history.get(719).hour()).isBetween(newest.minusSeconds(3600), newest);
    assertThat(history.get(0).hour()).isEqualTo(history.get(719).hour().minusSeconds(719 * 3600));
    assertThat(venue.requests("fundingHistory")).hasSize(2);
  }

  @Test
  void publishesEachSettledHourOnce() {
    PublicClient side = open();
    Pair pair = side.marketData().resolve(NAMES);
    Instant before = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));
    side.feeds().followPerp(pair.perp(), before);
    for (int hour = 1; hour <= 3; hour++) {
      Event.FundingRateSettled settled = next(Event.FundingRateSettled.class, it -> true);
      assertThat(settled.funding().hour()).isEqualTo(before.plusSeconds(hour * 3600L));
      assertThat(settled.funding().rate()).isEqualTo(Rate.hourly("0.00005"));
    }
  }

  @Test
  void publishesADelisting() {
    follow(open());
    venue.answer("meta", request -> FakeVenue.meta(true));
    assertThat(next(Event.TradingHalted.class, it -> true))
        .isEqualTo(new Event.TradingHalted(PERP, true, false));
  }

  @Test
  @Scenario("F03")
  void F03_oneBadResponseIsRetriedAndTwentyAreASentence() {
    PublicClient side = open();
    int[] left = {2};
    venue.answer("meta", request -> left[0]-- > 0 ? "<html>502</html>" : FakeVenue.meta(false));
    assertThat(side.marketData().resolve(NAMES).perp().assetId()).isEqualTo(1);

    venue.failWith(502);
    assertThatThrownBy(
            () -> side.marketData().fundingHistory(side.marketData().resolve(NAMES).perp(), 5))
        .isInstanceOf(VenueException.class)
        .hasMessageContaining("fundingHistory")
        .hasMessageContaining("HTTP status 502");
  }

  @Test
  @Scenario("F09")
  void refusesAClockThatIsFarFromOurs() {
    venue.answer(
        "exchangeStatus",
        request -> "{\"time\":" + Instant.now().plusSeconds(90).toEpochMilli() + "}");
    assertThatThrownBy(this::open)
        .isInstanceOf(VenueException.class)
        .hasMessageMatching("this machine's clock is (89|90) s from .*");
  }

  @Test
  @Scenario("F09")
  void F09_whileTheClocksAreSecondsApartNoRateIsUsed() {
    follow(open());
    long[] ahead = {20};
    venue.answer(
        "exchangeStatus",
        request -> "{\"time\":" + Instant.now().plusSeconds(ahead[0]).toEpochMilli() + "}");
    FeedStatusChanged silent = new FeedStatusChanged(Feed.FUNDING, Optional.of(PERP), false);
    assertThat(next(Event.ClockSkewed.class, it -> it.offsetMs() > 5_000)).isNotNull();
    assertThat(next(FeedStatusChanged.class, it -> true)).isEqualTo(silent);
    venue.pushContext("HYPE", "40.1", "40.2", "0.0000125");
    next(Event.FundingRateUpdated.class, it -> true);
    ahead[0] = 0;
    Instant end = Instant.now().plus(BOUND);
    boolean fresh = false;
    while (!fresh && Instant.now().isBefore(end)) {
      venue.pushContext("HYPE", "40.1", "40.2", "0.0000125");
      fresh =
          opened
              .orElseThrow()
              .inbox()
              .await(Instant.now().plusMillis(50))
              .map(EventSource.Received::event)
              .filter(new FeedStatusChanged(Feed.FUNDING, Optional.of(PERP), true)::equals)
              .isPresent();
    }
    assertThat(fresh).isTrue();
  }

  @Test
  void followsTheClockOfAnExchangeThatRunsFaster() {
    Instant theirs = Instant.parse("2026-01-05T12:00:00Z");
    venue.answer(
        "exchangeStatus", request -> "{\"time\":" + theirs.toEpochMilli() + ",\"speed\":3600}");
    PublicClient side = open();
    until(() -> side.clock().instant().isAfter(theirs.plusSeconds(60)));
    assertThat(side.clock().instant()).isBefore(theirs.plus(Duration.ofDays(30)));
  }
}
