package io.twinleg.telemetry;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One market for the live view. */
public record StatusLine(
    MarketId market,
    String mode,
    String state,
    Quantity spot,
    Quantity shortPerp,
    Quantity hedgeError,
    Figures figures,
    Usd funding,
    Usd fees,
    Usd net,
    int openSpotOrders,
    int openPerpOrders,
    Optional<String> waitingFor) {

  /** Whether both legs are on their way out. */
  boolean isClosing() {
    return state.equals("EXITING") || state.equals("UNWINDING");
  }

  /** The size of the larger leg. */
  Quantity larger() {
    return spot.abs().max(shortPerp.abs());
  }

  /**
   * What may not be known yet.
   *
   * @param notional of the short at its mark
   * @param marginRatio equity of the perp wallet over its notional
   * @param liquidationDistance how far the price may rise, as a part of it
   * @param apr the signal
   */
  public record Figures(
      @Nullable Price spotPrice,
      @Nullable Price perpPrice,
      @Nullable Usd notional,
      @Nullable BigDecimal marginRatio,
      @Nullable BigDecimal liquidationDistance,
      @Nullable BigDecimal apr) {}

  /** Computes the lines when they are shown. */
  public interface Source {
    List<StatusLine> lines(Instant now);
  }
}
