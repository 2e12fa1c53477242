package io.hypercarry.runner;

import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.OrderIdTag;
import io.hypercarry.venue.DataClient;
import io.hypercarry.venue.ExecutionClient;
import io.hypercarry.venue.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Every start is the same: say that it begins, ask the venue for everything that is not told
 * unasked, and feed the answers in as events. There is no second way to start.
 */
final class StartupSequence {
  private final Venue venue;
  private final Consumer<Fact> engine;
  private final Runnable operators;

  /**
   * @param operators lets what was said while nobody ran be heard before anything is decided
   */
  StartupSequence(Venue venue, Consumer<Fact> engine, Runnable operators) {
    this.venue = venue;
    this.engine = engine;
    this.operators = operators;
  }

  void open(RunSpec start, OrderIdTag book) {
    DataClient data = venue.marketData();
    ExecutionClient trading = venue.trading();
    engine.accept(
        new Fact.RunStarted(
            start.runId(), book, start.configHash(), start.config(), start.continuous()));
    operators.run();
    List<DataClient.Pair> pairs = new ArrayList<>();
    for (int index = 0; index < start.markets().size(); index++) {
      pairs.add(pin(start.markets().get(index), index));
    }
    engine.accept(new Fact.CapabilitiesReported(trading.capabilities()));
    engine.accept(new Fact.FeesReported(trading.fees()));
    for (DataClient.Pair pair : pairs) {
      Instrument perp = pair.perp();
      engine.accept(
          new Fact.FundingHistoryLoaded(
              perp.id(), data.fundingHistory(perp, start.historyHours())));
    }
    trading.missed().forEach(engine);
    engine.accept(new Fact.AccountReported(trading.account()));
    RunSpec.listen(venue, start);
    engine.accept(new Fact.StartupCompleted());
  }

  private DataClient.Pair pin(RunSpec.Market market, int index) {
    DataClient.Pair pair = venue.marketData().resolve(market.names());
    engine.accept(new Fact.InstrumentsResolved(market.names().market(), index, pair.spot(), pair.perp()));
    return pair;
  }
}
