package io.twinleg.simulator.server.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeLoopTest {
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
  private final ExchangeLoop paced =
      new ExchangeLoop(
          new Exchange(FixtureF0.instruments(), FixtureF0.FEES, FixtureF0.world()),
          new BigDecimal("1000"),
          broken::complete);

  @AfterEach
  void close() {
    paced.close();
  }

  @Test
  void itsClockRunsWithoutRequests() throws Exception {
    CompletableFuture<Instant> hour = new CompletableFuture<>();
    Instant due = FixtureF0.T0.plus(Duration.ofMinutes(2));
    paced.call(exchange -> {
      exchange.at(due, () -> hour.complete(exchange.now()));
      return due;
    });
    assertThat(hour.get(30, TimeUnit.SECONDS)).isEqualTo(due);
  }

  @Test
  void aRequestIsExecutedAfterItsWayAndAnsweredAfterTheWayBack() throws Exception {
    Instant sent = paced.call(Exchange::now);
    Instant executed = paced.send(Exchange::now).get(30, TimeUnit.SECONDS);
    Instant answered = paced.call(Exchange::now);
    assertThat(executed).isAfterOrEqualTo(sent.plusMillis(100));
    assertThat(answered).isAfterOrEqualTo(executed.plusMillis(100));
  }

  @Test
  void aMistakeOfOurOwnReachesTheSenderAndEndsTheExchange() {
    CompletableFuture<String> answer =
        paced.send(exchange -> {
          throw new IllegalStateException("a broken invariant");
        });
    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("a broken invariant");
    assertThat(broken).succeedsWithin(Duration.ofSeconds(30)).isInstanceOf(Throwable.class);
  }

  @Test
  void aWorldOfAnotherTimeOrPaceIsNotTheWalls() {
    assertThat(paced.isRealTime()).isFalse();
  }
}
