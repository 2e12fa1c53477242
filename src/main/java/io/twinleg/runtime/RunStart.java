package io.twinleg.runtime;

import io.twinleg.core.Engine;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a start asks the venue. Each answer is an event; the account comes after the fills that it
 * shows, and the markets' data after both.
 */
final class RunStart {
  private final RunSpec spec;
  private final Venue venue;
  private final Engine engine;
  private final Consumer<Event> events;

  /**
   * @param events processes each answer before the next question
   */
  RunStart(RunSpec spec, Venue venue, Engine engine, Consumer<Event> events) {
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
    events.accept(new Event.CapabilitiesReported(execution.capabilities()));
    events.accept(new Event.FeesReported(execution.fees()));
    for (Instrument perp : perps) {
      events.accept(
          new Event.FundingHistoryLoaded(
              perp.id(), data.fundingHistory(perp, spec.historyHours())));
    }
    execution.backfill().forEach(events);
    events.accept(new Event.AccountReported(execution.account()));
    RunSpec.subscribe(venue, spec.markets());
    events.accept(new Event.StartupCompleted());
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
    events.accept(new Event.InstrumentsResolved(market, index, pair.spot(), pair.perp()));
    if (engine.isDelisted(market) != pair.delisted()) {
      events.accept(
          new Event.TradingHalted(InstrumentId.perp(market), pair.delisted(), pair.delisted()));
    }
    return pair;
  }
}
