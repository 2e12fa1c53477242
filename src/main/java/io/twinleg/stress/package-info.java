/**
 * The proving ground: the runner as it is, in hostile worlds drawn from seeds, killed and restarted
 * between any two steps, and watched by a checker that shares no code with it. May import {@code
 * runner}, the Engine, {@code core.model}, {@code core.event}, {@code venue}, {@code venue.sim},
 * {@code exchange}, {@code journal}, {@code telemetry} and its checker. It repairs nothing that it
 * finds. One world belongs to one thread; a campaign has as many threads as there are cores.
 */
package io.twinleg.stress;
