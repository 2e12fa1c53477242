package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.FixtureF0;
import io.hypercarry.exchange.server.FaultProfile;
import io.hypercarry.exchange.server.PacedExchange;
import io.hypercarry.exchange.server.WireFaults;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The exchange of fixture F0 behind its face on a free port, fifty times as fast as the wall. */
final class FloorServer implements AutoCloseable {
  private static final BigDecimal SPEED = new BigDecimal("50");

  private final PacedExchange paced;
  private final HyperliquidFace face;
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final int port;

  FloorServer() {
    this(WireFaults.none());
  }

  FloorServer(FaultProfile profile, long seed) {
    this(new WireFaults(profile, seed, System::nanoTime));
  }

  private FloorServer(WireFaults faults) {
    paced =
        new PacedExchange(
            new Exchange(FixtureF0.instruments(), FixtureF0.FEES, FixtureF0.world()),
            SPEED,
            broken::set);
    face = new HyperliquidFace(paced, faults);
    port = face.start(0);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  HyperliquidFace face() {
    return face;
  }

  /** Somebody with a key and this much money. */
  Client client(int key, String spot, String perp) {
    Client client = stranger(key);
    face.fund(client.address(), Usd.of(spot), Usd.of(perp));
    return client;
  }

  /** Somebody with a key and no account. */
  Client stranger(int key) {
    return new Client(url(), key);
  }

  <T> T onTheExchange(Function<Exchange, T> work) {
    return paced.call(work);
  }

  /** Lets this much of the exchange's time pass. */
  long now() {
    return paced.call(exchange -> exchange.now().toEpochMilli());
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
