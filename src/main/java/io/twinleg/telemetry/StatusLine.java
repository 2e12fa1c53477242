package io.twinleg.telemetry;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One market for the live view. What is not known is empty.
 *
 * @param marginRatio equity of the perp wallet over its notional
 * @param liquidationDistance how far the price may rise, as a part of it
 */
public record StatusLine(
    MarketId market,
    String mode,
    String state,
    Quantity spot,
    Quantity shortPerp,
    Quantity hedgeError,
    Optional<Price> spotPrice,
    Optional<Price> perpPrice,
    Optional<Usd> notional,
    Optional<BigDecimal> marginRatio,
    Optional<BigDecimal> liquidationDistance,
    Optional<BigDecimal> apr,
    Usd funding,
    Usd fees,
    Usd net,
    int openSpotOrders,
    int openPerpOrders,
    Optional<String> waitingFor) {

  /** Computes the lines when they are shown. */
  public interface Source {
    List<StatusLine> lines(Instant now);
  }
}
