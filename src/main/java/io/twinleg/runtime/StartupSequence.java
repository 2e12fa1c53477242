package io.twinleg.runtime;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Every start is the same: say that it begins, ask the venue for everything that is not told
 * unasked, and feed the answers in as events. There is no second way to start.
 */
final class StartupSequence {
  private final Venue venue;
  private final Consumer<Event> engine;
  private final Runnable operators;

  /**
   * @param operators lets what was said while nobody ran be heard before anything is decided
   */
  StartupSequence(Venue venue, Consumer<Event> engine, Runnable operators) {
    this.venue = venue;
    this.engine = engine;
    this.operators = operators;
  }

  void open(RunSpec start, OrderIdTag book) {
    DataClient data = venue.marketData();
    ExecutionClient trading = venue.trading();
    engine.accept(
        new Event.RunStarted(
            start.runId(), book, start.configHash(), start.config(), start.continuous()));
    operators.run();
    List<DataClient.Pair> pairs = new ArrayList<>();
    for (int index = 0; index < start.markets().size(); index++) {
      pairs.add(pin(start.markets().get(index), index));
    }
    engine.accept(new Event.CapabilitiesReported(trading.capabilities()));
    engine.accept(new Event.FeesReported(trading.fees()));
    for (DataClient.Pair pair : pairs) {
      Instrument perp = pair.perp();
      engine.accept(
          new Event.FundingHistoryLoaded(
              perp.id(), data.fundingHistory(perp, start.historyHours())));
    }
    trading.backfill().forEach(engine);
    engine.accept(new Event.AccountReported(trading.account()));
    RunSpec.listen(venue, start);
    engine.accept(new Event.StartupCompleted());
  }

  private DataClient.Pair pin(RunSpec.Market market, int index) {
    DataClient.Pair pair = venue.marketData().resolve(market.names());
    engine.accept(
        new Event.InstrumentsResolved(market.names().market(), index, pair.spot(), pair.perp()));
    return pair;
  }
}
