package io.twinleg.contract;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.server.aster.AsterInstruments;
import io.twinleg.simulator.server.aster.AsterServer;
import io.twinleg.simulator.server.aster.FaultHook;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.Venue;
import io.twinleg.venue.aster.AsterSettings;
import io.twinleg.venue.aster.AsterVenue;
import io.twinleg.wire.Signer;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.HmacKey;
import io.twinleg.wire.aster.request.Signing;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Aster's server, over loopback, for a member of either generation of its API. */
final class AsterHarness implements VenueHarness {
  static final MarketId ASTER = new MarketId("ASTER");

  private static final Numbers NUMBERS = new Numbers("0.7000", "0.7010", "0.6950", "0.6800", "50");
  private static final HmacKey KEY = new HmacKey("the-key", "the-secret");
  private static final Signer WALLET = Signer.of(ContractKeys.OURS);

  private final ApiVersion generation;
  private final ScriptedWorld world;
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final ExchangeLoop loop;
  private final AsterServer server;
  private final FaultyTransport transport;

  AsterHarness(ApiVersion generation, ScriptedWorld world) {
    this.generation = generation;
    this.world = world;
    Exchange exchange = new Exchange(AsterInstruments.instruments(), AsterInstruments.FEES, world);
    exchange.advanceTo(world.start());
    loop = new ExchangeLoop(exchange, ClockPace.SPEED, broken::set);
    server = new AsterServer(loop, FaultHook.SOUND);
    if (generation == ApiVersion.V1) {
      server.fund(KEY, Usd.of("1000"), Usd.of("1000"));
    } else {
      server.fund(WALLET.address(), Usd.of("1000"), Usd.of("1000"));
    }
    server.start(0);
    transport = new FaultyTransport(server.port());
  }

  @Override
  public Numbers numbers() {
    return NUMBERS;
  }

  @Override
  public MarketSymbols symbols() {
    return new MarketSymbols(
        ASTER, "ASTER/USDT", "ASTERUSDT", Optional.empty(), Optional.empty(), BigDecimal.ONE);
  }

  @Override
  public Instrument listed(Leg leg) {
    return AsterInstruments.instruments().get(leg == Leg.SPOT ? 0 : 1);
  }

  @Override
  public ScriptedWorld world() {
    return world;
  }

  @Override
  public AccountId account() {
    return AsterServer.account(generation == ApiVersion.V1 ? KEY.apiKey() : WALLET.address());
  }

  @Override
  public Venue open() {
    Signing signing =
        generation == ApiVersion.V1
            ? new Signing.ByKey(KEY, Duration.ofSeconds(5))
            : new Signing.ByWallet(WALLET.address(), WALLET, AsterServer.CHAIN_ID);
    String url = "http://127.0.0.1:" + transport.port();
    return AsterVenue.open(
        AsterSettings.of(Optional.of(signing), url, url)
            .withAges(ClockPace.BOOK_AGE, Duration.ofSeconds(90)));
  }

  @Override
  public <T> T call(Function<Exchange, T> work) {
    return loop.call(work::apply);
  }

  @Override
  public String orderRequest() {
    return "POST /f?api/v[13]/order ";
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
  }
}
