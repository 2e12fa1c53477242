package io.twinleg.venue;

import io.twinleg.core.model.MarketId;
import java.math.BigDecimal;
import java.util.Optional;

/** How the configuration names a market: specification 1.2. */
public record MarketSymbols(
    MarketId market,
    String spot,
    String perp,
    Optional<Integer> spotIndex,
    Optional<String> tokenId,
    BigDecimal unitMultiplier) {}
