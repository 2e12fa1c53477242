/**
 * Works on the past: backtests, sweeps over parameters, and reports over a journal. May import
 * {@code runtime}, the whole {@code core}, {@code venue}, {@code venue.simulated}, {@code
 * simulator}, {@code history} and {@code journal}, and decides nothing by itself. One run belongs
 * to one thread; a sweep has as many of them as there are cores.
 */
package io.twinleg.research;
