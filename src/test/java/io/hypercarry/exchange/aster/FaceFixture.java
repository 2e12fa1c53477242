package io.hypercarry.exchange.aster;

import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.AccountView;
import io.hypercarry.exchange.Crowd;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.FundingIntervals;
import io.hypercarry.exchange.server.PacedExchange;
import io.hypercarry.protocol.Hex;
import io.hypercarry.protocol.Signer;
import io.hypercarry.protocol.aster.Generation;
import io.hypercarry.protocol.aster.HmacKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Aster's face on a free port, with a member of either generation. */
public final class FaceFixture implements AutoCloseable {
  public static final HmacKey KEY = new HmacKey("the-key", "the-secret");
  public static final Signer WALLET =
      Signer.of(Hex.decode("0x4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1"));

  private final Exchange exchange;
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final PacedExchange paced;
  private final Turnstile thread;
  private final AsterFace face;

  public FaceFixture(int speed) {
    this(speed, Wire.SOUND);
  }

  public FaceFixture(int speed, Wire wire) {
    this(speed, wire, FundingIntervals.HOURLY);
  }

  public FaceFixture(int speed, Wire wire, FundingIntervals intervals) {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    exchange =
        new Exchange(
            AsterListing.instruments(),
            AsterListing.FEES,
            new Crowd(7, AsterListing.markets(), start),
            intervals);
    exchange.advanceTo(start);
    paced = new PacedExchange(exchange, BigDecimal.valueOf(speed), broken::set);
    thread = new Turnstile(paced);
    face = new AsterFace(paced, wire);
    face.fund(KEY, Usd.of("1000"), Usd.of("1000"));
    face.fund(WALLET.address(), Usd.of("1000"), Usd.of("1000"));
    face.start(0);
  }

  public String url() {
    return "http://127.0.0.1:" + face.port();
  }

  public AsterFace face() {
    return face;
  }

  public Exchange exchange() {
    return exchange;
  }

  public Turnstile thread() {
    return thread;
  }

  /** So that both members have something to sell. */
  public void giveCoins() {
    thread.pass(() -> {
      for (Generation each : Generation.values()) {
        exchange
            .backOffice()
            .depositCoins(account(each), AsterListing.ASTER.id(Leg.SPOT), Quantity.of("1000"));
      }
      return exchange;
    });
  }

  /** As the exchange knows it. */
  public AccountState state(Generation generation) {
    return thread.pass(() -> exchange.account(account(generation)));
  }

  public AccountView books(Generation generation) {
    return thread.pass(() -> exchange.audit(account(generation)));
  }

  private static AccountId account(Generation generation) {
    return AsterFace.account(generation == Generation.V1 ? KEY.apiKey() : WALLET.address());
  }

  @Override
  public void close() {
    face.close();
    paced.close();
    if (broken.get() != null) {
      throw new IllegalStateException("the exchange came to a halt", broken.get());
    }
  }
}
