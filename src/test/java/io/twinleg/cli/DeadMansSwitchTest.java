package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.wire.Hex;
import io.twinleg.wire.Signer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Semantics 2.13, over HTTP and with signatures, by {@code run} itself. */
@Execution(ExecutionMode.CONCURRENT)
class DeadMansSwitchTest {
  private static final byte[] KEY = key();
  private static final String ADDRESS = Signer.of(KEY).address();
  private static final Instant START = Instant.parse("2026-01-05T12:10:00Z");
  private static final int LEVERAGE_BID_AND_TIMER = 3;

  @TempDir Path folder;

  private static byte[] key() {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 5);
    return key;
  }

  /** A perp in which a million can be traded. */
  private static ScriptedWorld world() {
    return ScriptedWorld.startingAt(START)
        .at(Duration.ZERO, FixtureF0::open)
        .at(
            Duration.ZERO,
            gateway ->
                gateway.quote(
                    FixtureF0.PERP, FixtureF0.touch("40.020", "20000", "40.030", "20000")))
        .settledBefore(FixtureF0.FUNDING, 48)
        .fundingRate(START, FixtureF0.FUNDING);
  }

  /** The venue grants the switch to an account that has traded a million. */
  private static void hasTradedAMillion(LoopbackExchange venue) {
    for (Side side : Side.values()) {
      venue.call(exchange -> {
        exchange.admin().deposit(venue.account(), Usd.of("1000000"), Leg.PERP);
        String limit = side == Side.BUY ? "41" : "39";
        return exchange
            .admin()
            .executeManually(
                venue.account(),
                Request.Place.manual(FixtureF0.PERP.id(), side, limit, "13000", TimeInForce.IOC));
      });
    }
  }

  private Path config(String url) throws Exception {
    return SecretFile.write(
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
  @DisplayName("2.13: what a dead process leaves resting is cancelled by the venue")
  void whatADeadProcessLeavesIsCancelled() throws Exception {
    try (LoopbackExchange venue = new LoopbackExchange(world(), ADDRESS, 1, FaultProfile.NONE)) {
      hasTradedAMillion(venue);
      String[] run = {"run", "--json", "--config", config(venue.url()).toString()};
      ProgramProcess program = new ProgramProcess(folder).jvm("-Duser.home=" + folder);
      try (ProgramProcess.Running running = program.start(run)) {
        venue.await("a bid", state -> !state.openOrders().isEmpty());
        venue.await("a timer", state -> venue.visits().actions() >= LEVERAGE_BID_AND_TIMER);
        running.kill();
      }
      assertThat(venue.state().openOrders()).as("no runner is there to cancel it").hasSize(1);
      venue.await("the venue's cancel", state -> state.openOrders().isEmpty());
      assertThat(venue.audit().fills()).as("but the million").hasSize(2);
    }
  }
}
