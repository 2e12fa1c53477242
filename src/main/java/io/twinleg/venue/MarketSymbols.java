package io.twinleg.venue;

import io.twinleg.core.model.MarketId;
import java.math.BigDecimal;
import java.util.Optional;

/** The names and pins of one market in the configuration (specification 1.2). */
public record MarketSymbols(
    MarketId market,
    String spot,
    String perp,
    Optional<Integer> spotIndex,
    Optional<String> tokenId,
    BigDecimal unitMultiplier) {}
