package io.hypercarry.simulation;

import io.hypercarry.core.Engine;
import io.hypercarry.runner.Operators;
import io.hypercarry.runner.Runner;
import io.hypercarry.venue.sim.SimVenue;

/** A process from its start to its end. */
record Life(Engine engine, SimVenue venue, Operators operators, Runner runner) {}
