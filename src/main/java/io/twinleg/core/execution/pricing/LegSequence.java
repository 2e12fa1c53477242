package io.twinleg.core.execution.pricing;

import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.VenueCapabilities;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What the leg mode comes to in one round: which leg rests, and which one takes. */
public enum LegSequence {
  SPOT_FIRST(true, false),
  PERP_FIRST(false, true),
  BATCH(false, false),
  BOTH(true, true);

  private static final BigDecimal CLEARLY_LESS = new BigDecimal("0.9");

  private final boolean spotRests;
  private final boolean perpRests;

  LegSequence(boolean spotRests, boolean perpRests) {
    this.spotRests = spotRests;
    this.perpRests = perpRests;
  }

  /**
   * What a round that began now would be. Where the venue takes no orders of both legs in one
   * message, a batch would be two bare orders: the thinner leg goes first instead.
   */
  public static LegSequence of(
      ExecutionSettings settings, PairMarketData market, VenueCapabilities capabilities) {
    return switch (settings.legMode()) {
      case SPOT_FIRST -> SPOT_FIRST;
      case PERP_FIRST -> PERP_FIRST;
      case BOTH -> BOTH;
      case BATCH -> capabilities.batchAcrossLegs() ? BATCH : thinnerLegFirst(settings, market);
      case AUTO -> thinnerLegFirst(settings, market);
    };
  }

  /**
   * The leg whose book holds less of a clip rests, for to take there would cost more. Both ratios
   * have the same clip below, so the depths decide. Less than a tenth between them is a tie, which
   * goes to spot first: it fails cheaper.
   */
  private static LegSequence thinnerLegFirst(ExecutionSettings settings, PairMarketData market) {
    Quantity spot = ClipPricer.depth(market, settings, Leg.SPOT, Side.BUY);
    Quantity perp = ClipPricer.depth(market, settings, Leg.PERP, Side.SELL);
    return perp.compareTo(spot.times(CLEARLY_LESS)) < 0 ? PERP_FIRST : SPOT_FIRST;
  }

  public boolean rests(Leg leg) {
    return leg == Leg.SPOT ? spotRests : perpRests;
  }

  /** How many orders a clip is entered with. */
  int entryOrders() {
    return switch (this) {
      case SPOT_FIRST, PERP_FIRST -> 1;
      case BATCH, BOTH -> 2;
    };
  }

  /** The leg that takes what the other's fills leave open; none where nothing is hedged at once. */
  public Optional<Leg> hedger() {
    return switch (this) {
      case SPOT_FIRST -> Optional.of(Leg.PERP);
      case PERP_FIRST -> Optional.of(Leg.SPOT);
      case BATCH, BOTH -> Optional.empty();
    };
  }

  /**
   * On which sides both books must give a clip within the slippage cap: sales hedge or give back
   * bought spot, purchases hedge or give back a sold perp.
   */
  List<Side> mustTake() {
    return switch (this) {
      case SPOT_FIRST -> List.of(Side.SELL);
      case PERP_FIRST -> List.of(Side.BUY);
      case BATCH, BOTH -> List.of(Side.SELL, Side.BUY);
    };
  }
}
