package io.hypercarry.exchange.aster;

import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.Crowd;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.protocol.Hex;
import io.hypercarry.protocol.Signer;
import io.hypercarry.protocol.aster.HmacKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Aster's face on a free port, with a member of either generation. */
public final class FaceFixture implements AutoCloseable {
  public static final HmacKey KEY = new HmacKey("the-key", "the-secret");
  public static final Signer WALLET =
      Signer.of(
          Hex.decode("0x4fd0a42218f3eae43a6ce26d22544e986139a01e5b34a62db53757ffca81bae1"));

  private final Exchange exchange;
  private final PacedExchange thread;
  private final AsterFace face;

  public FaceFixture(int speed) {
    this(speed, Wire.SOUND);
  }

  public FaceFixture(int speed, Wire wire) {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    exchange =
        new Exchange(
            AsterListing.instruments(),
            AsterListing.FEES,
            new Crowd(7, AsterListing.markets(), start));
    exchange.advanceTo(start);
    thread = new PacedExchange(exchange, BigDecimal.valueOf(speed));
    face = new AsterFace(thread, exchange, BigDecimal.valueOf(speed), wire);
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

  public PacedExchange thread() {
    return thread;
  }

  public static InstrumentId spot() {
    return AsterListing.ASTER.id(io.hypercarry.core.model.Leg.SPOT);
  }

  @Override
  public void close() {
    face.close();
    thread.close();
  }
}
