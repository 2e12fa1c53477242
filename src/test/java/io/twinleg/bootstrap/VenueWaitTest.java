package io.twinleg.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.bootstrap.VenueWait.StoppedException;
import io.twinleg.venue.VenueException;
import io.twinleg.wire.MalformedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a start does while the venue cannot be asked. Its pauses take no time here. */
class VenueWaitTest {
  private static final Instant START = Instant.parse("2026-01-05T12:01:07Z");

  private final List<VenueWait.Waiting> waits = new ArrayList<>();
  private Instant now = START;

  private VenueWait waiting(@Nullable Duration limit) {
    return new VenueWait(limit, waits::add, () -> now, time -> now = now.plus(time));
  }

  private static RuntimeException away() {
    return new VenueException("no connection", true);
  }

  private List<Long> pauses() {
    return waits.stream().map(each -> each.pause().toSeconds()).toList();
  }

  @Test
  void pausesGrowFromOneSecondToThirtyAndEachIsShown() {
    int[] requests = {0};
    VenueWait wait = waiting(null);
    String answer =
        wait.untilAnswered(() -> {
          if (++requests[0] < 9) {
            throw requests[0] % 2 == 0 ? away() : MalformedMessage.schema("px: NaN");
          }
          return "here";
        });
    assertThat(answer).isEqualTo("here");
    assertThat(pauses()).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    assertThat(waits.get(1))
        .isEqualTo(new VenueWait.Waiting("no connection", START, Duration.ofSeconds(2)));
  }

  @Test
  void aRunThatHoldsNothingGivesUpAfterItsLimit() {
    assertThatThrownBy(() ->
            waiting(VenueWait.SHORT)
                .untilAnswered(() -> {
                  throw away();
                }))
        .isInstanceOfSatisfying(
            VenueException.class, failure -> assertThat(failure.isRetryable()).isTrue())
        .hasMessage("no connection");
    assertThat(pauses()).as("15 s are not over").containsExactly(1L, 2L, 4L, 8L);
  }

  @Test
  void whatAPersonMustMendIsNotRequestedAgain() {
    VenueException wrongKey = new VenueException("the key is unknown", false);
    assertThatThrownBy(() ->
            waiting(null)
                .untilAnswered(() -> {
                  throw wrongKey;
                }))
        .isSameAs(wrongKey);
    assertThat(waits).isEmpty();
  }

  @Test
  void aStopInterruptsTheQuestionThatIsOpenAndNothingAfterIt() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    AtomicReference<Throwable> end = new AtomicReference<>();
    AtomicReference<Boolean> interruptedLater = new AtomicReference<>();
    VenueWait wait = waiting(null);
    assertThatThrownBy(() -> wait.ask(VenueWaitTest::failing))
        .isInstanceOfSatisfying(VenueWait.UnansweredException.class, wait::pauseAfter);
    Thread requester =
        new Thread(() -> {
          try {
            wait.ask(() -> neverAnswered(open));
          } catch (RuntimeException stopped) {
            end.set(stopped);
          }
          interruptedLater.set(Thread.currentThread().isInterrupted());
        });
    requester.start();
    open.await();
    wait.stop();
    requester.join();
    assertThat(end.get())
        .isInstanceOf(StoppedException.class)
        .hasMessage("stopped; the venue could not be asked since 12:01:07");
    assertThat(interruptedLater.get()).isFalse();
    assertThatThrownBy(() -> wait.ask(() -> "more")).isInstanceOf(StoppedException.class);
  }

  private static String failing() {
    throw away();
  }

  private static String neverAnswered(CountDownLatch open) {
    open.countDown();
    try {
      new CountDownLatch(1).await();
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueException("interrupted while waiting for the venue", true);
    }
  }

  /** A stop of a start that is answered lets it come to its end: the run then stops by itself. */
  @Test
  void aStopLetsAStartThatIsAnsweredComeToItsEnd() {
    VenueWait wait = waiting(null);
    wait.stop();
    assertThat(wait.ask(() -> "here")).isEqualTo("here");
  }
}
