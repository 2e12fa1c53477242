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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** One capital over two coins with {@code run} itself, over loopback on both venues' servers. */
@Execution(ExecutionMode.CONCURRENT)
class LivePortfolioTest {
  private static final MarketId SOL = new MarketId("SOL");
  private static final Instrument SOL_SPOT = FixtureF0.spot(SOL, "USOL/USDC", 156);
  private static final Instrument SOL_PERP = FixtureF0.perp(SOL, "SOL", 5, 10);

  /** A minute and a half before the hour; at four times the clock's speed. */
  private static final Instant START = Instant.parse("2026-01-05T12:58:30Z");

  private static final int SPEED = 4;

  /** Decided by the last hour's rate, and left at once for a better one. */
  private static final String PORTFOLIO =
      """
      "portfolio":{"capital_usd":900,"max_positions":%d,"forecast_window_h":1,"forecast_weight":1,
        "min_improvement_bps":0,"min_hold_h":0,"rotation_gap_h":0}\
      """;

  @TempDir Path folder;

  /** Our bids are hit whenever they are there; SOL pays far more from the hour on. */
  private static ScriptedWorld world() {
    ScriptedWorld world =
        ScriptedWorld.startingAt(START)
            .at(Duration.ZERO, FixtureF0::open)
            .at(
                Duration.ZERO,
                gateway -> {
                  gateway.oracle(SOL_PERP, Price.of("150.03"));
                  gateway.quote(SOL_SPOT, FixtureF0.book("150.00", "150.06"));
                  gateway.quote(SOL_PERP, FixtureF0.book("150.07", "150.11"));
                })
            .settledBefore(FixtureF0.FUNDING, 48)
            .fundingRate(FixtureF0.PERP.id(), START, Rate.hourly("0.00005"))
            .fundingRate(SOL_PERP.id(), START, Rate.hourly("0.0008"));
    for (int second = 4; second < 400; second += 2) {
      world.at(
          Duration.ofSeconds(second),
          gateway -> {
            gateway.trade(FixtureF0.SPOT, Side.SELL, Price.of("40.001"), Quantity.of("2.50"));
            gateway.trade(SOL_SPOT, Side.SELL, Price.of("150.01"), Quantity.of("0.67"));
          });
    }
    return world;
  }

  private ProgramProcess program() {
    return new ProgramProcess(folder).jvm("-Duser.home=" + folder);
  }

  private Path hyperliquid(String url) throws IOException {
    Path one = LiveRunTest.config(folder, url);
    String text =
        Files.readString(one)
            .replace(
                "\"markets\":{\"base\":\"HYPE\",\"spot\":\"HYPE/USDC\",\"perp\":\"HYPE\"}",
                PORTFOLIO.formatted(1)
                    + """
                    ,"markets":[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
                    {"base":"SOL","spot":"USOL/USDC","perp":"SOL"}]\
                    """);
    return SecretFile.write(folder.resolve("two.json"), text);
  }

  @Test
  void entersTheFirstRotatesToTheSecondAndFootsToTheVenue() throws Exception {
    Exchange exchange =
        new Exchange(
            List.of(FixtureF0.SPOT, FixtureF0.PERP, SOL_SPOT, SOL_PERP), FixtureF0.FEES, world());
    try (LoopbackExchange venue =
        new LoopbackExchange(exchange, LiveRunTest.ADDRESS, SPEED, FaultProfile.NONE)) {
      Path config = hyperliquid(venue.url());
      try (ProgramProcess.Running run =
          program().start("run", "--json", "--config", config.toString())) {
        run.await("entered_position", line -> of(line, "HYPE"));
        run.await("exit_completed", line -> of(line, "HYPE"));
        run.await("entered_position", line -> of(line, "SOL"));
        run.signal("TERM");
        ProgramProcess.Ended ended = run.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      }
      AuditSnapshot audit = venue.audit();
      assertThat(audit.position(SOL_PERP.id())).isEqualTo(Quantity.of("-1.33"));
      assertThat(audit.position(FixtureF0.PERP.id()).isZero()).isTrue();
      assertThat(venue.state().openOrders()).isEmpty();
      assertFoots(audit);
      assertThat(audit.fundingReceived().value()).isPositive();
    }
  }

  private static boolean of(JsonNode line, String market) {
    return line.path("market").asString("").equals(market);
  }

  /** By market and for the whole, to the last digit. */
  private void assertFoots(AuditSnapshot audit) throws Exception {
    ProgramProcess.Ended report = program().run("status", "--json", "--state-db", "state/live.db");
    BigDecimal fees = BigDecimal.ZERO;
    BigDecimal funding = BigDecimal.ZERO;
    for (JsonNode market : ProgramProcess.json(report.out()).path("status").path("markets")) {
      MarketId id = new MarketId(market.path("market").asString(""));
      fees = fees.add(market.path("fees_total").decimalValue());
      funding = funding.add(market.path("funding").decimalValue());
      assertThat(market.path("spot_sz").decimalValue())
          .as("coins of %s", id)
          .isEqualByComparingTo(audit.coins(InstrumentId.spot(id)).value());
      assertThat(market.path("perp_sz").decimalValue().abs())
          .as("short of %s", id)
          .isEqualByComparingTo(audit.position(InstrumentId.perp(id)).abs().value());
    }
    assertThat(fees).isEqualByComparingTo(audit.feesPaid().value()).isPositive();
    assertThat(funding).isEqualByComparingTo(audit.fundingReceived().value());
  }

