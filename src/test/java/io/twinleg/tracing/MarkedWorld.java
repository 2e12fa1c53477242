package io.twinleg.tracing;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Rate;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.WorldGateway;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A world that marks the exchange's questions for the rate of an hour and for what comes next. */
record MarkedWorld(MarketModel world, Marks marks) implements MarketModel {
  @Override
  public Settlement settlement(InstrumentId perp, Instant hour) {
    Settlement settlement = world.settlement(perp, hour);
    marks.settles();
    return settlement;
  }

  @Override
  public List<String> assumptions() {
    return world.assumptions();
  }

  @Override
  public Instant start() {
    return world.start();
  }

  @Override
  public List<FundingHour> historyBeforeStart(InstrumentId perp, int hours) {
    return world.historyBeforeStart(perp, hours);
  }

  @Override
  public Optional<Instant> nextMove() {
    marks.settled();
    return world.nextMove();
  }

  @Override
  public void move(WorldGateway gateway) {
    world.move(gateway);
  }

  @Override
  public Optional<Rate> runningEstimate(InstrumentId perp, Instant now) {
    return world.runningEstimate(perp, now);
  }
}
