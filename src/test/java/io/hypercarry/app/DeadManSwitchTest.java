package io.hypercarry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hypercarry.exchange.FixtureF0;
import io.hypercarry.exchange.ScriptedWorld;
import io.hypercarry.protocol.Hex;
import io.hypercarry.protocol.Signer;
import io.hypercarry.venue.hyperliquid.LoopbackVenue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Semantics 2.13, over HTTP and with signatures, by {@code run} itself. */
class DeadManSwitchTest {
  private static final byte[] KEY = key();
  private static final String ADDRESS = Signer.of(KEY).address();
  private static final Instant START = Instant.parse("2026-01-05T12:10:00Z");
  private static final String TIMER = "scheduleCancel";

  @TempDir Path folder;

  private static byte[] key() {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 5);
    return key;
  }

  private static ScriptedWorld world() {
    return ScriptedWorld.startingAt(START)
        .at(Duration.ZERO, FixtureF0::open)
        .settledBefore(FixtureF0.FUNDING, 48)
        .fundingRate(START, FixtureF0.FUNDING);
  }

  private Path config(String url) throws Exception {
    return Files.writeString(
        folder.resolve("config.json"),
        """
        {"credentials":{"account_address":"%s","secret_key":"0x%s","base_url":"%s"},
         "markets":{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},
         "strategy":{"enter_threshold_apr":0.10,"exit_threshold_apr":0.04,"target_usd_notional":200,
           "signal_window_h":1,"ev_gate":false},
         "risk":{"per_symbol_notional_cap":500,"portfolio_notional_cap":2000,"max_drawdown_usd":50,
           "min_spread_ticks":0,"max_book_age_ms":5000}}
        """
            .formatted(ADDRESS, Hex.encode(KEY).replaceFirst("^0x", ""), url));
  }

  @Test
  @DisplayName("2.13: armed while the bid rests, pushed back, and cleared by a clean stop")
  void isArmedWhileTheBidRestsAndClearedByACleanStop() throws Exception {
    List<String> actions = new CopyOnWriteArrayList<>();
    CountDownLatch pushed = new CountDownLatch(2);
    try (LoopbackVenue venue = new LoopbackVenue(world(), ADDRESS, 1)) {
      venue.answer(
          "userRateLimit", "{'cumVlm':'2000000.0','nRequestsUsed':1,'nRequestsCap':2010000}");
      venue.wire((number, type) -> {
        actions.add(type);
        if (type.equals(TIMER)) {
          pushed.countDown();
        }
        return LoopbackVenue.Passage.WELL;
      });
      String[] run = {"run", "--json", "--config", config(venue.url()).toString()};
      Program program = new Program(folder).jvm("-Duser.home=" + folder);
      try (Program.Running running = program.start(run)) {
        assertThat(pushed.await(60, TimeUnit.SECONDS)).as("armed and pushed: %s", actions).isTrue();
        assertThat(actions.indexOf(TIMER)).isGreaterThan(actions.indexOf("order"));
        running.signal("TERM");
        Program.Ended ended = running.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      }
    }
    int cancel = actions.lastIndexOf("cancelByCloid");
    assertThat(actions.subList(cancel, actions.size())).as("%s", actions).contains(TIMER);
  }
}
