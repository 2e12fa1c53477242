package io.twinleg.research;

import io.twinleg.core.portfolio.Pnl;

/**
 * The figures of one market, or of all together.
 *
 * @param pnl at the last marks; realised only where there are none
 */
record MarketStats(
    String name,
    Pnl pnl,
    FillStats fills,
    FillStats foreignFills,
    FundingStats funding,
    SlippageStats slippage,
    UnhedgedIntervals hedge,
    HoldingTime position) {

  static MarketStats empty(String name) {
    return new MarketStats(
        name,
        Pnl.ZERO,
        new FillStats(),
        new FillStats(),
        new FundingStats(),
        new SlippageStats(),
        new UnhedgedIntervals(),
        new HoldingTime());
  }

  MarketStats valued(Pnl atMarks) {
    return new MarketStats(name, atMarks, fills, foreignFills, funding, slippage, hedge, position);
  }

  /** The sum of both. Times add up too: an hour in two markets is two. */
  MarketStats plus(MarketStats other) {
    MarketStats sum = empty(name).valued(pnl.plus(other.pnl));
    sum.add(this);
    sum.add(other);
    return sum;
  }

  private void add(MarketStats part) {
    fills.add(part.fills);
    foreignFills.add(part.foreignFills);
    funding.add(part.funding);
    slippage.add(part.slippage);
    hedge.add(part.hedge);
    position.add(part.position);
  }
}
