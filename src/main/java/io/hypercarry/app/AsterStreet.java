package io.hypercarry.app;

import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.Crowd;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.aster.AsterFace;
import io.hypercarry.exchange.aster.AsterListing;
import io.hypercarry.exchange.aster.PacedExchange;
import io.hypercarry.exchange.aster.Wire;
import io.hypercarry.protocol.aster.HmacKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our exchange with Aster's face, as {@code exchange --aster} opens it. */
final class AsterStreet implements AutoCloseable {
  private static final Pattern FUND =
      Pattern.compile("(0x[0-9a-fA-F]{40}|[^:=\\s]+:[^:=\\s]+)=([0-9.]{1,20}):([0-9.]{1,20})");

  private final PacedExchange thread;
  private final AsterFace face;

  private AsterStreet(PacedExchange thread, AsterFace face) {
    this.thread = thread;
    this.face = face;
  }

  /**
   * @param funds {@code KEY:SECRET=SPOT:PERP} for an API key, {@code 0xADDRESS=SPOT:PERP} for a
   *     wallet
   * @param agents {@code ACCOUNT=AGENT}
   */
  static AsterStreet open(
      int port, long seed, BigDecimal speed, List<String> funds, List<String> agents) {
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Exchange exchange =
        new Exchange(
            AsterListing.instruments(),
            AsterListing.FEES,
            new Crowd(seed, AsterListing.markets(), start));
    exchange.advanceTo(start);
    PacedExchange thread = new PacedExchange(exchange, speed);
    AsterStreet street =
        new AsterStreet(thread, new AsterFace(thread, exchange, speed, Wire.SOUND));
    funds.forEach(street::fund);
    agents.forEach(street::approve);
    street.face.start(port);
    return street;
  }

  private void fund(String text) {
    Matcher parts = FUND.matcher(text);
    if (!parts.matches()) {
      throw new Usage(
          "--fund is "
              + Redaction.HIDDEN
              + ": expected KEY:SECRET=SPOT:PERP or 0xADDRESS=SPOT:PERP, such as"
              + " demo:secret=1000:1000");
    }
    Usd spot = Usd.of(parts.group(2));
    Usd perp = Usd.of(parts.group(3));
    String who = parts.group(1);
    int colon = who.indexOf(':');
    if (colon < 0) {
      face.fund(who, spot, perp);
    } else {
      face.fund(new HmacKey(who.substring(0, colon), who.substring(colon + 1)), spot, perp);
    }
  }

  private void approve(String text) {
    if (!text.matches("0x[0-9a-fA-F]{40}=0x[0-9a-fA-F]{40}")) {
      throw new Usage("--agent is " + text + ": expected 0xACCOUNT=0xAGENT");
    }
    face.approve(text.substring(0, 42), text.substring(43));
  }

  int port() {
    return face.port();
  }

  @Override
  public void close() {
    face.close();
    thread.close();
  }
}
