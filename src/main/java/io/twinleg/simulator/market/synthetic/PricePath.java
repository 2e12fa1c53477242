package io.twinleg.simulator.market.synthetic;

/**
 * The path of one market's prices, step by step. It does not read the books, so that no account's
 * order can move it. Prices are in 10^-8 of quote, unrounded; times in ms since the epoch.
 */
public interface PricePath {
  /** After every other time. */
  long NEVER = Long.MAX_VALUE;

  /** When the next step is due, {@link #NEVER} when the path has ended. */
  long nextMs();

  void step();

  long oracleE8();

  /** Between bid and ask of the perp's book. */
  long perpE8();

  long spotE8();
}
