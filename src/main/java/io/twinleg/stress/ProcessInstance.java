package io.twinleg.stress;

import io.twinleg.core.Engine;
import io.twinleg.runtime.OperatorInput;
import io.twinleg.runtime.StrategyRunner;
import io.twinleg.venue.simulated.SimulatedVenue;

/** A process from its start to its end. */
record ProcessInstance(
    Engine engine, SimulatedVenue venue, OperatorInput operators, StrategyRunner runner) {}
