/**
 * The invariants I1 to I13 of the specification, checked from the exchange's side: the requests it
 * received, what it did, and what the runner reports of it. May import {@code simulator} and {@code
 * core.model}; shares no code with the core, so that an error there is not repeated here. Runs on
 * the thread of the exchange that it checks.
 */
package io.twinleg.stress.invariants;
