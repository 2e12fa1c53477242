/**
 * The invariants I1 to I13 of the specification, asserted from the exchange's side: what it was
 * asked, what it did, and what of it the runner knew. May import {@code exchange} and {@code
 * core.model}; shares no code with the core, so that an error there is not repeated here. Runs in
 * the thread of the exchange it watches.
 */
package io.twinleg.stress.invariants;
