package io.twinleg.simulator;

/** What a market's crowd is like: how it quotes both books, how it takes, how often it trades. */
record FlowProfile(QuoteProfile spot, QuoteProfile perp, TakerProfile manner, int tradeOneIn) {
  static final FlowProfile SYNTHETIC =
      new FlowProfile(QuoteProfile.SPOT, QuoteProfile.PERP, TakerProfile.SYNTHETIC, 4);

  /** The record tells neither spread nor depth: assumed wide and shallow rather than flattering. */
  static final FlowProfile RECORDED =
      new FlowProfile(
          new QuoteProfile(190_000, 210_000, 200_000, 300_000, 1_400, 1_800),
          new QuoteProfile(95_000, 105_000, 150_000, 250_000, 3_500, 4_500),
          TakerProfile.RECORDED,
          2);
}
