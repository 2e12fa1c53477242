package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Usd;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.simulator.server.common.HttpFaults;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The exchange of fixture F0 behind its face on a free port, fifty times as fast as the wall. */
final class ServerFixture implements AutoCloseable {
  private static final BigDecimal SPEED = new BigDecimal("50");

  private final ExchangeLoop paced;
  private final HyperliquidServer face;
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final int port;

  ServerFixture() {
    this(HttpFaults.none(), SPEED);
  }

  ServerFixture(FaultProfile profile, long seed) {
    this(new HttpFaults(profile, seed, System::nanoTime), SPEED);
  }

  private ServerFixture(HttpFaults faults, BigDecimal speed) {
    paced =
        new ExchangeLoop(
            new Exchange(FixtureF0.instruments(), FixtureF0.FEES, FixtureF0.world()),
            speed,
            broken::set);
    face = new HyperliquidServer(paced, faults);
    port = face.start(0);
  }

  static ServerFixture asSlowAsTheWall() {
    return new ServerFixture(HttpFaults.none(), BigDecimal.ONE);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  HyperliquidServer face() {
    return face;
  }

  /** A client with a key and an account of these balances. */
  HyperliquidTestClient client(int key, String spot, String perp) {
    HyperliquidTestClient client = unregistered(key);
    face.fund(client.address(), Usd.of(spot), Usd.of(perp));
    return client;
  }

  /** A client with a key and no account. */
  HyperliquidTestClient unregistered(int key) {
    return new HyperliquidTestClient(url(), key);
  }

  <T> T onTheExchange(Function<Exchange, T> work) {
    return paced.call(work);
  }

  /** Of the exchange, in ms. */
  long now() {
    return paced.call(exchange -> exchange.now().toEpochMilli());
  }

  /** Returns when the exchange has come to this time, or fails. */
  void await(long ms) throws InterruptedException {
    CountDownLatch there = new CountDownLatch(1);
    paced.call(exchange -> {
      exchange.at(Instant.ofEpochMilli(ms), there::countDown);
      return there;
    });
    if (!there.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the exchange does not come to " + ms);
    }
  }

  @Override
  public void close() {
    face.close();
    paced.close();
    if (broken.get() != null) {
      throw new AssertionError("the exchange broke", broken.get());
    }
  }
}
