package io.twinleg.venue.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClockSkew;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.scenario.Scenario;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.VenueException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The parts of every live adapter, each on a clock that the test turns. */
class TransportTest {
  private static final Instant START = Instant.parse("2026-01-05T12:00:00Z");
  private static final InstrumentId SPOT = InstrumentId.spot(new MarketId("HYPE"));
  private static final InstrumentId PERP = InstrumentId.perp(new MarketId("HYPE"));

  private final AtomicLong nanos = new AtomicLong(7);
  private final VenueClock clock = VenueClock.from(START, BigDecimal.ONE, nanos::get);
  private final EventInbox inbox = new EventInbox(clock);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static Event book(InstrumentId instrument, String bid) {
    PriceLevel level = new PriceLevel(Price.of(bid), Quantity.of("1"));
    return new Event.BookUpdated(instrument, new BookSnapshot(List.of(level), List.of()));
  }

  private List<Event> waiting() {
    return Stream.generate(() -> inbox.await(Instant.MIN))
        .takeWhile(Optional::isPresent)
        .map(Optional::get)
        .map(EventSource.Received::event)
        .toList();
  }

  @Test
  void aNewerBookTakesThePlaceOfOneThatStillWaitsAndNothingElseIsDropped() {
    Event prices = new Event.MarkPriceUpdated(PERP, Price.of("40"), Price.of("40"));
    inbox.publish(START, book(SPOT, "40"));
    inbox.publish(START, prices);
    inbox.publish(START, book(PERP, "40"));
    inbox.publish(START, prices);
    inbox.publish(START, book(SPOT, "41"));
    assertThat(waiting()).containsExactly(prices, book(PERP, "40"), prices, book(SPOT, "41"));
    inbox.publish(START, book(SPOT, "42"));
    assertThat(waiting()).containsExactly(book(SPOT, "42"));
  }

  @Test
  void timeNeverRunsBackForTheReader() {
    inbox.publish(START, book(SPOT, "40"));
    pass(Duration.ofSeconds(3));
    assertThat(inbox.clock().instant()).isEqualTo(START.plusSeconds(3));
    EventSource.Received arrival = inbox.await(Instant.MAX).orElseThrow();
    assertThat(arrival.receivedTime()).isEqualTo(START.plusSeconds(3));
    assertThat(arrival.venueTime()).isEqualTo(START);
  }

  @Test
  void aFailureIsThrownToTheWaitingReader() {
    inbox.publish(START, book(SPOT, "40"));
    inbox.fail(new VenueException("the venue is gone", false));
    assertThatThrownBy(() -> inbox.await(Instant.MAX)).hasMessage("the venue is gone");
  }

  @Test
  void aRunThatFallsTooFarBehindIsStopped() {
    Event event = new Event.TimerFired();
    for (int i = 0; i <= EventInbox.LIMIT; i++) {
      inbox.publish(START, event);
    }
    assertThatThrownBy(() -> inbox.await(Instant.MAX)).hasMessageContaining("100000 events behind");
  }

