package io.twinleg.wire.aster.request;

import io.twinleg.core.model.TimeInForce;
import java.util.Optional;

/** Aster's words for how long an order lives; GTX is post-only, on spot too. */
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
    for (Tif each : values()) {
      if (each.name().equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
