package io.twinleg.venue.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.client.VenueExecutor.Lane;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.MalformedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VenueExecutorTest {
  private final BlockingQueue<String> troubles = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> results = new LinkedBlockingQueue<>();
  private final VenueExecutor executor =
      new VenueExecutor(
          "test", VenueClock.wall(), (where, what) -> troubles.add(where + ": " + what));

  @AfterEach
  void close() {
    executor.close();
  }

  private void request(Lane lane, Supplier<String> request) {
    executor.request(lane, request, results::add, failure -> results.add("failed: " + failure));
  }

  @Test
  void aRequestIsAnsweredOnTheOwnerThread() throws InterruptedException {
    executor.request(
        Lane.PATIENT, () -> "x", x -> results.add(Thread.currentThread().getName()), f -> {});
    assertThat(results.take()).isEqualTo("test-events");
  }

  @Test
  void nothingUrgentWaitsBehindAPatientRead() throws InterruptedException {
    CountDownLatch stalled = new CountDownLatch(1);
    request(Lane.PATIENT, () -> await(stalled));
    request(Lane.QUESTIONS, () -> "answered");
    assertThat(results.take()).isEqualTo("answered");
    stalled.countDown();
  }

  @Test
  void oneQuestionDoesNotWaitForAnother() throws InterruptedException {
    CountDownLatch stalled = new CountDownLatch(1);
    request(Lane.QUESTIONS, () -> await(stalled));
    request(Lane.QUESTIONS, () -> "second");
    assertThat(results.take()).isEqualTo("second");
    stalled.countDown();
  }

  private static String await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new VenueException("interrupted", true);
    }
    return "late";
  }

  @Test
  void whatCannotBeReadFailsTheRequestAndIsReported() throws InterruptedException {
    request(
        Lane.QUESTIONS,
        () -> {
          throw MalformedMessage.schema("totalSz is not a number: NaN");
        });
    assertThat(results.take()).isEqualTo("failed: totalSz is not a number: NaN");
    assertThat(troubles).containsExactly("test-questions: totalSz is not a number: NaN");
  }

  @Test
  void anUnexpectedFailureCostsItsOwnWorkAlone() throws InterruptedException {
    executor.execute(() -> {
      throw new IllegalStateException("a defect");
    });
    executor.execute(() -> results.add("goes on"));
    assertThat(results.take()).isEqualTo("goes on");
    assertThat(troubles).containsExactly("test-events: java.lang.IllegalStateException: a defect");
  }

  /** By a clock of the test's: nothing is waited for. */
  @Test
  void workThatStandsForTwentySecondsIsInterruptedAndTheLaneGoesOn() throws InterruptedException {
    AtomicLong nanos = new AtomicLong(7);
    try (VenueExecutor watched =
        new VenueExecutor(
            "watched",
            VenueClock.wall(),
            (where, what) -> troubles.add(where + ": " + what),
            nanos::get)) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      watched.request(
          Lane.PERP_ORDERS,
          () -> {
            begun.countDown();
            return await(never);
          },
          results::add,
          failure -> results.add("failed: " + failure));
      begun.await();
      nanos.addAndGet(Duration.ofSeconds(20).toNanos());
      watched.watch();
      assertThat(troubles).as("twenty seconds are not more than twenty").isEmpty();
      nanos.addAndGet(1);
      watched.watch();
      assertThat(results.take()).isEqualTo("failed: interrupted");
      assertThat(troubles)
          .containsExactly("watched-perp-orders: stood for more than 20 s and was interrupted");
      watched.request(Lane.PERP_ORDERS, () -> "next", results::add, results::add);
      assertThat(results.take()).isEqualTo("next");
    }
  }

  @Test
  void unreadableMessagesAreReportedAtOnceThenOnceAMinute() {
    AtomicLong nanos = new AtomicLong(5);
    List<Event> events = new ArrayList<>();
    UnreadableMessages unreadable = new UnreadableMessages(nanos::get, events::add);
    unreadable.report("userFills", "px is not a number: NaN");
    unreadable.report("userFills", "sz is missing");
    unreadable.report("l2Book", "time is missing");
    nanos.addAndGet(60_000_000_000L);
    unreadable.report("userFills", "oid is missing");
    assertThat(events)
        .containsExactly(
            new Event.MessageUnreadable("userFills", "px is not a number: NaN", 1),
            new Event.MessageUnreadable("l2Book", "time is missing", 1),
            new Event.MessageUnreadable("userFills", "oid is missing", 3));
  }
}
