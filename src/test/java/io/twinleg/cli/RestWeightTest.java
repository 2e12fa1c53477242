package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Running;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.proxy.LyingProxy;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.server.common.FaultProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a carry that is held asks of the venue in one minute, counted on the wire of a real run: the
 * minute in which funding is paid, which has the most of it.
 */
@Execution(ExecutionMode.CONCURRENT)
class RestWeightTest {
  private static final int GOAL = 60;
  private static final Instant START = Instant.parse("2026-01-05T12:59:00Z");
  private static final Instant FROM = Instant.parse("2026-01-05T12:59:45Z");

  @TempDir Path folder;

  private static ScriptedWorld world() {
    ScriptedWorld world =
        ScriptedWorld.startingAt(START)
            .at(Duration.ZERO, FixtureF0::open)
            .settledBefore(FixtureF0.FUNDING, 48)
            .fundingRate(START, FixtureF0.FUNDING);
    for (int second = 4; second < 40; second += 1) {
      world.at(
          Duration.ofSeconds(second),
          gateway ->
              gateway.trade(FixtureF0.SPOT, Side.SELL, Price.of("40.001"), Quantity.of("2.50")));
    }
    return world;
  }

  @Test
  void theMinuteInWhichFundingIsPaidTakesAtMostSixtyOfTheWeight() throws Exception {
    AtomicInteger counted = new AtomicInteger();
    ConcurrentHashMap<String, Integer> byType = new ConcurrentHashMap<>();
    try (LoopbackExchange venue =
            new LoopbackExchange(world(), LiveRunTest.ADDRESS, 1, FaultProfile.NONE);
        LyingProxy between = new LyingProxy(venue.url())) {
      between.answers((request, upstream) -> {
        LyingProxy.Reply.Whole answer = upstream.ask();
        Instant now = venue.call(exchange -> exchange.now());
        if (!now.isBefore(FROM) && now.isBefore(FROM.plusSeconds(60))) {
          int weight = LiveSoak.hyperliquidWeight(request, answer);
          counted.addAndGet(weight);
          byType.merge(LiveSoak.type(request), weight, Integer::sum);
        }
        return answer;
      });
      Path config = LiveRunTest.config(folder, between.url());
      ProgramProcess program =
          new ProgramProcess(folder).jvm("-Duser.home=" + folder).lasting(Duration.ofMinutes(8));
      try (Running run = program.start("run", "--json", "--config", config.toString())) {
        run.await("entered_position");
        Instant entered = venue.call(exchange -> exchange.now());
        assertThat(entered).as("held before the minute begins").isBefore(FROM);
        run.await("funding_received");
        while (venue.call(exchange -> exchange.now()).isBefore(FROM.plusSeconds(60))) {
          assertThat(run.endsWithin(Duration.ofMillis(200))).isFalse();
        }
        run.signal("TERM");
        assertThat(run.end().exitCode()).isZero();
      }
    }
    assertThat(counted.get()).as("%s", new TreeMap<>(byType)).isBetween(1, GOAL);
  }
}
