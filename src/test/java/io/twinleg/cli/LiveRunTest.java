package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.journal.JournalLock;
import io.twinleg.proxy.LyingProxy;
import io.twinleg.scenario.Scenario;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.AuditSnapshot;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.WorldGateway;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.simulator.server.hyperliquid.HyperliquidServer.Visits;
import io.twinleg.wire.Hex;
import io.twinleg.wire.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The whole life of a carry over HTTP, WebSocket and real signatures: {@code run} itself. */
@Execution(ExecutionMode.CONCURRENT)
class LiveRunTest {
  private static final byte[] KEY = key();
  static final String ADDRESS = Signer.of(KEY).address();
  private static final Instant START = Instant.parse("2026-01-05T12:58:30Z");

  /**
   * Of the venue's clock: the minute and a half before the hour leaves a slow machine time to
   * start.
   */
  private static final int SPEED = 4;

  @TempDir Path folder;

  private static byte[] key() {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 5);
    return key;
  }

  /** Our bid is hit whenever it is there; the rate falls below the exit once an hour was paid. */
  private static ScriptedWorld world() {
    return rich(100).fundingRate(START.plusSeconds(110), Rate.hourly("0.000001"));
  }

  /** As long as any machine needs to enter, the rate stays and our bid is hit. */
  static ScriptedWorld lasting() {
    return rich(3000);
  }

  private static ScriptedWorld rich(int seconds) {
    ScriptedWorld world =
        ScriptedWorld.startingAt(START)
            .at(Duration.ZERO, FixtureF0::open)
            .settledBefore(FixtureF0.FUNDING, 48)
            .fundingRate(START, FixtureF0.FUNDING);
    for (int second = 4; second < seconds; second += 2) {
      world.at(
          Duration.ofSeconds(second),
          gateway ->
              gateway.trade(FixtureF0.SPOT, Side.SELL, Price.of("40.001"), Quantity.of("2.50")));
    }
    return world;
  }

  private Path config(String url) throws IOException {
    return config(folder, url);
  }

  static Path config(Path folder, String url) throws IOException {
    return SecretFile.write(
        folder.resolve("config.json"),
        """
        {"credentials":{"account_address":"%s","secret_key":"%s","base_url":"%s"},
         "markets":{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},
         "strategy":{"enter_threshold_apr":0.10,"exit_threshold_apr":0.04,"target_usd_notional":200,
           "signal_window_h":1,"ev_gate":false,"defer_s":0},
         "execution":{"enter_exit_cooldown_s":5},
         "risk":{"per_symbol_notional_cap":500,"portfolio_notional_cap":2000,"max_drawdown_usd":50,
           "min_spread_ticks":0,"max_book_age_ms":5000}}
        """
            .formatted(ADDRESS, "0x" + Hex.encode(KEY).replaceFirst("^0x", ""), url));
  }

  private static LoopbackExchange served(String address, int speed) {
    return new LoopbackExchange(lasting(), address, speed, FaultProfile.NONE);
  }

  private ProgramProcess program() {
    return new ProgramProcess(folder).jvm("-Duser.home=" + folder);
  }

  private static String[] run(Path config, String... more) {
    String[] head = {"run", "--json", "--config", config.toString()};
    String[] all = Arrays.copyOf(head, head.length + more.length);
    System.arraycopy(more, 0, all, head.length, more.length);
    return all;
  }

  static boolean isHedged(AccountState account) {
    Quantity held = account.perpSize(FixtureF0.PERP.id());
    return held.compareTo(Quantity.of("-4.9")) < 0;
  }

  private static boolean isFlat(AccountState account) {
    return account.perpSize(FixtureF0.PERP.id()).isZero()
        && account.spotTotal(FixtureF0.SPOT.id()).compareTo(Quantity.of("0.02")) < 0;
  }

  /** On our own exchange in the venue's dialect, with signatures that it checks. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void entersIsKilledComesBackIsPaidAndLeaves(boolean faults) throws Exception {
    FaultProfile wire = faults ? FaultProfile.ALL : FaultProfile.NONE;
    try (LoopbackExchange venue = new LoopbackExchange(world(), ADDRESS, SPEED, wire)) {
      Path config = config(venue.url());
      try (ProgramProcess.Running first = program().start(run(config))) {
        venue.await("a hedge", LiveRunTest::isHedged);
        first.kill();
      }
      try (ProgramProcess.Running second = program().start(run(config))) {
        second.await("funding_received");
        second.await("exit_completed");
        second.signal("TERM");
        ProgramProcess.Ended ended = second.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      }
      assertThat(isFlat(venue.state())).as("%s", venue.state()).isTrue();
      assertThat(venue.state().openOrders()).isEmpty();
      assertBooksFoot(venue.audit());
    }
  }

  /** Every fill and payment of the venue stands in the journal, once. */
  private void assertBooksFoot(AuditSnapshot audit) throws Exception {
    ProgramProcess.Ended report = program().run("status", "--json", "--state-db", "state/live.db");
    var market = ProgramProcess.json(report.out()).path("status").path("markets").get(0);
    assertThat(market.path("fees_total").decimalValue())
        .isEqualByComparingTo(audit.feesPaid().value());
    assertThat(market.path("funding").decimalValue())
        .isEqualByComparingTo(audit.fundingReceived().value())
        .isPositive();
    assertThat(market.path("spot_sz").decimalValue())
        .isEqualByComparingTo(audit.coins(FixtureF0.SPOT.id()).value());
  }

  /** K04 on the wire: a real signature moves real collateral, and the books foot. */
  @Test
  void moneyIsMovedToAShortThatNeedsIt() throws Exception {
    ScriptedWorld world = lasting();
    try (LoopbackExchange venue = new LoopbackExchange(world, ADDRESS, SPEED, FaultProfile.NONE)) {
      try (ProgramProcess.Running run = program().start(run(config(venue.url())))) {
        run.await("entered_position");
        venue.call(
            exchange -> exchange.admin().withdraw(new AccountId(ADDRESS), Usd.of("790"), Leg.PERP));
        venue.call(exchange -> world.at(exchange.now(), LiveRunTest::priceIsSixty));
        run.await("collateral_moved");
        venue.await("collateral", state -> state.perpEquity().exceeds(Usd.of("290")));
        run.signal("TERM");
        ProgramProcess.Ended ended = run.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      }
      assertThat(isHedged(venue.state())).isTrue();
    }
  }

  private static void priceIsSixty(WorldGateway gateway) {
    gateway.quote(FixtureF0.SPOT, FixtureF0.book("60.000", "60.010"));
    gateway.quote(FixtureF0.PERP, FixtureF0.book("60.010", "60.020"));
    gateway.oracle(FixtureF0.PERP, Price.of("60.01"));
  }

  /**
   * L05: a page of the venue's front in place of the account, and too many requests, at a start.
   */
  @ParameterizedTest
  @ValueSource(ints = {403, 429, 502})
  void aStartThatIsAnsweredByAPageWaitsAndThenTrades(int status) throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    try (LoopbackExchange venue = served(ADDRESS, SPEED);
        LyingProxy between = new LyingProxy(venue.url())) {
      between.answers((request, upstream) ->
          request.mentions("spotClearinghouseState") && refusals.incrementAndGet() <= 5
              ? LyingProxy.page(status)
              : upstream.ask());
      try (ProgramProcess.Running run = program().start(run(config(between.url())))) {
        JsonNode waiting = run.await("waiting_for_venue");
        assertThat(waiting.path("cause").asString("")).contains("HTTP status " + status);
        run.await("entered_position");
        run.signal("TERM");
        ProgramProcess.Ended ended = run.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      }
      assertThat(isHedged(venue.state())).isTrue();
    }
  }

  /** L13: the first read of a start stops in the middle of its body, for good. */
  @Test
  void aStartThatStallsIsLoggedAndEndsAtOnceOnASignal() throws Exception {
    try (LoopbackExchange venue = served(ADDRESS, 1);
        LyingProxy between = new LyingProxy(venue.url())) {
      between.answers((request, upstream) ->
          request.mentions("spotMeta")
              ? new LyingProxy.Reply.Stalled(upstream.ask(), 40)
              : upstream.ask());
      try (ProgramProcess.Running run = program().start(run(config(between.url())))) {
        JsonNode waiting = run.await("waiting_for_venue");
        assertThat(waiting.path("cause").asString("")).contains("spotMeta", "no whole answer");
        run.signal("TERM");
        ProgramProcess.Ended ended = run.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.event("shutdown").path("reason").asString(""))
            .startsWith("stopped; the venue could not be asked since ");
      }
      assertThat(venue.visits().actions()).isZero();
    }
  }

  /** L13, while the first question is still open: nothing has failed yet. */
  @Test
  void aSignalEndsAStartThatHasNotBeenAnsweredOnce() throws Exception {
    try (LoopbackExchange venue = served(ADDRESS, 1);
        LyingProxy between = new LyingProxy(venue.url())) {
      between.answers((request, upstream) -> new LyingProxy.Reply.Stalled(upstream.ask(), 4));
      try (ProgramProcess.Running run = program().start(run(config(between.url())))) {
        while (between.requests().isEmpty()) {
          assertThat(run.endsWithin(Duration.ofMillis(20))).isFalse();
        }
        run.signal("TERM");
        ProgramProcess.Ended ended = run.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.events("waiting_for_venue")).isEmpty();
      }
    }
  }

  @Test
  @Scenario("S07")
  void aSecondProcessOnTheAccountSendsNotAByte() throws Exception {
    try (LoopbackExchange venue = served(ADDRESS, 1)) {
      Path config = config(venue.url());
      Path locks = folder.resolve(".twinleg").resolve("accounts");
      JournalLock lock = JournalLock.acquireAccount(locks, venue.url(), ADDRESS);
      try {
        ProgramProcess.Ended other = program().run(run(config, "--state-db", "state/other.db"));

        assertThat(other.exitCode()).isEqualTo(8);
        assertThat(other.err()).contains(ADDRESS).contains("another run on this machine");
        assertThat(venue.visits()).isEqualTo(new Visits(0, 0, 0));
      } finally {
        lock.close();
      }
    }
  }

  @Test
  void aKeyThatMayNotTradeTheAccountEndsBeforeAnythingIsSent() throws Exception {
    String other = "0x" + "ab".repeat(20);
    try (LoopbackExchange venue = served(other, 1)) {
      String text = Files.readString(config(venue.url())).replace(ADDRESS, other);
      Path config = SecretFile.write(folder.resolve("config.json"), text);

      ProgramProcess.Ended ended = program().run(run(config));

      assertThat(ended.exitCode()).isEqualTo(3);
      assertThat(ended.errLines()).hasSize(1);
      assertThat(ended.err()).contains("credentials.secret_key", ADDRESS, other);
      assertThat(venue.visits().questions()).isPositive();
      assertThat(venue.visits().actions()).isZero();
    }
  }

  @Test
  @Scenario("B09")
  void leverageThatTheVenueRefusesEndsTheRunWithNothingTraded() throws Exception {
    try (LoopbackExchange venue = served(ADDRESS, 1)) {
      Path config = config(venue.url());
      ProgramProcess.Ended ended =
          program().run(run(config, "--set", "execution.perp_leverage=11"));

      assertThat(ended.exitCode()).isEqualTo(3);
      assertThat(ended.err()).contains("execution.perp_leverage is 11");
      assertThat(venue.state().openOrders()).isEmpty();
    }
  }

  /** From a shell that lacks the secrets of the alerts, too. */
  @Test
  void aFlattenOnAStoppedRunStartsOneThatClosesAndEnds() throws Exception {
    try (LoopbackExchange venue = served(ADDRESS, SPEED)) {
      Path config = config(venue.url());
      try (ProgramProcess.Running first = program().start(run(config))) {
        first.await("entered_position");
        first.kill();
      }
      String alerts = "{\"alerts\":{\"webhook_url\":\"env:NOT_IN_THIS_SHELL\"},";
      SecretFile.write(config, Files.readString(config).replaceFirst("\\{", alerts));
      ProgramProcess.Ended flatten =
          program().run("flatten", "--yes", "--config", config.toString());

      assertThat(flatten.exitCode()).as(flatten.out() + flatten.err()).isZero();
      assertThat(flatten.out()).contains("expected an environment variable NOT_IN_THIS_SHELL");
      assertThat(isFlat(venue.state())).as("%s", venue.state()).isTrue();
      assertThat(venue.state().openOrders()).isEmpty();
    }
  }

  @Test
  @Scenario("B06")
  void theMainnetAndAJournalInMemoryNeedMoreThanRun() throws Exception {
    Path config = config("https://api.hyperliquid.xyz");
    ProgramProcess.Ended mainnet = program().run(run(config));
    assertThat(mainnet.exitCode()).isEqualTo(2);
    assertThat(mainnet.errLines()).hasSize(1);
    assertThat(mainnet.err()).contains("run --live");

    ProgramProcess.Ended memory = program().run(run(config, "--live", "--state-db", ":memory:"));
    assertThat(memory.exitCode()).isEqualTo(2);
    assertThat(memory.err()).contains("--state-db is :memory:");
  }

  @Test
  void theConnectivityTestLeavesNothingBehindHoweverTheWireBehaves() throws Exception {
    FaultProfile wire = new FaultProfile(0, 0, 70, 70, 70, 70, 0, 0, 0, 0, 0, 0, 0);
    try (LoopbackExchange venue = new LoopbackExchange(world(), ADDRESS, 1, wire)) {
      Path config = folder.resolve("test.json");
      SecretFile.write(
          config,
          """
          {"account_address":"%s","secret_key":"%s","base_url":"%s","spot_symbol":"HYPE/USDC","spot_usdc":12,
           "futures_symbol":"HYPE","futures_usdc":12,"price_offset_ticks":50,"iterations":1,"delay_seconds":0.1,
           "monitor_orders":true}
          """
              .formatted(ADDRESS, "0x" + Hex.encode(KEY).replaceFirst("^0x", ""), venue.url()));

      ProgramProcess.Ended ended =
          program().run("bid-and-cancel", "hyperliquid", "perp", "--config", config.toString());

      assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      assertThat(ended.out()).contains("iteration 1 of 1");
      assertThat(venue.state().openOrders()).isEmpty();
    }
  }
}
