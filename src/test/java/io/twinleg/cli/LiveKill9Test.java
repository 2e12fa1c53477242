package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.RunObserver.Moment;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.ActiveWorld;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.wire.Hex;
import io.twinleg.wire.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/**
 * Fifty times {@code kill -9} of a live run, over HTTP, WebSocket and real signatures, in the
 * middle of entering, hedging and leaving. Two carries at a time, each on an exchange of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class LiveKill9Test {
  /** As many as the machine that checks has cores. */
  private static final int CARRIES = 2;

  private static final int KILLS_EACH = 25;

  /** Of the venue's clock: a round of entering and leaving takes about two seconds of ours. */
  private static final int SPEED = 20;

  private static final Instant START = Instant.parse("2026-01-05T12:10:00Z");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void whatIsKilledInTheMiddleOfEverythingNeverLosesAnOrderOrALeg() throws Exception {
    Map<Moment, Integer> struck = new TreeMap<>();
    try (ExecutorService two = Executors.newFixedThreadPool(CARRIES)) {
      List<Callable<Map<Moment, Integer>>> carries = new ArrayList<>();
      for (int seed = 1; seed <= CARRIES; seed++) {
        int own = seed;
        carries.add(() -> carry(own));
      }
      for (Future<Map<Moment, Integer>> each : two.invokeAll(carries)) {
        struck = KilledProcess.sum(struck, each.get());
      }
    }
    assertThat(struck).as("killed in the middle of everything").containsOnlyKeys(Moment.values());
  }

  private Map<Moment, Integer> carry(int seed) throws Exception {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) (40 + seed));
    String address = Signer.of(key).address();
    Path own = Files.createDirectory(folder.resolve("carry" + seed));
    try (LoopbackExchange venue =
        new LoopbackExchange(new ActiveWorld(START, seed), address, SPEED, FaultProfile.NONE)) {
      Path config = SecretFile.write(own.resolve("config.json"), config(venue, address, key));
      ProgramProcess program = new ProgramProcess(own).jvm("-Xshare:auto", "-Duser.home=" + own);
      return new KilledProcess(new Seen(venue), program, own, config, seed)
          .killRepeatedly(KILLS_EACH);
    }
  }

  private static String config(LoopbackExchange venue, String address, byte[] key) {
    return """
    {"credentials":{"account_address":"%s","secret_key":"%s","base_url":"%s"},
     "markets":{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},
     "strategy":{"enter_threshold_apr":0.10,"exit_threshold_apr":0.04,"target_usd_notional":75,
       "signal_window_h":1,"ev_gate":false,"defer_s":0},
     "execution":{"enter_exit_cooldown_s":0,"max_clip_usd":%s,"reprice_interval_ms":300,
       "max_replaces_per_min":600},
     "risk":{"per_symbol_notional_cap":500,"portfolio_notional_cap":2000,"max_drawdown_usd":50,
       "min_spread_ticks":0,"max_book_age_ms":60000,"max_funding_age_ms":3600000},
     "telemetry":{"log_level":"INFO"}}
    """
        .formatted(
            address,
            "0x" + Hex.encode(key).replaceFirst("^0x", ""),
            venue.url(),
            KilledProcess.CLIP.toPlainString());
  }

  /** Through the same endpoint as every client. */
  private record Seen(LoopbackExchange venue) implements KilledProcess.VenueAccess {
    @Override
    public <T> T call(Function<Exchange, T> work) {
      return venue.call(work);
    }

    @Override
    public AccountId account() {
      return venue.account();
    }

    @Override
    public Map<Long, String> orders() throws IOException, InterruptedException {
      return historicalOrders(venue.url(), account().name());
    }
  }

  /** Every order that ever came in, by its number. */
  static Map<Long, String> historicalOrders(String url, String account)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/info"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"type\":\"historicalOrders\",\"user\":\"%s\"}".formatted(account)))
            .build();
    String body = HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    Map<Long, String> orders = new TreeMap<>();
    for (JsonNode each : ProgramProcess.json(body).values()) {
      JsonNode order = each.path("order");
      orders.put(order.path("oid").asLong(), order.path("cloid").asString("no name"));
    }
    return orders;
  }
}
