package io.twinleg.simulator.market.synthetic;

/**
 * The background flow of one market: how both books are quoted, how takers take, how often it
 * trades.
 */
public record FlowProfile(
    QuoteProfile spot, QuoteProfile perp, TakerProfile takers, int tradeOneIn) {
  public static final FlowProfile SYNTHETIC =
      new FlowProfile(QuoteProfile.SPOT, QuoteProfile.PERP, TakerProfile.SYNTHETIC, 4);

  /** The record has neither spread nor depth: assumed wide and shallow rather than flattering. */
  public static final FlowProfile RECORDED =
      new FlowProfile(
          new QuoteProfile(190_000, 210_000, 200_000, 300_000, 1_400, 1_800),
          new QuoteProfile(95_000, 105_000, 150_000, 250_000, 3_500, 4_500),
          TakerProfile.RECORDED,
          2);

  /**
   * How one book is quoted in the background. Fractions are of the price, in 10^-9, from least to
   * most.
   *
   * @param usdMin the least value of a level, in quote
   */
  public record QuoteProfile(
      long halfSpreadMin, long halfSpreadMax, long gapMin, long gapMax, int usdMin, int usdMax) {
    static final int LEVELS = 5;

    /** HYPE's spot book as it was in 2025, roughly: 1.4 to 3 bps wide, a few thousand a level. */
    static final QuoteProfile SPOT =
        new QuoteProfile(70_000, 150_000, 150_000, 300_000, 2_000, 8_000);

    /** The perp's is tighter and four times deeper. */
    static final QuoteProfile PERP =
        new QuoteProfile(50_000, 120_000, 150_000, 250_000, 8_000, 30_000);

    public QuoteProfile {
      if (halfSpreadMin <= 0 || gapMin < FixedPoint.BPS || usdMin <= 0) {
        throw new IllegalArgumentException(
            "a book needs a spread, gaps of a basis point, and depth");
      }
    }
  }

  /**
   * How takers treat accounts that wait at the top of a book. Times in ms.
   *
   * @param firstMsMin from seeing an order to the first bite
   * @param restMsMin from one bite to the next
   * @param sluggishOneIn in so many orders, nothing happens for {@code sluggishMs} more
   * @param sweepOneIn in so many bites, one takes the market along: see {@link TakerModels}
   * @param staged whether the first bite is a sweep and the first whole one after it is not
   * @param idleMsMin checks of the books while no order is known to rest; 0: only with the steps of
   *     the path
   */
  public record TakerProfile(
      long firstMsMin,
      long firstMsMax,
      long restMsMin,
      long restMsMax,
      int sluggishOneIn,
      long sluggishMs,
      int sweepOneIn,
      boolean staged,
      long idleMsMin,
      long idleMsMax) {

    /** A newcomer's two weeks show a half-filled leg and its repair, whatever the seed. */
    static final TakerProfile SYNTHETIC =
        new TakerProfile(300, 3_000, 2_000, 8_000, 8, 25_000, 3, true, 0, 0);

    /**
     * Slower, and nothing staged: the record moves every two minutes, the checks are more frequent.
     */
    static final TakerProfile RECORDED =
        new TakerProfile(2_000, 15_000, 4_000, 20_000, 6, 30_000, 6, false, 20_000, 40_000);
  }
}
