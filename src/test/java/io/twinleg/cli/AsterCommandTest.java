package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Ended;
import io.twinleg.cli.ProgramProcess.Running;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Quantity;
import io.twinleg.proxy.LyingProxy;
import io.twinleg.proxy.LyingProxy.Reply;
import io.twinleg.simulator.server.aster.AsterServerFixture;
import io.twinleg.wire.aster.request.ApiVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code run}, {@code run --paper}, {@code flatten} and {@code markets} on Aster over loopback. */
@Execution(ExecutionMode.CONCURRENT)
class AsterCommandTest {
  private static final MarketId ASTER = new MarketId("ASTER");

  /** A stop of the owner's (L06), as it stands in {@code openOrders}. */
  private static final String STOP =
      """
      {"orderId":5551,"symbol":"ASTERUSDT","status":"NEW","clientOrderId":"web_stop_1","price":"0",\
      "avgPrice":"0.00000","origQty":"10","executedQty":"0","cumQuote":"0","timeInForce":"GTC",\
      "type":"STOP_MARKET","reduceOnly":true,"closePosition":false,"side":"BUY",\
      "positionSide":"BOTH","stopPrice":"2.5","workingType":"MARK_PRICE",\
      "origType":"STOP_MARKET","time":1795930000000,"updateTime":1795930000000}\
      """;

  @TempDir Path folder;

  private final AsterServerFixture venue = new AsterServerFixture(20);

  @AfterEach
  void close() {
    venue.close();
  }

  private Path config(String url) throws IOException {
    return SecretFile.write(
        folder.resolve("config.json"),
        """
        {"venue":"aster",
         "credentials":{"api_key":"the-key","api_secret":"the-secret","base_url":"%1$s","spot_base_url":"%1$s"},
         "markets":{"base":"ASTER","spot":"ASTER/USDT","perp":"ASTERUSDT"},
         "strategy":{"enter_threshold_apr":0.01,"exit_threshold_apr":-5,"target_usd_notional":60,
           "signal_window_h":1,"ev_gate":false,"defer_s":0},
         "execution":{"enter_exit_cooldown_s":0,"reprice_interval_ms":300,"max_replaces_per_min":600},
         "risk":{"per_symbol_notional_cap":500,"portfolio_notional_cap":2000,"max_drawdown_usd":50,
           "min_spread_ticks":0,"max_book_age_ms":60000,"max_funding_age_ms":3600000}}
        """
            .formatted(url));
  }

  private ProgramProcess program(String... jvm) {
    return new ProgramProcess(folder).jvm("-Duser.home=" + folder).jvm(jvm);
  }

  /**
   * The owner's stop stands in every list, and the first hedge's answer stops after twelve bytes
   * (L14): the run hedges, is killed, and what it held is closed by {@code flatten}.
   */
  @Test
  void aRunBehindALyingWireHedgesIsKilledAndIsClosed() throws Exception {
    AtomicInteger hedges = new AtomicInteger();
    try (LyingProxy between = new LyingProxy(venue.url())) {
      between.answers((request, upstream) -> {
        boolean isPerp = request.target().startsWith("/fapi/");
        if (isPerp && request.target().contains("/openOrders")) {
          Reply.Whole list = upstream.ask();
          String rows = list.body().strip();
          return list.withBody(
              rows.equals("[]") ? "[" + STOP + "]" : "[" + STOP + "," + rows.substring(1));
        }
        boolean isOrder =
            request.method().equals("POST") && request.target().endsWith("/fapi/v1/order");
        return isOrder && hedges.incrementAndGet() == 1
            ? new Reply.Stalled(upstream.ask(), 12)
            : upstream.ask();
      });
      Path config = config(between.url());
      try (Running run = program().start("run", "--json", "--config", config.toString())) {
        run.await("entered_position");
        awaitTogether(run);
        run.kill();
      }
      assertThat(hedges).hasPositiveValue();
      Ended flatten = program().run("flatten", "--yes", "--config", config.toString());

      assertThat(flatten.exitCode()).as(flatten.out() + flatten.err()).isZero();
      AccountState left = venue.state(ApiVersion.V1);
      assertThat(left.perpSize(InstrumentId.perp(ASTER)).isZero()).isTrue();
      assertThat(left.openOrders()).isEmpty();
    }
  }

  /** Both legs hold the same but for less than the venue's least order. */
  private void awaitTogether(Running run) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (true) {
      AccountState held = venue.state(ApiVersion.V1);
      Quantity coins = held.spotTotal(InstrumentId.spot(ASTER));
      Quantity apart = coins.plus(held.perpSize(InstrumentId.perp(ASTER))).abs();
      if (coins.isPositive() && !apart.exceeds(Quantity.of("7.2"))) {
        return;
      }
      assertThat(System.nanoTime() < end && !run.endsWithin(Duration.ofMillis(20)))
          .as("coins %s, apart %s%n%s", coins, apart, run.lastOutput())
          .isTrue();
    }
  }

  @Test
  void paperEntersOnAstersMarketWithoutAKey() throws Exception {
    Path loaded = folder.resolve("classes.log");
    Path config = config(venue.url());
    try (Running run =
        program("-Xlog:class+load:file=" + loaded)
            .start(
                "run",
                "--paper",
                "--json",
                "--config",
                config.toString(),
                "--set",
                "execution.tif=Ioc",
                "--set",
                "execution.post_only=false")) {
      assertThat(run.await("entered_position").path("perp_sz").decimalValue()).isPositive();
      run.signal("TERM");
      Ended ended = run.end();
      assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    }
    assertThat(venue.state(ApiVersion.V1).positions()).isEmpty();
    assertThat(Files.readString(loaded))
        .contains("io.twinleg.venue.aster.AsterMarket", "io.twinleg.venue.paper.PaperVenue")
        .doesNotContain("io.twinleg.keys.", "io.twinleg.wire.Signer", "Secp256k1", "HmacKey");
  }

  @Test
  void marketsListsWhatCanBeTradedAndNoTestSymbol() throws Exception {
    Ended listed =
        program().run("markets", "--json", "--venue", "aster", "--base-url", venue.url());
    assertThat(listed.out().strip())
        .as(listed.err())
        .isEqualTo(
            "{\"spot\":[\"ASTER/USDT\",\"BNB/USDT\",\"BTC/USDT\",\"ETH/USDT\"],"
                + "\"perp\":[\"ASTERUSDT\",\"BNBUSDT\",\"BTCUSDT\",\"ETHUSDT\"]}");
    Ended unknown = program().run("markets", "--venue", "bybit");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("--venue is bybit");
  }
}
