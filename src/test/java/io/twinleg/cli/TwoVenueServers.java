package io.twinleg.cli;

import io.twinleg.core.event.Command;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.server.aster.AsterServer;
import io.twinleg.simulator.server.aster.FaultHook;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.hyperliquid.HyperliquidServer;
import io.twinleg.venue.Venue;
import io.twinleg.wire.aster.request.HmacKey;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The world of {@code exchange} behind both faces, with an account at each and an order in each.
 */
final class TwoVenueServers implements AutoCloseable {
  static final String ADDRESS = "0x14791697260e4c9a71f18484c9f997b308e59325";
  private static final String KEY = "0x" + "0123456789".repeat(6) + "0123";
  private static final Usd THOUSAND = Usd.of("1000");
  private static final Quantity COINS = Quantity.of("100");
  private static final long SEED = 11;

  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final ExchangeLoop paced;
  private final HyperliquidServer hyperliquid;
  private final AsterServer aster;
  private final int hyperliquidPort;
  private final int asterPort;

  TwoVenueServers(FaultProfile wire, Duration ahead) {
    ExchangeSetup served = ExchangeSetup.of("synthetic", SEED, Instant.now().plus(ahead));
    paced = new ExchangeLoop(served.exchange(), BigDecimal.ONE, broken::set);
    hyperliquid = new HyperliquidServer(paced, faults(wire), served.hyperliquid());
    aster = new AsterServer(paced, FaultHook.of(faults(wire)));
    hyperliquid.fund(ADDRESS, THOUSAND, THOUSAND);
    aster.fund(new HmacKey("the-key", "the-secret"), THOUSAND, THOUSAND);
    for (Side each : Side.values()) {
      foreignOrder(venue(each), coin(venue(each)), each);
    }
    hyperliquidPort = hyperliquid.start(0);
    asterPort = aster.start(0);
  }

  private static HttpFaults faults(FaultProfile wire) {
    return new HttpFaults(wire, SEED, System::nanoTime);
  }

  private static String venue(Side side) {
    return side == Side.BUY ? "hyperliquid" : "aster";
  }

  private static String coin(String venue) {
    return venue.equals("aster") ? "ASTER" : "HYPE";
  }

  static AccountId account(String venue) {
    return venue.equals("aster") ? AsterServer.account("the-key") : new AccountId(ADDRESS);
  }

  /** Coins to sell, and an order that is none of the test's. */
  private void foreignOrder(String venue, String coin, Side side) {
    InstrumentId spot = InstrumentId.spot(new MarketId(coin));
    paced.call(exchange -> {
      exchange.admin().depositCoins(account(venue), spot, COINS);
      return exchange
          .admin()
          .executeManually(
              account(venue),
              Request.Place.manual(
                  spot, Side.BUY, side == Side.BUY ? "20" : "0.4", "30", TimeInForce.GTC));
    });
  }

  /** An order of 31 coins that rests, by the way of a client of the venue; returns when it does. */
  void placeByClient(String venue, SmokeTestConfig config) {
    try (Venue client = config.account().open()) {
      Instrument spot = client.marketData().resolve(config.names()).spot();
      client.trading().backfill();
      client.trading().account();
      Command order =
          new Command.PlaceOrder(
              ClientOrderId.of(new OrderIdTag("0000f0e1"), 0, Leg.SPOT, OrderPurpose.ENTRY, 1, 0),
              spot.id(),
              Side.BUY,
              Price.of(venue.equals("aster") ? "0.41" : "10"),
              Quantity.of("31"),
              TimeInForce.GTC,
              false,
              OrderPurpose.ENTRY);
      client.trading().send(client.trading().prepare(List.of(order)));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (state(venue).openOrders().size() < 2 && System.nanoTime() < end) {
        var unused = client.events().await(client.events().clock().instant().plusMillis(50));
      }
    }
  }

  /** Another account sells through every bid above the test's order. */
  void sweepTheBids(String venue) {
    InstrumentId spot = InstrumentId.spot(new MarketId(coin(venue)));
    AccountId seller = new AccountId("seller at " + venue);
    paced.call(exchange -> {
      exchange.admin().open(seller, Usd.ZERO, Usd.ZERO);
      exchange.admin().depositCoins(seller, spot, Quantity.of("1000000"));
      return exchange
          .admin()
          .executeManually(
              seller,
              Request.Place.manual(
                  spot,
                  Side.SELL,
                  venue.equals("aster") ? "0.5" : "25",
                  "1000000",
                  TimeInForce.IOC));
    });
  }

  AccountState state(String venue) {
    return paced.call(exchange -> exchange.account(account(venue)));
  }

  /** A configuration of the connectivity test, as its example is filled in. */
  Path config(Path folder, String venue, String... changes) throws IOException {
    boolean isAster = venue.equals("aster");
    Path example = Path.of("simple_scripts", venue, "config_example.json");
    String text =
        isAster
            ? Files.readString(example)
                .replace("\"api_key\": \"\",", "\"api_key\": \"the-key\",")
                .replace("\"api_secret\": \"\",", "\"api_secret\": \"the-secret\",")
                .replace("https://fapi.asterdex-testnet.com\",\n", url(asterPort) + "\",\n")
                .replace("https://sapi.asterdex-testnet.com\",\n", url(asterPort) + "\",\n")
            : Files.readString(example)
                .replace("0x" + "0".repeat(40), ADDRESS)
                .replace("env:TWINLEG_SECRET_KEY\"", KEY + "\"")
                .replace(
                    "https://api.hyperliquid-testnet.xyz\",\n", url(hyperliquidPort) + "\",\n");
    for (int i = 0; i < changes.length; i += 2) {
      if (!text.contains(changes[i])) {
        throw new IllegalArgumentException("there is no " + changes[i]);
      }
      text = text.replace(changes[i], changes[i + 1]);
    }
    return Files.writeString(Files.createTempFile(folder, venue, ".json"), text);
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** One face goes away for good, in the middle of whatever is on its way. */
  void vanish(String venue) {
    if (venue.equals("aster")) {
      aster.close();
    } else {
      hyperliquid.close();
    }
  }

  @Override
  public void close() {
    hyperliquid.close();
    aster.close();
    paced.close();
    if (broken.get() != null) {
      throw new IllegalStateException("the exchange came to a halt", broken.get());
    }
  }
}
