package io.twinleg.core.risk;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The perp wallet at the marks of now, and what could be moved into it.
 *
 * @param equity collateral and unrealised PnL; in a pooled account of the whole pool
 * @param notional of everything short or long in it, also of what is not ours
 * @param ourNotional of our own shorts alone: what could be reduced
 * @param freeSpot quote in the spot wallet that may be moved; nothing where the key may not
 * @param proceeds of our own sales of spot that the venue has not reported yet: soon free too
 * @param freePerp collateral that may leave
 * @param gained what the strategy has earned in this wallet, less what it has moved out of it and
 *     all fees
 * @param lost the same as a loss, fees aside; never negative
 * @param movable whether quote can be moved between the wallets
 * @param pooled both wallets are one: what is sold on one leg is collateral of the other
 */
public record MarginSnapshot(
    Usd equity,
    Usd notional,
    Usd ourNotional,
    Usd freeSpot,
    Usd proceeds,
    Usd freePerp,
    Usd gained,
    Usd lost,
    boolean movable,
    boolean pooled) {
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  public boolean isFlat() {
    return notional.signum() == 0;
  }

  /** Equity over notional, as if so much more were in it; only where something is held. */
  BigDecimal ratio(Usd more) {
    return equity.plus(more).value().divide(notional.value(), PRECISION);
  }

  public BigDecimal ratio() {
    return ratio(Usd.ZERO);
  }

  /** Equity over notional, as if so much more were held. */
  BigDecimal ratioWith(Usd moreNotional) {
    return equity.value().divide(notional.plus(moreNotional).value(), PRECISION);
  }

  /** What is missing to this ratio; negative where there is more than enough. */
  Usd missingTo(BigDecimal ratio) {
    return notional.times(ratio).minus(equity);
  }

  /**
   * The share of our own position that has to go, so that the ratio is reached again. What the spot
   * is sold for becomes collateral where it can; else the smaller position alone must do it.
   *
   * @param arriving what will be in the wallet without that
   */
  BigDecimal shareToClose(BigDecimal target, Usd arriving) {
    BigDecimal held = equity.plus(arriving).value();
    BigDecimal wanted = notional.value().multiply(target);
    BigDecimal ofAll =
        movable || pooled
            ? wanted
                .subtract(held)
                .divide(notional.value().multiply(BigDecimal.ONE.add(target)), PRECISION)
            : BigDecimal.ONE.subtract(held.divide(wanted, PRECISION));
    BigDecimal ofOurs =
        ourNotional.signum() == 0
            ? BigDecimal.ZERO
            : ofAll.multiply(notional.value()).divide(ourNotional.value(), PRECISION);
    return ofOurs.max(BigDecimal.ZERO).min(BigDecimal.ONE);
  }

  /**
   * How far the price may rise before the venue liquidates, as a part of it.
   *
   * @param maxLeverage the least of the coins that are held
   */
  public BigDecimal liquidationDistance(int maxLeverage) {
    BigDecimal maintenance = RiskSettings.MarginBands.maintenance(maxLeverage);
    return ratio()
        .add(BigDecimal.ONE)
        .divide(maintenance.add(BigDecimal.ONE), PRECISION)
        .subtract(BigDecimal.ONE)
        .setScale(4, RoundingMode.HALF_EVEN);
  }
}
