package io.hypercarry.protocol.hyperliquid;

import io.hypercarry.core.model.MarketId;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A market as the configuration names it. The two pins say which pair is meant where a name alone
 * does not.
 *
 * @param spot "UBTC/USDC"
 * @param perp "BTC", "kBONK", or "dex:COIN"
 * @param unitMultiplier base tokens per perp unit
 */
public record MarketRequest(
    MarketId market,
    String spot,
    String perp,
    Optional<Integer> spotIndex,
    Optional<String> tokenId,
    BigDecimal unitMultiplier) {

  boolean isPinned() {
    return spotIndex.isPresent() || tokenId.isPresent();
  }
}
