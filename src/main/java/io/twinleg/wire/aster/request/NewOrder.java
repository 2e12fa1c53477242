package io.twinleg.wire.aster.request;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.wire.aster.AsterJson;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An order as it is sent. Its client id keeps to letters, digits and {@code _.-}: then it needs no
 * percent-encoding, about which the venue's own examples disagree.
 *
 * @param price and {@code timeInForce}: empty for a market order
 */
public record NewOrder(
    Leg leg,
    String symbol,
    Side side,
    Optional<Tif> timeInForce,
    BigDecimal quantity,
    Optional<BigDecimal> price,
    boolean reduceOnly,
    String clientOrderId) {
  private static final String CLIENT_ID = "[.A-Z:/a-z0-9_-]{1,36}";

  public NewOrder {
    if (!clientOrderId.matches(CLIENT_ID)) {
      throw new IllegalArgumentException(
          "a client order id has 1 to 36 letters, digits and .:/_-, found " + clientOrderId);
    }
    if (timeInForce.isPresent() != price.isPresent()) {
      throw new IllegalArgumentException("a limit order has a price and a time in force");
    }
  }

  public static boolean isClientId(String text) {
    return text.matches(CLIENT_ID);
  }

  /** The parameters in the documentation's order. Spot has no reduce-only. */
  public Params params() {
    Params params =
        Params.NONE
            .with("symbol", symbol)
            .with("side", side.name())
            .with("type", price.isPresent() ? "LIMIT" : "MARKET");
    if (timeInForce.isPresent()) {
      params = params.with("timeInForce", timeInForce.get().name());
    }
    params = params.with("quantity", AsterJson.plain(quantity));
    if (price.isPresent()) {
      params = params.with("price", AsterJson.plain(price.get()));
    }
    if (reduceOnly && leg == Leg.PERP) {
      params = params.with("reduceOnly", "true");
    }
    return params.with("newClientOrderId", clientOrderId);
  }

  /** Aster's times in force; GTX is post-only, also on spot. */
  public enum Tif {
    GTC,
    IOC,
    FOK,
    GTX;

    public static Tif of(TimeInForce ours) {
      return switch (ours) {
        case GTC -> GTC;
        case IOC -> IOC;
        case ALO -> GTX;
      };
    }

    public static Optional<Tif> find(String word) {
      for (Tif tif : values()) {
        if (tif.name().equals(word)) {
          return Optional.of(tif);
        }
      }
      return Optional.empty();
    }
  }
}
