package io.hypercarry.protocol.hyperliquid;

import io.hypercarry.core.model.Instrument;

/** What became of a {@link MarketRequest}. */
public sealed interface MarketResolution {
  /** The two legs, and the tokens their balances are kept in. */
  record Found(Instrument spot, Instrument perp, SpotMeta.Token base, SpotMeta.Token quote)
      implements MarketResolution {}

  /** One sentence for the operator. */
  record Refused(String sentence) implements MarketResolution {}
}
