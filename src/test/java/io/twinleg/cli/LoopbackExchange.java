package io.twinleg.cli;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.AuditSnapshot;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.hyperliquid.HyperliquidServer;
import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/** Our exchange behind Hyperliquid's face on a free port, with one account of a thousand each. */
final class LoopbackExchange implements AutoCloseable {
  private static final Usd THOUSAND = Usd.of("1000");
  private static final long SEED = 11;

  /** Nothing here takes a tenth of it; what never comes fails. */
  private static final long MOST_SECONDS = 480;

  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final ExchangeLoop paced;
  private final HyperliquidServer face;
  private final AccountId account;
  private final int port;

  LoopbackExchange(MarketModel world, String address, int speed, FaultProfile wire) {
    this(new Exchange(FixtureF0.instruments(), FixtureF0.FEES, world), address, speed, wire);
  }

  LoopbackExchange(Exchange exchange, String address, int speed, FaultProfile wire) {
    paced = new ExchangeLoop(exchange, BigDecimal.valueOf(speed), broken::set);
    face = new HyperliquidServer(paced, new HttpFaults(wire, SEED, System::nanoTime));
    account = new AccountId(address);
    face.fund(address, THOUSAND, THOUSAND);
    port = face.start(0);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  HyperliquidServer.Visits visits() {
    return face.visits();
  }

  AccountId account() {
    return account;
  }

  /** On the exchange's own thread. */
  <T> T call(Function<Exchange, T> work) {
    return paced.call(work);
  }

  AccountState state() {
    return paced.call(exchange -> exchange.account(account));
  }

  AuditSnapshot audit() {
    return paced.call(exchange -> exchange.audit(account));
  }

  void await(String what, Predicate<AccountState> come) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (!come.test(state())) {
      if (System.nanoTime() > end || broken.get() != null) {
        throw new AssertionError("no " + what + ": " + state(), broken.get());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() {
    face.close();
    paced.close();
  }
}
