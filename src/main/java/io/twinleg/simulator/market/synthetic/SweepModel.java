package io.twinleg.simulator.market.synthetic;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.SeededRandom;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Which bites are sweeps, how far the background quotes are withdrawn, and for how long. */
final class SweepModel {
  /**
   * Beyond a slippage cap of 20 bps, also where the cap is reckoned from the mid of the emptied
   * book: that mid falls by half of the retreat, so a retreat of less than 40 bps would still be
   * hit.
   */
  private static final long DEPTH_MIN = 50 * FixedPoint.BPS;

  private static final long DEPTH_MAX = 70 * FixedPoint.BPS;

  /** The swept book falls further than the one that is to hedge. */
  private static final long FURTHER_MIN = 15 * FixedPoint.BPS;

  private static final long FURTHER_MAX = 30 * FixedPoint.BPS;

  private final transient FlowProfile.TakerProfile manner;
  private final transient SeededRandom random;
  private boolean first = true;
  private boolean calm;

  SweepModel(FlowProfile.TakerProfile manner, SeededRandom random) {
    this.manner = manner;
    this.random = random;
  }

  /** In a staged world the very first bite is one, and the first that completes an order is not. */
  boolean isSweep(boolean all) {
    boolean drawn = random.oneIn(manner.sweepOneIn());
    boolean opening = first;
    first = false;
    if (!manner.staged()) {
      return drawn;
    }
    if (opening) {
      return true;
    }
    boolean spared = all && !calm;
    calm |= all;
    return drawn && !spared;
  }

  /** From the hedge's book, in half of the cases leaving a fifth to two fifths of what it needs. */
  SyntheticBook.Withdrawal ofHedge(Side side, SyntheticBook swept, long lots, SyntheticBook hedge) {
    long left = random.oneIn(2) ? share(hedgeLots(swept, lots, hedge)) : 0;
    return new SyntheticBook.Withdrawal(side, random.between(DEPTH_MIN, DEPTH_MAX), left);
  }

  SyntheticBook.Withdrawal ofSwept(Side side) {
    long depth = DEPTH_MAX + random.between(FURTHER_MIN, FURTHER_MAX);
    return new SyntheticBook.Withdrawal(side, depth, 0);
  }

  /**
   * Longer than it takes to receive the fill and to hedge it (0.3 s), shorter than a repair's 5 s.
   */
  long lastsMs() {
    return calm || !manner.staged() ? random.between(700, 2_500) : random.between(900, 1_300);
  }

  private long share(long lots) {
    return FixedPoint.share(lots, random.between(200_000_000L, 400_000_000L));
  }

  /** The same coins in the other book's units, of which a perp's may be a thousand coins. */
  private static long hedgeLots(SyntheticBook swept, long lots, SyntheticBook hedge) {
    BigDecimal tokens = swept.quantity(lots).value().multiply(tokensPerUnit(swept.instrument()));
    BigDecimal units =
        tokens.divide(
            tokensPerUnit(hedge.instrument()),
            hedge.instrument().sizeDecimals(),
            RoundingMode.FLOOR);
    return hedge.lots(new Quantity(units));
  }

  private static BigDecimal tokensPerUnit(Instrument instrument) {
    return instrument.leg() == Leg.SPOT ? BigDecimal.ONE : instrument.unitMultiplier();
  }
}
