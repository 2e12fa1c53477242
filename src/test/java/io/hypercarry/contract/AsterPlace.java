package io.hypercarry.contract;

import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.MarketId;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.ScriptedWorld;
import io.hypercarry.exchange.aster.AsterFace;
import io.hypercarry.exchange.aster.AsterListing;
import io.hypercarry.exchange.aster.Wire;
import io.hypercarry.exchange.server.PacedExchange;
import io.hypercarry.protocol.Signer;
import io.hypercarry.protocol.aster.Generation;
import io.hypercarry.protocol.aster.HmacKey;
import io.hypercarry.protocol.aster.Signing;
import io.hypercarry.venue.MarketNames;
import io.hypercarry.venue.Venue;
import io.hypercarry.venue.aster.AsterSettings;
import io.hypercarry.venue.aster.AsterVenue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Aster's face, over loopback, for a member of either generation of its API. */
final class AsterPlace implements Place {
  static final MarketId ASTER = new MarketId("ASTER");

  private static final Numbers NUMBERS = new Numbers("0.7000", "0.7010", "0.6950", "0.6800", "50");
  private static final HmacKey KEY = new HmacKey("the-key", "the-secret");
  private static final Signer WALLET = Signer.of(Keys.OURS);

  private final Generation generation;
  private final ScriptedWorld world;
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final PacedExchange paced;
  private final AsterFace face;
  private final LooseWire wire;

  AsterPlace(Generation generation, ScriptedWorld world) {
    this.generation = generation;
    this.world = world;
    Exchange exchange = new Exchange(AsterListing.instruments(), AsterListing.FEES, world);
    exchange.advanceTo(world.start());
    paced = new PacedExchange(exchange, Pace.SPEED, broken::set);
    face = new AsterFace(paced, Wire.SOUND);
    if (generation == Generation.V1) {
      face.fund(KEY, Usd.of("1000"), Usd.of("1000"));
    } else {
      face.fund(WALLET.address(), Usd.of("1000"), Usd.of("1000"));
    }
    face.start(0);
    wire = new LooseWire(face.port());
  }

  @Override
  public Numbers numbers() {
    return NUMBERS;
  }

  @Override
  public MarketNames names() {
    return new MarketNames(
        ASTER, "ASTER/USDT", "ASTERUSDT", Optional.empty(), Optional.empty(), BigDecimal.ONE);
  }

  @Override
  public Instrument listed(Leg leg) {
    return AsterListing.instruments().get(leg == Leg.SPOT ? 0 : 1);
  }

  @Override
  public ScriptedWorld world() {
    return world;
  }

  @Override
  public AccountId account() {
    return AsterFace.account(generation == Generation.V1 ? KEY.apiKey() : WALLET.address());
  }

  @Override
  public Venue open() {
    Signing signing =
        generation == Generation.V1
            ? new Signing.ByKey(KEY, Duration.ofSeconds(60))
            : new Signing.ByWallet(WALLET.address(), WALLET, AsterFace.CHAIN_ID);
    String url = "http://127.0.0.1:" + wire.port();
    return AsterVenue.open(
        AsterSettings.of(Optional.of(signing), url, url)
            .withAges(Pace.BOOK_AGE, Duration.ofSeconds(90)));
  }

  @Override
  public <T> T call(Function<Exchange, T> work) {
    return paced.call(work::apply);
  }

  @Override
  public String orderRequest() {
    return "POST /f?api/v[13]/order ";
  }

  @Override
  public Optional<LooseWire> wire() {
    return Optional.of(wire);
  }

  @Override
  public void close() {
    wire.close();
    face.close();
    paced.close();
  }
}
