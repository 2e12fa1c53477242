package io.twinleg.runtime;

import io.twinleg.core.Engine;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What a start asks the venue. Each answer is an event; the account comes after the fills that it
 * shows, and the markets' data after both.
 */
final class RunStart {
  private final RunSpec spec;
  private final Venue venue;
  private final Engine engine;
  private final BiConsumer<VenueId, Event> events;

  /**
   * @param events processes each answer before the next question
   */
  RunStart(RunSpec spec, Venue venue, Engine engine, BiConsumer<VenueId, Event> events) {
    this.spec = spec;
    this.venue = venue;
    this.engine = engine;
    this.events = events;
  }

  /**
   * @throws VenueException when the venue does not answer, or a market cannot be traded
   */
  void ask() {
    DataClient data = venue.marketData();
    ExecutionClient execution = venue.trading();
    List<Instrument> perps = new ArrayList<>();
    for (RunSpec.Market market : spec.markets()) {
      perps.add(resolve(market.names(), perps.size()).perp());
    }
    for (VenueId each : execution.venues()) {
      ExecutionClient client = execution.at(each);
      events.accept(each, new Event.CapabilitiesReported(client.capabilities()));
      events.accept(each, new Event.FeesReported(client.fees()));
    }
    for (Instrument perp : perps) {
      events.accept(
          perp.id().market().venue(),
          new Event.FundingHistoryLoaded(
              perp.id(), data.fundingHistory(perp, spec.historyHours())));
    }
    for (VenueId each : execution.venues()) {
      ExecutionClient client = execution.at(each);
      client.backfill().forEach(event -> events.accept(each, event));
      events.accept(each, new Event.AccountReported(client.account()));
    }
    RunSpec.subscribe(venue, spec.markets());
    events.accept(VenueId.FIRST, new Event.StartupCompleted());
  }

  /**
   * Nothing is begun on a delisted perp; where the journal has the market, what was held is not
   * left alone.
   */
  private DataClient.Pair resolve(MarketSymbols names, int index) {
    DataClient.Pair pair = venue.marketData().resolve(names);
    MarketId market = names.market();
    if (pair.delisted() && !engine.knows(market)) {
      throw new VenueException(
          "markets.perp is \"%s\": the venue has delisted it; ./twinleg markets shows all there are"
              .formatted(names.perp()),
          false);
    }
    events.accept(
        market.venue(), new Event.InstrumentsResolved(market, index, pair.spot(), pair.perp()));
    if (engine.isDelisted(market) != pair.delisted()) {
      events.accept(
          market.venue(),
          new Event.TradingHalted(InstrumentId.perp(market), pair.delisted(), pair.delisted()));
    }
    return pair;
  }
}
