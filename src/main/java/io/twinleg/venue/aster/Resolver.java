package io.twinleg.venue.aster;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.aster.AsterLegAdapter.AsterSpotAdapter;
import io.twinleg.wire.aster.Filters;
import io.twinleg.wire.aster.SymbolRules;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Finds both legs by the names of the configuration, and rejects what this program cannot trade.
 */
final class Resolver {
  static final String QUOTE = "USDT";

  private final AsterSpotAdapter spot;
  private final AsterPerpAdapter perp;

  /** Leverage brackets need an account: without one the margin that a symbol requires counts. */
  private final boolean hasAccount;

  Resolver(AsterSpotAdapter spot, AsterPerpAdapter perp, boolean hasAccount) {
    this.spot = spot;
    this.perp = perp;
    this.hasAccount = hasAccount;
  }

  /** A configuration writes ASTER/USDT, the venue ASTERUSDT. */
  DataClient.Pair resolve(MarketSymbols symbols) {
    SymbolRules spotRules = spot.rules(symbols.spot().replace("/", ""));
    SymbolRules perpRules = perp.rules(perpSymbol(symbols.perp()));
    if (!spotRules.isTrading()) {
      throw untradable(spotRules);
    }
    if (!perpRules.isTrading() && !perpRules.isDelisted()) {
      throw untradable(perpRules);
    }
    for (SymbolRules each : new SymbolRules[] {spotRules, perpRules}) {
      if (!each.quote().equals(QUOTE)) {
        throw failure(
            each, "is quoted in " + each.quote() + ": only USDT pairs can be hedged here");
      }
    }
    return new DataClient.Pair(
        instrument(InstrumentId.spot(symbols.market()), spotRules, symbols, 1),
        instrument(InstrumentId.perp(symbols.market()), perpRules, symbols, maxLeverage(perpRules)),
        perpRules.isDelisted());
  }

  private static VenueException untradable(SymbolRules rules) {
    return failure(rules, "is " + rules.status() + " and cannot be traded: name another");
  }

  private int maxLeverage(SymbolRules rules) {
    return hasAccount ? perp.maxLeverage(rules.symbol()) : rules.maxLeverage();
  }

  private static String perpSymbol(String name) {
    String symbol = name.replace("/", "");
    return symbol.endsWith(QUOTE) ? symbol : symbol + QUOTE;
  }

  private static Instrument instrument(
      InstrumentId id, SymbolRules rules, MarketSymbols symbols, int maxLeverage) {
    Filters filters = rules.filters();
    if (filters.tick().signum() == 0 || filters.step().signum() == 0) {
      throw failure(rules, "has no tick or no step: set them in the configuration");
    }
    return new Instrument(
        id,
        rules.symbol(),
        rules.symbol(),
        0,
        decimals(rules),
        new PriceRule.FixedTick(Price.of(filters.tick())),
        new Usd(filters.minNotional()),
        symbols.unitMultiplier(),
        maxLeverage,
        false);
  }

  /** A lot is a power of ten, as every recorded step is. */
  private static int decimals(SymbolRules rules) {
    BigDecimal step = rules.filters().step().stripTrailingZeros();
    boolean power = step.unscaledValue().equals(BigInteger.ONE);
    if (!power || step.scale() < 0) {
      throw failure(
          rules, "has a step of " + step.toPlainString() + ": only 1, 0.1, 0.01 … can be traded");
    }
    return step.scale();
  }

  private static VenueException failure(SymbolRules rules, String what) {
    return new VenueException("Aster's " + rules.symbol() + " " + what, false);
  }
}
