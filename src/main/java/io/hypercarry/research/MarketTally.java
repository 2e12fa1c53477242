package io.hypercarry.research;

import io.hypercarry.core.portfolio.Pnl;

/**
 * Everything a report says of one market, or of all together.
 *
 * @param pnl at the marks last seen; realised only where there are none
 */
record MarketTally(
    String name,
    Pnl pnl,
    FillTally fills,
    FillTally foreignFills,
    FundingTally funding,
    SlippageTally slippage,
    HedgeWatch hedge,
    PositionClock position) {

  static MarketTally empty(String name) {
    return new MarketTally(
        name,
        Pnl.ZERO,
        new FillTally(),
        new FillTally(),
        new FundingTally(),
        new SlippageTally(),
        new HedgeWatch(),
        new PositionClock());
  }

  MarketTally valued(Pnl atMarks) {
    return new MarketTally(name, atMarks, fills, foreignFills, funding, slippage, hedge, position);
  }

  /** The sum of both. Times add up too: an hour in two markets is two. */
  MarketTally plus(MarketTally other) {
    MarketTally sum = empty(name).valued(pnl.plus(other.pnl));
    sum.take(this);
    sum.take(other);
    return sum;
  }

  private void take(MarketTally part) {
    fills.add(part.fills);
    foreignFills.add(part.foreignFills);
    funding.add(part.funding);
    slippage.add(part.slippage);
    hedge.add(part.hedge);
    position.add(part.position);
  }
}
