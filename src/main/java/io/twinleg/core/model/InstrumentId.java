package io.twinleg.core.model;

/** One leg of one market. */
public record InstrumentId(MarketId market, Leg leg) implements Comparable<InstrumentId> {
  public static InstrumentId spot(MarketId market) {
    return new InstrumentId(market, Leg.SPOT);
  }

  public static InstrumentId perp(MarketId market) {
    return new InstrumentId(market, Leg.PERP);
  }

  public InstrumentId other() {
    return new InstrumentId(market, leg.other());
  }

  @Override
  public int compareTo(InstrumentId other) {
    int byMarket = market.compareTo(other.market);
    return byMarket != 0 ? byMarket : leg.compareTo(other.leg);
  }

  @Override
  public String toString() {
    return market + (leg == Leg.SPOT ? "/spot" : "/perp");
  }
}
