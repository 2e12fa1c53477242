package io.twinleg.core.strategy;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What lies at each venue, against what a position needs there. Money is not moved between venues,
 * so a position is entered only where there is money for it: for all of it, or for less down to
 * half. What lies at another venue is never counted. With one venue nothing is limited by it.
 */
public final class VenueShares {
  /** Of a run with one venue. */
  public static final VenueShares OF_ONE = new VenueShares(Map.of(), Map.of());

  /** Less of a position is not worth a place. */
  private static final BigDecimal LEAST = new BigDecimal("0.5");

  /** Costs that were paid make no position smaller: an entry is cut to what the wallets carry. */
  private static final BigDecimal WHOLE = new BigDecimal("0.95");

  private final Map<VenueId, Usd> lying;
  private final Map<MarketId, Usd> needed;

  /**
   * @param lying at each venue, nothing where its account is not known
   * @param needed by a whole position of each market: its coins and its collateral
   */
  public VenueShares(Map<VenueId, Usd> lying, Map<MarketId, Usd> needed) {
    this.lying = new TreeMap<>(lying);
    this.needed = new TreeMap<>(needed);
  }

  /**
   * How much of a whole position there is money for, from 0 to 1.
   *
   * @param leaver a market that gives up its place for it; null for none
   * @param held all markets that are held, or are to be
   */
  public BigDecimal of(MarketId market, @Nullable MarketId leaver, Collection<MarketId> held) {
    if (lying.isEmpty()) {
      return BigDecimal.ONE;
    }
    Usd left = lying.getOrDefault(market.venue(), Usd.ZERO);
    for (MarketId other : held) {
      boolean stays = !other.equals(market) && !other.equals(leaver);
      if (stays && other.venue().equals(market.venue())) {
        left = left.minus(needed.getOrDefault(other, Usd.ZERO));
      }
    }
    Usd whole = needed.getOrDefault(market, Usd.ZERO);
    if (whole.signum() <= 0 || !left.isBelow(whole.times(WHOLE))) {
      return BigDecimal.ONE;
    }
    return left.isBelow(whole.times(LEAST))
        ? BigDecimal.ZERO
        : left.value().divide(whole.value(), MathContext.DECIMAL64);
  }
}
