package io.twinleg.research.scan;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one perp before it is judged. Null is what is not known.
 *
 * @param closes of the perp's hours, the newest last
 * @param leverageMax of the venue
 */
public record PerpFigures(
    String coin,
    @Nullable RateSeries rates,
    @Nullable CloseSeries closes,
    ScanRow.Hedging hedging,
    @Nullable Integer leverageMax,
    Moment now) {

  /** Without anything but its name: why it is left out. */
  public static PerpFigures leftOut(String coin, String reason) {
    return new PerpFigures(
        coin, null, null, new ScanRow.Hedging(null, null, null, reason), null, Moment.UNKNOWN);
  }

  /**
   * What the venue shows at this moment; nothing of it is in a recording.
   *
   * @param predictedRate of the running hour
   * @param exitDepthUsd bids of the spot near its middle: the way out
   * @param slippage in and out again, of the notional of one leg, by the books
   */
  public record Moment(
      @Nullable Double predictedRate,
      @Nullable Double openInterestUsd,
      @Nullable Double perpVolumeUsd,
      @Nullable Double exitDepthUsd,
      @Nullable Double slippage,
      @Nullable Boolean isAtInterestCap) {
    public static final Moment UNKNOWN = new Moment(null, null, null, null, null, null);
  }
}
