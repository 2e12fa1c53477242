package io.twinleg.core.strategy;

import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one market promises by its forecast and today's costs: whether it is worth entering, and of
 * a position whether it is worth leaving. Unknown is neither: without a forecast or without prices
 * nothing is entered and nothing is left by rate.
 *
 * @param hourly the expected rate of an hour; null where there is no forecast
 * @param costs of a move today; null where a book is missing or too thin for the clip
 * @param earnings of the position; null where nothing is held
 */
public record CarryOutlook(
    StrategySettings settings,
    @Nullable BigDecimal hourly,
    @Nullable Costs costs,
    @Nullable Earnings earnings) {
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  /** A word for a person: whether to hold, and what speaks for closing. */
  public enum Readiness {
    /** The costs are not earned back yet. */
    HOLD("HOLD"),
    /** The costs are earned back, and the rate still pays. */
    CAN_CLOSE("CAN CLOSE"),
    /** Today's books do not take the whole position within the slippage cap. */
    SLIP_RISK("SLIP RISK"),
    /** The expected rate is at the exit threshold, and leaving would cost more than staying. */
    RATE_DROP("RATE DROP"),
    /** It is being left, or risk asks for it. */
    CLOSE_NOW("CLOSE NOW");

    private final String words;

    Readiness(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /**
   * What a move costs today, as fractions of the notional of one leg.
   *
   * @param enter fees, spread and impact of going in, and what the basis is worse than usual
   * @param exit the same of coming out
   */
  public record Costs(BigDecimal enter, BigDecimal exit) {
    BigDecimal roundTrip() {
      return enter.add(exit);
    }
  }

  /**
   * What a position has paid and received since it was entered.
   *
   * @param notional of one leg at today's price
   * @param invested what its dearer leg cost
   * @param closable whether today's books take all of it within the slippage cap
   */
  public record Earnings(Usd notional, Usd invested, Usd feesPaid, Usd funding, boolean closable) {}

  public Optional<BigDecimal> forecastApr() {
    return Optional.ofNullable(hourly).map(BlendedForecast::apr);
  }

  /** Why it is not worth entering; empty where it is. */
  public Optional<AllocationReason> refusal() {
    if (hourly == null) {
      return Optional.of(AllocationReason.NO_FORECAST);
    }
    if (costs == null) {
      return Optional.of(AllocationReason.NO_PRICES);
    }
    if (BlendedForecast.apr(hourly).compareTo(settings.enterThresholdApr()) < 0) {
      return Optional.of(AllocationReason.BELOW_ENTRY_THRESHOLD);
    }
    return settings.evGate() && !earnsItsCosts(hourly, costs)
        ? Optional.of(AllocationReason.BELOW_ITS_COSTS)
        : Optional.empty();
  }

  private boolean earnsItsCosts(BigDecimal rate, Costs today) {
    BigDecimal edge = settings.minEdgeBps().movePointLeft(4);
    boolean overHorizon =
        over(rate, settings.horizonHours()).subtract(today.roundTrip()).compareTo(edge) >= 0;
    return overHorizon
        && over(rate, settings.maxBreakEvenHours()).compareTo(today.roundTrip()) >= 0;
  }

  private static BigDecimal over(BigDecimal rate, int hours) {
    return rate.multiply(BigDecimal.valueOf(hours));
  }

  /**
   * Why it is worth leaving by its rate, if it is. In two phases: until the position's costs are
   * earned back it is left only where staying is expected to cost more than leaving and coming
   * back, and afterwards at the exit threshold.
   */
  public Optional<AllocationReason> leaving() {
    if (hourly == null || costs == null) {
      return Optional.empty();
    }
    boolean staysDear =
        over(hourly, settings.horizonHours()).compareTo(costs.roundTrip().negate()) < 0;
    if (settings.evGate() && staysDear) {
      return Optional.of(AllocationReason.STAYING_COSTS_MORE);
    }
    return isAtExitThreshold() && isEarnedBack()
        ? Optional.of(AllocationReason.EXIT_THRESHOLD)
        : Optional.empty();
  }

  private boolean isAtExitThreshold() {
    return hourly != null
        && BlendedForecast.apr(hourly).compareTo(settings.exitThresholdApr()) <= 0;
  }

  /** False where it is not known. */
  public boolean isEarnedBack() {
    return leftToEarn().filter(left -> left.signum() <= 0).isPresent();
  }

  /** What funding has yet to bring until an exit today would leave nothing lost. */
  private Optional<Usd> leftToEarn() {
    if (earnings == null || costs == null) {
      return Optional.empty();
    }
    Usd exit = earnings.notional().times(costs.exit());
    return Optional.of(earnings.feesPaid().plus(exit).minus(earnings.funding()));
  }

  /** Hours until the costs are earned back at the expected rate; empty where they never are. */
  public Optional<Integer> breakEvenHoursLeft() {
    Optional<Usd> left = leftToEarn();
    if (left.isPresent() && left.get().signum() <= 0) {
      return Optional.of(0);
    }
    if (left.isEmpty() || hourly == null || earnings == null) {
      return Optional.empty();
    }
    BigDecimal income = earnings.notional().value().multiply(hourly);
    return income.signum() > 0
        ? Optional.of(
            left.get()
                .value()
                .divide(income, PRECISION)
                .setScale(0, RoundingMode.UP)
                .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .intValue())
        : Optional.empty();
  }

  /**
   * @param isLeft whether risk, an operator or the allocation has it left already
   */
  public Readiness readiness(boolean isLeft) {
    if (isLeft || leaving().isPresent()) {
      return Readiness.CLOSE_NOW;
    }
    if (earnings != null && !earnings.closable()) {
      return Readiness.SLIP_RISK;
    }
    if (isAtExitThreshold()) {
      return Readiness.RATE_DROP;
    }
    return isEarnedBack() ? Readiness.CAN_CLOSE : Readiness.HOLD;
  }
}
