/**
 * Asks the past: backtests, sweeps over parameters, and reports over a journal. May import {@code
 * runner}, the whole {@code core}, {@code venue}, {@code venue.sim}, {@code exchange}, {@code
 * history} and {@code journal}, and decides nothing by itself. One run belongs to one thread; a
 * sweep has as many of them as there are cores.
 */
package io.twinleg.research;