  @Test
  void aClockAtAnotherSpeedCountsTheVenuesTime() {
    VenueClock fast = VenueClock.from(START, new BigDecimal("60"), nanos::get);
    pass(Duration.ofSeconds(2));
    assertThat(fast.instant()).isEqualTo(START.plusSeconds(120));
    assertThat(fast.venueTime(Duration.ofSeconds(5))).isEqualTo(Duration.ofMinutes(5));
    assertThat(fast.realTime(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  @Scenario("F04")
  void waitsGrowAndAreDrawnBetweenHalfAndAll() {
    long seed = 20260105;
    Backoff backoff =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(6), new SplittableRandom(seed));
    for (long whole : new long[] {1000, 2000, 4000, 6000, 6000}) {
      assertThat(backoff.next().toMillis()).as("seed " + seed).isBetween(whole / 2, whole);
    }
    backoff.reset();
    assertThat(backoff.next().toMillis()).isBetween(500L, 1000L);
  }

  @Test
  @Scenario("F04")
  void F04_theReserveOfTheWeightBudgetIsForSafety() {
    RateLimiter budget = new RateLimiter(100, 30, nanos::get);
    assertThat(budget.tryAcquire(60)).isTrue();
    assertThat(budget.tryAcquire(20)).isFalse();
    budget.consume(20);
    assertThat(budget.remaining()).isEqualTo(20);
    pass(Duration.ofSeconds(61));
    assertThat(budget.remaining()).isEqualTo(100);
    budget.markExhausted();
    assertThat(budget.tryAcquire(1)).isFalse();
    pass(Duration.ofSeconds(61));
    assertThat(budget.tryAcquire(1)).isTrue();
  }

  /** Requests come as fast as allowed, and the venue responds "too many" for a minute. */
  @Test
  @Scenario("F04")
  void aMinuteOfTooManyIsNoHotLoopAndLeavesRiskItsWay() {
    RateLimiter budget = new RateLimiter(1200, 300, nanos::get);
    int requests = 0;
    int risk = 0;
    for (int tenths = 0; tenths < 600; tenths++) {
      while (budget.tryAcquire(20)) {
        requests += 20;
        budget.markExhausted();
      }
      if (tenths % 50 == 0) {
        budget.consume(1);
        risk++;
      }
      pass(Duration.ofMillis(100));
    }
    assertThat(requests).as("weight of a minute").isEqualTo(20);
    assertThat(risk).isEqualTo(12);
    pass(Duration.ofSeconds(61));
    assertThat(budget.tryAcquire(20)).isTrue();
  }

  @Test
  void aFeedIsStaleOnceAndFreshOnceAndOldFramesDoNotFreshenIt() {
    List<Event> published = new ArrayList<>();
    StalenessMonitor watch =
        new StalenessMonitor(
            nanos::get, VenueClock.from(START, BigDecimal.ONE, nanos::get), published::add);
    StalenessMonitor.FeedKey line = new StalenessMonitor.FeedKey(Feed.BOOK, Optional.of(SPOT));
    watch.watch(line, Duration.ofSeconds(3));
    assertThat(watch.record(line, START)).isTrue();
    pass(Duration.ofSeconds(2));
    assertThat(watch.record(line, START)).isTrue();
    assertThat(watch.record(line, START.minusMillis(1))).isFalse();
    watch.check();
    assertThat(published).isEmpty();
    pass(Duration.ofMillis(1100));
    watch.check();
    watch.check();
    assertThat(published)
        .containsExactly(new Event.FeedStatusChanged(Feed.BOOK, Optional.of(SPOT), false));
    assertThat(watch.stale()).containsExactly(line);
    watch.record(line, START.plusSeconds(3));
    watch.check();
    assertThat(published)
        .hasSize(2)
        .last()
        .isEqualTo(new Event.FeedStatusChanged(Feed.BOOK, Optional.of(SPOT), true));
  }

  @Test
  void aFrameOfTheYear2100IsDroppedAndBlindsNothing() {
    StalenessMonitor watch = new StalenessMonitor(nanos::get, clock, event -> {});
    StalenessMonitor.FeedKey line = new StalenessMonitor.FeedKey(Feed.BOOK, Optional.of(SPOT));
    watch.watch(line, Duration.ofSeconds(3));
    assertThat(watch.record(line, Instant.ofEpochMilli(4_102_444_800_000L))).isFalse();
    assertThat(watch.record(line, START)).isTrue();
  }

  @Test
  void aFrameThatWasOldWhenItCameDoesNotFreshenTheFeed() {
    List<Event> published = new ArrayList<>();
    StalenessMonitor watch = new StalenessMonitor(nanos::get, clock, published::add);
    StalenessMonitor.FeedKey line = new StalenessMonitor.FeedKey(Feed.BOOK, Optional.of(SPOT));
    watch.watch(line, Duration.ofSeconds(3));
    pass(Duration.ofSeconds(4));
    assertThat(watch.record(line, START.plusMillis(900))).isTrue();
    watch.check();
    assertThat(published)
        .containsExactly(new Event.FeedStatusChanged(Feed.BOOK, Optional.of(SPOT), false));
  }

  @Test
  void aNewConnectionIsNotComparedWithTheOneBefore() {
    StalenessMonitor watch = new StalenessMonitor(nanos::get, clock, event -> {});
    StalenessMonitor.FeedKey line = new StalenessMonitor.FeedKey(Feed.BOOK, Optional.of(SPOT));
    watch.watch(line, Duration.ofSeconds(3));
    watch.record(line, START.plusSeconds(4));
    assertThat(watch.record(line, START)).isFalse();
    watch.forget();
    assertThat(watch.record(line, START)).isTrue();
  }

  @Test
  void theVenuesTimeIsOursPlusTheMeasuredOffset() {
    clock.offset().addSample(START, START.plusMillis(3_300), START);
    assertThat(clock.venueNow()).isEqualTo(START.plusMillis(3_300));
    clock.offset().forget();
    assertThat(clock.venueNow()).isEqualTo(START);
  }

  @Test
  void oneLateAnswerDoesNotMoveTheSkew() {
    ClockOffset skew = new ClockOffset();
    for (long offset : new long[] {1500, 1600, 70_000, 1400, 1550}) {
      skew.addSample(START, START.plusMillis(offset), START);
    }
    assertThat(skew.median()).contains(Duration.ofMillis(1550));
    assertThat(skew.verdict()).isEqualTo(ClockSkew.Verdict.WARN);
  }

  @Test
  void requestsAreRetriedWhereThatMayHelpAndOnlyThere() {
    RetryPolicy reads = new RetryPolicy(Duration.ofNanos(2), new SplittableRandom(1));
    List<HttpResult> answers =
        new ArrayList<>(
            List.of(
                new HttpResult.HttpError(502, ""),
                new HttpResult.Unreadable("{"),
                new HttpResult.Ok(TransportJson.read("[1]"))));
    assertThat(reads.call("asking", () -> answers.remove(0)).size()).isEqualTo(1);

    int[] requests = {0};
    assertThatThrownBy(() ->
            reads.call(
                "asking",
                () -> {
                  requests[0]++;
                  return new HttpResult.HttpError(422, "no");
                }))
        .isInstanceOf(VenueException.class)
        .hasMessageContaining("asking: HTTP status 422");
    assertThat(requests[0]).isEqualTo(1);
  }
}
