/**
 * Adversarial runs by seed: the runner as it is, in worlds with faults drawn from a seed, crashed
 * and restarted between any two steps, and checked by {@code stress.invariants}, which shares no
 * code with it. May import {@code runtime}, the Engine, {@code core.model}, {@code core.event},
 * {@code venue}, {@code venue.simulated}, {@code simulator}, {@code journal}, {@code telemetry} and
 * its checker. Repairs nothing that it finds. One world belongs to one thread; a batch has as many
 * threads as there are cores.
 */
package io.twinleg.stress;
