package io.twinleg.core.risk;

import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import java.util.Collection;

/**
 * The caps on notional. It keeps no count of its own: room is what the caps leave of the exposures
 * as they are now, live and unknown orders counted as filled, so nothing can be forgotten or
 * released twice.
 */
final class NotionalLimiter {
  private final Usd perSymbol;
  private final Usd portfolio;

  NotionalLimiter(Usd perSymbol, Usd portfolio) {
    this.perSymbol = perSymbol;
    this.portfolio = portfolio;
  }

  /** What may still be added to a market under both caps; never negative. */
  Usd room(MarketId market, Collection<Exposure> all) {
    Usd inMarket = Usd.ZERO;
    Usd inAll = Usd.ZERO;
    for (Exposure exposure : all) {
      inAll = inAll.plus(exposure.worstNotional());
      if (exposure.market().equals(market)) {
        inMarket = exposure.worstNotional();
      }
    }
    return perSymbol.minus(inMarket).min(portfolio.minus(inAll)).max(Usd.ZERO);
  }
}
