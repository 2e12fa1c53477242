package io.twinleg.simulator.market.synthetic;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;

/** Pairs as Hyperliquid lists them. */
public final class SyntheticInstruments {
  public static final Instrument HYPE_SPOT = spot("HYPE", 2, 1);
  public static final Instrument HYPE_PERP = perp("HYPE", 2, 1);

  private SyntheticInstruments() {}

  public static Instrument spot(String base, int sizeDecimals, long unitMultiplier) {
    InstrumentId id = InstrumentId.spot(new MarketId(base));
    return instrument(id, base + "/USDC", sizeDecimals, 8 - sizeDecimals, unitMultiplier);
  }

  public static Instrument perp(String base, int sizeDecimals, long unitMultiplier) {
    InstrumentId id = InstrumentId.perp(new MarketId(base));
    return instrument(id, base, sizeDecimals, 6 - sizeDecimals, unitMultiplier);
  }

  private static Instrument instrument(
      InstrumentId id, String symbol, int sizeDecimals, int priceDecimals, long unitMultiplier) {
    return new Instrument(
        id,
        symbol,
        symbol,
        1,
        sizeDecimals,
        new PriceRule.SignificantFigures(priceDecimals),
        Usd.of("10"),
        BigDecimal.valueOf(unitMultiplier),
        10,
        false);
  }
}