  /** BNB goes first by its name, and ETH pays far more from the hour on. */
  private static ScriptedWorld asterWorld() {
    Instrument ethSpot = aster("ETH", Leg.SPOT);
    Instrument ethPerp = aster("ETH", Leg.PERP);
    Instrument bnbSpot = aster("BNB", Leg.SPOT);
    Instrument bnbPerp = aster("BNB", Leg.PERP);
    ScriptedWorld world =
        ScriptedWorld.startingAt(START)
            .at(
                Duration.ZERO,
                gateway -> {
                  gateway.oracle(ethPerp, Price.of("3200.1"));
                  gateway.quote(ethSpot, FixtureF0.touch("3200.00", "50", "3200.20", "50"));
                  gateway.quote(ethPerp, FixtureF0.touch("3200.3", "50", "3200.5", "50"));
                  gateway.oracle(bnbPerp, Price.of("900.1"));
                  gateway.quote(bnbSpot, FixtureF0.touch("900.00", "50", "900.10", "50"));
                  gateway.quote(bnbPerp, FixtureF0.touch("900.2", "50", "900.3", "50"));
                })
            .settledBefore(FixtureF0.FUNDING, 48)
            .fundingRate(bnbPerp.id(), START, Rate.hourly("0.00005"))
            .fundingRate(ethPerp.id(), START, Rate.hourly("0.0008"));
    for (int second = 4; second < 400; second += 2) {
      world.at(
          Duration.ofSeconds(second),
          gateway -> {
            gateway.trade(ethSpot, Side.SELL, Price.of("3200.01"), Quantity.of("0.035"));
            gateway.trade(bnbSpot, Side.SELL, Price.of("900.01"), Quantity.of("0.12"));
          });
    }
    return world;
  }

  private static Instrument aster(String coin, Leg leg) {
    return AsterInstruments.instruments().stream()
        .filter(each -> each.id().equals(new InstrumentId(new MarketId(coin), leg)))
        .findFirst()
        .orElseThrow();
  }

  private Path asterConfig(String url, int positions, String first, String second)
      throws IOException {
    return SecretFile.write(
        folder.resolve("aster.json"),
        """
        {"venue":"aster",
         "credentials":{"api_key":"the-key","api_secret":"the-secret","base_url":"%1$s","spot_base_url":"%1$s"},
         "markets":[{"base":"%3$s","spot":"%3$s/USDT","perp":"%3$sUSDT"},
           {"base":"%4$s","spot":"%4$s/USDT","perp":"%4$sUSDT"}],
         %2$s,
         "strategy":{"enter_threshold_apr":0.0001,"exit_threshold_apr":-300,"target_usd_notional":200,
           "signal_window_h":1,"ev_gate":false,"defer_s":0},
         "execution":{"enter_exit_cooldown_s":0,"reprice_interval_ms":300,"max_replaces_per_min":600},
         "risk":{"per_symbol_notional_cap":500,"portfolio_notional_cap":2000,"max_drawdown_usd":50,
           "min_spread_ticks":0,"max_book_age_ms":60000,"max_funding_age_ms":3600000}}
        """
            .formatted(url, PORTFOLIO.formatted(positions), first, second));
  }

  @Test
  void rotatesOnAsterAndFootsToTheVenue() throws Exception {
    Exchange exchange =
        new Exchange(AsterInstruments.instruments(), AsterInstruments.FEES, asterWorld());
    try (AsterServerFixture venue = new AsterServerFixture(exchange, SPEED)) {
      Path config = asterConfig(venue.url(), 1, "BNB", "ETH");
      try (ProgramProcess.Running run =
          program().start("run", "--json", "--config", config.toString())) {
        run.await("entered_position", line -> of(line, "BNB"));
        run.await("exit_completed", line -> of(line, "BNB"));
        run.await("entered_position", line -> of(line, "ETH"));
        run.signal("TERM");
        ProgramProcess.Ended ended = run.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      }
      AuditSnapshot audit = venue.books(ApiVersion.V1);
      assertThat(audit.position(aster("ETH", Leg.PERP).id())).isEqualTo(Quantity.of("-0.062"));
      assertThat(audit.position(aster("BNB", Leg.PERP).id()).isZero()).isTrue();
      assertThat(venue.state(ApiVersion.V1).openOrders()).isEmpty();
      assertFoots(audit);
    }
  }

  @Test
  void entersTwoCoinsOnAsterAndFootsToTheVenue() throws Exception {
    try (AsterServerFixture venue = new AsterServerFixture(20)) {
      Path config = asterConfig(venue.url(), 2, "ASTER", "BNB");
      try (ProgramProcess.Running run =
          program().start("run", "--json", "--config", config.toString())) {
        JsonNode first = run.await("entered_position");
        run.await("entered_position", line -> !of(line, first.path("market").asString("")));
        run.signal("TERM");
        ProgramProcess.Ended ended = run.end();
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
      }
      assertFoots(venue.books(ApiVersion.V1));
    }
  }
}
