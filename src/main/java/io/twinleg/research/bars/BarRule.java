package io.twinleg.research.bars;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** What to do at a row, when its funding has been paid. */
public sealed interface BarRule {
  /** How the capital is parted before the first row: the part that buys spot. */
  BigDecimal spotShare();

  /**
   * Decides on one row and trades on the next; holds to the end.
   *
   * @param warmUpRows with a rate that must have passed before it decides
   * @param maxBasis no trade where the perp is further from the spot, as a fraction
   */
  record AlwaysIn(int warmUpRows, double maxBasis) implements BarRule {
    @Override
    public BigDecimal spotShare() {
      return new BigDecimal("0.5");
    }
  }

  /**
   * In while the perp stands far above its spot, out when it has come back: the kind of rule that a
   * careless backtest flatters, since the price it decides on is the very one that is odd.
   *
   * @param enterBasis in at this or above, {@code exitBasis} out at this or below; fractions
   * @param fillsAfter rows between a decision and its fill; 0 fills at the price decided on
   */
  record BasisTiming(double enterBasis, double exitBasis, int fillsAfter) implements BarRule {
    @Override
    public BigDecimal spotShare() {
      return new BigDecimal("0.5");
    }

    public BasisTiming later() {
      return new BasisTiming(enterBasis, exitBasis, fillsAfter + 1);
    }
  }

  /**
   * Long spot, short as much, with the short's leverage kept in a band: notional over the equity of
   * the perp wallet. Outside of it the capital is parted anew.
   *
   * @param target the leverage that the capital is parted for
   */
  record LeverageBand(BigDecimal target, BigDecimal min, BigDecimal max) implements BarRule {
    /** Of USD: finer than any price times a lot. */
    private static final int DECIMALS = 16;

    @Override
    public BigDecimal spotShare() {
      return BigDecimal.ONE.subtract(hedgeShare());
    }

    private BigDecimal hedgeShare() {
      return BigDecimal.ONE.divide(BigDecimal.ONE.add(target), MathContext.DECIMAL128);
    }

    void open(BarAccount account) {
      account.buySpotFor(account.books().spotQuote());
      account.openShort(account.coins());
    }

    void keep(BarAccount account, BarRow row) {
      Usd hedge = account.perpEquity();
      BigDecimal notional = row.perp().times(account.shorted()).value();
      boolean above = notional.compareTo(max.multiply(hedge.value())) > 0;
      boolean below = notional.compareTo(min.multiply(hedge.value())) < 0;
      if (!above && !below) {
        return;
      }
      Usd equity = hedge.plus(account.spotValue());
      Usd wanted = equity.times(hedgeShare());
      Usd apart = new Usd(wanted.minus(hedge).value().setScale(DECIMALS, RoundingMode.HALF_EVEN));
      BigDecimal size =
          apart.value().abs().divide(row.spot().value(), DECIMALS, RoundingMode.HALF_EVEN);
      if (above) {
        account.move(account.sellSpot(new Quantity(size)), Leg.SPOT);
        account.closeShort(new Quantity(size));
      } else {
        Quantity before = account.coins();
        account.move(apart.abs(), Leg.PERP);
        account.buySpotFor(apart.abs());
        account.openShort(account.coins().minus(before));
      }
    }
  }
}
