package io.hypercarry.tracing;

import io.hypercarry.core.model.FundingHour;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Rate;
import io.hypercarry.exchange.Street;
import io.hypercarry.exchange.World;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A world that marks the exchange's questions for the rate of an hour and for what comes next. */
record MarkedWorld(World world, Marks marks) implements World {
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
  public void move(Street street) {
    world.move(street);
  }

  @Override
  public Optional<Rate> runningEstimate(InstrumentId perp, Instant now) {
    return world.runningEstimate(perp, now);
  }
}
