package io.twinleg.venue.simulated;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.Exchange;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import java.math.BigDecimal;
import java.util.List;

/** Resolves the symbols of the configuration to what our exchange lists. */
final class SimulatedDataClient implements DataClient {
  /** How the first venue numbers spot pairs: specification 1.2. */
  private static final int FIRST_SPOT_ASSET = 10_000;

  private final Exchange exchange;
  private final SimulatedMarketFeed feed;

  SimulatedDataClient(Exchange exchange, SimulatedMarketFeed feed) {
    this.exchange = exchange;
    this.feed = feed;
  }

  @Override
  public Pair resolve(MarketSymbols names) {
    Instrument spot = find(names, InstrumentId.spot(names.market()), names.spot());
    Instrument perp = find(names, InstrumentId.perp(names.market()), names.perp());
    names
        .spotIndex()
        .filter(index -> spot.assetId() != FIRST_SPOT_ASSET + index)
        .ifPresent(index -> rejectIndex(spot, index));
    return new Pair(
        scaled(spot, names.unitMultiplier()),
        scaled(perp, names.unitMultiplier()),
        exchange.isDelisted(perp.id()));
  }

  private Instrument find(MarketSymbols names, InstrumentId id, String symbol) {
    List<Instrument> named =
        exchange.instruments().stream()
            .filter(instrument -> instrument.leg() == id.leg())
            .filter(instrument -> instrument.symbol().equals(symbol))
            .toList();
    if (named.isEmpty()) {
      throw new VenueException(
          "the simulated exchange has no %s \"%s\"; it has %s"
              .formatted(word(id.leg()), symbol, symbols(id.leg())),
          false);
    }
    return named.stream()
        .filter(instrument -> instrument.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new VenueException(
                "the simulated exchange trades \"%s\" in its market %s, not in %s"
                    .formatted(symbol, named.get(0).id().market(), names.market()),
                false));
  }

  private static void rejectIndex(Instrument spot, int index) {
    throw new VenueException(
        "the simulated exchange's \"%s\" has the index %d, not %d"
            .formatted(spot.symbol(), spot.assetId() - FIRST_SPOT_ASSET, index),
        false);
  }

  private List<String> symbols(Leg leg) {
    return exchange.instruments().stream()
        .filter(instrument -> instrument.leg() == leg)
        .map(Instrument::symbol)
        .toList();
  }

  private static String word(Leg leg) {
    return leg == Leg.SPOT ? "spot pair" : "perp";
  }

  /** The exchange trades units; how many tokens one is, the configuration defines. */
  private static Instrument scaled(Instrument of, BigDecimal unitMultiplier) {
    return new Instrument(
        of.id(),
        of.symbol(),
        of.wireName(),
        of.assetId(),
        of.sizeDecimals(),
        of.prices(),
        of.minNotional(),
        unitMultiplier,
        of.maxLeverage(),
        of.onlyIsolated());
  }

  @Override
  public List<FundingHour> fundingHistory(Instrument perp, int hours) {
    return exchange.fundingHistory(perp.id(), hours);
  }

  @Override
  public void subscribe(Instrument instrument, Usd clip) {
    feed.subscribe(instrument, clip);
  }
}
