package io.twinleg.telemetry;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One market for the live view. */
public record StatusLine(
    MarketId market,
    String mode,
    String state,
    Quantity spot,
    Quantity shortPerp,
    Quantity hedgeError,
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
