package io.twinleg.contract;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.hyperliquid.HyperliquidServer;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.Venue;
import io.twinleg.venue.hyperliquid.HyperliquidVenue;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.wire.Signer;
import io.twinleg.wire.hyperliquid.Network;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Hyperliquid's server, over loopback. */
final class HyperliquidHarness implements VenueHarness {
  static final Numbers NUMBERS = new Numbers("40.000", "40.010", "39.900", "39.000", "1.00");
  static final MarketSymbols NAMES =
      new MarketSymbols(
          FixtureF0.HYPE, "HYPE/USDC", "HYPE", Optional.empty(), Optional.empty(), BigDecimal.ONE);

  private static final Signer SIGNER = Signer.of(ContractKeys.OURS);

  private final ScriptedWorld world;
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final ExchangeLoop loop;
  private final HyperliquidServer server;
  private final FaultyTransport transport;

  HyperliquidHarness(ScriptedWorld world) {
    this.world = world;
    List<Instrument> listed = FixtureF0.instruments();
    loop =
        new ExchangeLoop(new Exchange(listed, FixtureF0.FEES, world), ClockPace.SPEED, broken::set);
    server = new HyperliquidServer(loop, HttpFaults.none());
    server.fund(SIGNER.address(), Usd.of("1000"), Usd.of("1000"));
    transport = new FaultyTransport(server.start(0));
  }

  @Override
  public Numbers numbers() {
    return NUMBERS;
  }

  @Override
  public MarketSymbols symbols() {
    return NAMES;
  }

  @Override
  public Instrument listed(Leg leg) {
    return leg == Leg.SPOT ? FixtureF0.SPOT : FixtureF0.PERP;
  }

  @Override
  public ScriptedWorld world() {
    return world;
  }

  @Override
  public AccountId account() {
    return new AccountId(SIGNER.address());
  }

  @Override
  public Venue open() {
    SigningIdentity identity = SigningIdentity.ofAccount(SIGNER.address(), SIGNER, Network.TESTNET);
    return HyperliquidVenue.open(
        "http://127.0.0.1:" + transport.port(),
        ClockPace.BOOK_AGE,
        Duration.ofSeconds(90),
        identity);
  }

  @Override
  public <T> T call(Function<Exchange, T> work) {
    return loop.call(work);
  }

  @Override
  public String orderRequest() {
    return "POST /exchange ";
  }

  @Override
  public Optional<FaultyTransport> transport() {
    return Optional.of(transport);
  }

  @Override
  public void close() {
    transport.close();
    server.close();
    loop.close();
    if (broken.get() != null) {
      throw new AssertionError("the exchange broke", broken.get());
    }
  }
}
