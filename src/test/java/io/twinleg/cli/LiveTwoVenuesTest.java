package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.proxy.LyingProxy;
import io.twinleg.simulator.AuditSnapshot;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.server.aster.AsterInstruments;
import io.twinleg.simulator.server.aster.AsterServerFixture;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.wire.aster.request.ApiVersion;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/**
 * One capital over HYPE at Hyperliquid and ETH at Aster with {@code run} itself, over loopback on
 * both venues' servers. Each server has an exchange of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class LiveTwoVenuesTest {
  private static final String HYPE = "HYPE";
  private static final String ETH = "aster/ETH";
  private static final MarketId ETH_AT_ITS_EXCHANGE = new MarketId("ETH");

  /** A minute and a half before the hour; at four times the clock's speed. */
  private static final Instant START = Instant.parse("2026-01-05T12:58:30Z");

  private static final int SPEED = 4;

  @TempDir Path folder;

  private ProgramProcess program() {
    return new ProgramProcess(folder).jvm("-Duser.home=" + folder);
  }

  private static LoopbackExchange hyperliquid() {
    Exchange exchange =
        new Exchange(FixtureF0.instruments(), FixtureF0.FEES, LiveRunTest.lasting());
    return new LoopbackExchange(exchange, LiveRunTest.ADDRESS, SPEED, FaultProfile.NONE);
  }

  private static AsterServerFixture aster() {
    Exchange exchange =
        new Exchange(AsterInstruments.instruments(), AsterInstruments.FEES, asterWorld());
    return new AsterServerFixture(exchange, SPEED);
  }

  /** Our bid is hit whenever it is there. */
  private static ScriptedWorld asterWorld() {
    Instrument spot = eth(Leg.SPOT);
    Instrument perp = eth(Leg.PERP);
    ScriptedWorld world =
        ScriptedWorld.startingAt(START)
            .at(
                Duration.ZERO,
                gateway -> {
                  gateway.oracle(perp, Price.of("3200.1"));
                  gateway.quote(spot, FixtureF0.touch("3200.00", "50", "3200.20", "50"));
                  gateway.quote(perp, FixtureF0.touch("3200.3", "50", "3200.5", "50"));
                })
            .settledBefore(FixtureF0.FUNDING, 48)
            .fundingRate(perp.id(), START, Rate.hourly("0.00005"));
    for (int second = 4; second < 3000; second += 2) {
      world.at(
          Duration.ofSeconds(second),
          gateway -> gateway.trade(spot, Side.SELL, Price.of("3200.01"), Quantity.of("0.035")));
    }
    return world;
  }

  private static Instrument eth(Leg leg) {
    return AsterInstruments.instruments().stream()
        .filter(each -> each.id().equals(new InstrumentId(ETH_AT_ITS_EXCHANGE, leg)))
        .findFirst()
        .orElseThrow();
  }

  private Path config(String hyperliquid, String aster) throws IOException {
    Path one = LiveRunTest.config(folder, hyperliquid);
    String text =
        Files.readString(one)
            .replace(
                "\"markets\":{\"base\":\"HYPE\",\"spot\":\"HYPE/USDC\",\"perp\":\"HYPE\"}",
                """
                "portfolio":{"capital_usd":1200,"max_positions":2,"forecast_window_h":1,
                  "forecast_weight":1},
                "markets":[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
                {"venue":"aster","base":"ETH","spot":"ETH/USDT","perp":"ETHUSDT"}]\
                """)
            .replace(
                "\"credentials\":{",
                """
                "credentials":{"api_key":"the-key","api_secret":"the-secret",
                  "futures_base_url":"%1$s","spot_base_url":"%1$s",\
                """
                    .formatted(aster));
    return SecretFile.write(folder.resolve("both.json"), text);
  }

  private ProgramProcess.Running start(Path config) throws IOException {
    return program().start("run", "--json", "--config", config.toString());
  }

  private static boolean of(JsonNode line, String market) {
    return line.path("market").asString("").equals(market);
  }

  /** Reads on until this has come of each market, in whatever order. */
  private static void awaitBoth(ProgramProcess.Running run, String event) throws IOException {
    Set<String> left = new TreeSet<>(Set.of(HYPE, ETH));
    while (!left.isEmpty()) {
      left.remove(run.await(event).path("market").asString(""));
    }
  }

  @Test
  @DisplayName("both are entered, killed, gone on with, paid and flattened, and each foots")
  void entersIsKilledIsPaidAndFlattened() throws Exception {
    try (LoopbackExchange hyperliquid = hyperliquid();
        AsterServerFixture aster = aster()) {
      Path config = config(hyperliquid.url(), aster.url());
      try (ProgramProcess.Running first = start(config)) {
        awaitBoth(first, "entered_position");
        first.kill();
      }
      try (ProgramProcess.Running second = start(config)) {
        awaitBoth(second, "funding_received");
        second.signal("TERM");
        ProgramProcess.Ended ended = second.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      }
      assertThat(hyperliquid.audit().position(FixtureF0.PERP.id()).signum()).isNegative();
      assertThat(hyperliquid.audit().fundingReceived().value()).isPositive();
      assertThat(aster.books(ApiVersion.V1).fundingReceived().value()).isPositive();
      assertThat(aster.books(ApiVersion.V1).position(eth(Leg.PERP).id()).signum()).isNegative();
      assertFoots(HYPE, FixtureF0.HYPE, hyperliquid.audit());
      assertFoots(ETH, ETH_AT_ITS_EXCHANGE, aster.books(ApiVersion.V1));
      ProgramProcess.Ended flatten =
          program().run("flatten", "--yes", "--config", config.toString());
      assertThat(flatten.exitCode()).as(flatten.out() + flatten.err()).isZero();
      assertThat(hyperliquid.audit().position(FixtureF0.PERP.id()).isZero()).isTrue();
      assertThat(aster.books(ApiVersion.V1).position(eth(Leg.PERP).id()).isZero()).isTrue();
      assertThat(hyperliquid.state().openOrders()).isEmpty();
      assertThat(aster.state(ApiVersion.V1).openOrders()).isEmpty();
      assertFoots(HYPE, FixtureF0.HYPE, hyperliquid.audit());
      assertFoots(ETH, ETH_AT_ITS_EXCHANGE, aster.books(ApiVersion.V1));
      assertThat(program().run("replay", "--state-db", "state/live.db").out())
          .startsWith("no difference: ");
    }
  }

  @Test
  @DisplayName(
      "one is away at a start: the other trades, and what was missed is booked when it is back")
  void startsWithoutTheOneThatIsAway() throws Exception {
    try (LoopbackExchange hyperliquid = hyperliquid();
        AsterServerFixture aster = aster();
        LyingProxy toHyperliquid = new LyingProxy(hyperliquid.url());
        LyingProxy toAster = new LyingProxy(aster.url())) {
      Path config = config(toHyperliquid.url(), toAster.url());
      goesAway(toHyperliquid);
      try (ProgramProcess.Running first = start(config)) {
        JsonNode away = first.await("venue_away");
        assertThat(away.path("venue").asString("")).isEqualTo("hyperliquid");
        assertThat(away.path("cause").asString("")).contains("exchangeStatus");
        first.await("entered_position", line -> of(line, ETH));
        assertThat(hyperliquid.visits().actions()).isZero();
        first.signal("TERM");
        ProgramProcess.Ended ended = first.end();
        assertThat(ended.exitCode()).as("its open orders cannot be seen to be none").isEqualTo(6);
      }
      toHyperliquid.forwardsEverything();
      goesAway(toAster);
      Quantity ethBefore = aster.books(ApiVersion.V1).position(eth(Leg.PERP).id());
      try (ProgramProcess.Running second = start(config)) {
        JsonNode away = second.await("venue_away");
        assertThat(away.path("venue").asString("")).isEqualTo("aster");
        second.await("entered_position", line -> of(line, HYPE));
        while (aster.books(ApiVersion.V1).fundingReceived().signum() == 0) {
          assertThat(second.endsWithin(Duration.ofMillis(20))).isFalse();
        }
        assertThat(row(ETH).path("perp_sz").decimalValue().abs())
            .as("known from the journal")
            .isEqualByComparingTo(ethBefore.abs().value());
        assertThat(aster.books(ApiVersion.V1).position(eth(Leg.PERP).id())).isEqualTo(ethBefore);
        toAster.forwardsEverything();
        assertThat(second.await("venue_back").path("venue").asString("")).isEqualTo("aster");
        second.await("reconciled", line -> of(line, ETH));
        ProgramProcess.Ended flatten =
            program().run("flatten", "--yes", "--state-db", "state/live.db");
        assertThat(flatten.exitCode()).as(flatten.out() + flatten.err()).isZero();
        second.await("flattened");
        second.signal("TERM");
        ProgramProcess.Ended ended = second.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      }
      assertThat(hyperliquid.audit().position(FixtureF0.PERP.id()).isZero()).isTrue();
      assertThat(aster.books(ApiVersion.V1).position(eth(Leg.PERP).id()).isZero()).isTrue();
      assertFoots(HYPE, FixtureF0.HYPE, hyperliquid.audit());
      assertFoots(ETH, ETH_AT_ITS_EXCHANGE, aster.books(ApiVersion.V1));
    }
  }

  @Test
  @DisplayName("one goes away in mid-run: the other is closed at once, that one when it is back")
  void goesOnWhereOneGoesAway() throws Exception {
    try (LoopbackExchange hyperliquid = hyperliquid();
        AsterServerFixture aster = aster();
        LyingProxy toAster = new LyingProxy(aster.url())) {
      Path config = config(hyperliquid.url(), toAster.url());
      try (ProgramProcess.Running run = start(config)) {
        awaitBoth(run, "entered_position");
        goesAway(toAster);
        run.await(
            "feed_stale",
            line ->
                line.path("venue").asString("").equals("aster")
                    && line.path("feed").asString("").equals("account"));
        Quantity ethBefore = aster.books(ApiVersion.V1).position(eth(Leg.PERP).id());
        ProgramProcess.Ended flatten =
            program().run("flatten", "--yes", "--state-db", "state/live.db");
        assertThat(flatten.exitCode()).as(flatten.out() + flatten.err()).isZero();
        run.await("exit_completed", line -> of(line, HYPE));
        assertThat(hyperliquid.audit().position(FixtureF0.PERP.id()).isZero()).isTrue();
        assertThat(aster.books(ApiVersion.V1).position(eth(Leg.PERP).id())).isEqualTo(ethBefore);
        toAster.forwardsEverything();
        run.await("exit_completed", line -> of(line, ETH));
        run.await("flattened");
        run.signal("TERM");
        ProgramProcess.Ended ended = run.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      }
      assertFoots(HYPE, FixtureF0.HYPE, hyperliquid.audit());
      assertFoots(ETH, ETH_AT_ITS_EXCHANGE, aster.books(ApiVersion.V1));
    }
  }

  /** Every connection is cut, no request is answered, and a stream that is opened says nothing. */
  private static void goesAway(LyingProxy venue) {
    venue.answers((request, upstream) -> new LyingProxy.Reply.Closed()).frames(frame -> List.of());
    venue.cut();
  }

  private JsonNode row(String market) throws Exception {
    ProgramProcess.Ended status = program().run("status", "--json", "--state-db", "state/live.db");
    return ProgramProcess.json(status.out())
        .path("status")
        .path("markets")
        .valueStream()
        .filter(each -> of(each, market))
        .findFirst()
        .orElseThrow();
  }

  /** What is held, paid and received at a venue, to the last digit. */
  private void assertFoots(String market, MarketId there, AuditSnapshot audit) throws Exception {
    JsonNode row = row(market);
    BigDecimal fees = row.path("fees_total").decimalValue();
    assertThat(fees).isEqualByComparingTo(audit.feesPaid().value()).isPositive();
    assertThat(row.path("funding").decimalValue())
        .isEqualByComparingTo(audit.fundingReceived().value());
    assertThat(row.path("spot_sz").decimalValue())
        .isEqualByComparingTo(audit.coins(InstrumentId.spot(there)).value());
    assertThat(row.path("perp_sz").decimalValue().abs())
        .isEqualByComparingTo(audit.position(InstrumentId.perp(there)).abs().value());
  }
}
