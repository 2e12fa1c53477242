package io.hypercarry.simulation;

import io.hypercarry.core.Engine;
import io.hypercarry.runner.OperatorInput;
import io.hypercarry.runner.StrategyRunner;
import io.hypercarry.venue.sim.SimulatedVenue;

/** A process from its start to its end. */
record ProcessInstance(Engine engine, SimulatedVenue venue, OperatorInput operators, StrategyRunner runner) {}
