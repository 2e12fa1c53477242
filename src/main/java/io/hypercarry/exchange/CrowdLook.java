package io.hypercarry.exchange;

/** What a market's crowd is like: how it quotes both books, how it takes, how often it trades. */
record CrowdLook(CrowdStyle spot, CrowdStyle perp, CrowdManner manner, int tradeOneIn) {
  static final CrowdLook SYNTHETIC =
      new CrowdLook(CrowdStyle.SPOT, CrowdStyle.PERP, CrowdManner.SYNTHETIC, 4);

  /** The record tells neither spread nor depth: assumed wide and shallow rather than flattering. */
  static final CrowdLook RECORDED =
      new CrowdLook(
          new CrowdStyle(190_000, 210_000, 200_000, 300_000, 1_400, 1_800),
          new CrowdStyle(95_000, 105_000, 150_000, 250_000, 3_500, 4_500),
          CrowdManner.RECORDED,
          2);
}
