package io.twinleg.simulator;

/**
 * Where the prices of one market go, step by step. It does not see the street, so that nothing an
 * account does can move it. Prices are in 10^-8 of quote, unrounded; times in ms since the epoch.
 */
interface PricePath {
  /** That nothing comes any more. */
  long NEVER = Long.MAX_VALUE;

  /** When the next step is due, {@link #NEVER} when the path has ended. */
  long nextMs();

  void step();

  long oracleE8();

  /** Between bid and ask of the perp's book. */
  long perpE8();

  long spotE8();
}
