package io.twinleg.core.execution.pricing;

import io.twinleg.core.model.QuotaLevel;
import io.twinleg.core.model.SettingChecks;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * How a target is reached and left.
 *
 * @param priceOffsetTicks improvement over the own best quote, never crossing
 * @param normalTif of orders that may rest; post_only makes it ALO
 * @param repriceInterval the least age of a resting order before it is quoted anew
 * @param entryTimeout of one entry round
 * @param repairTimeout how long a half-filled hedge is completed before it is unwound
 * @param repairStage when the repair stops quoting (stage A) and takes (stage B)
 * @param cooldown between an entry and the next exit, and an exit and the next entry
 * @param maxSlippageBps of any aggressive price against the reference mid; doubled to unwind and in
 *     a risk exit
 * @param maxClip the size of a slice, and so the most that can be un-hedged
 * @param hedgeRatio perp units per net owned spot unit
 */
public record ExecutionSettings(
    int priceOffsetTicks,
    TimeInForce normalTif,
    Duration repriceInterval,
    Duration entryTimeout,
    Duration repairTimeout,
    Duration repairStage,
    int perpLeverage,
    boolean perpCross,
    Duration cooldown,
    BigDecimal maxSlippageBps,
    LegMode legMode,
    Usd maxClip,
    BigDecimal hedgeRatio) {

  private static final BigDecimal LEAST_CLIP = new BigDecimal("21");
  private static final Duration SLOWEST = Duration.ofSeconds(60);
  private static final BigDecimal CLIPS_COMPARED = BigDecimal.TEN;

  public ExecutionSettings {
    SettingChecks.within("execution.price_offset_ticks", priceOffsetTicks, 0, 1000);
    SettingChecks.within("execution.reprice_interval_ms", repriceInterval.toMillis(), 100, 60_000);
    SettingChecks.within("execution.entry_timeout_ms", entryTimeout.toMillis(), 1000, 3_600_000);
    SettingChecks.within(
        "execution.hedge_repair_timeout_ms", repairTimeout.toMillis(), 1000, 60_000);
    SettingChecks.require(
        !repairStage.isNegative() && repairStage.compareTo(repairTimeout) <= 0,
        "execution.hedge_repair_stage_ms",
        repairStage.toMillis(),
        "from 0 to execution.hedge_repair_timeout_ms (" + repairTimeout.toMillis() + ")");
    SettingChecks.within("execution.perp_leverage", perpLeverage, 1, 1000);
    SettingChecks.within("execution.enter_exit_cooldown_s", cooldown.toSeconds(), 0, 86_400);
    SettingChecks.within("execution.max_slippage_bps", maxSlippageBps, "1", "500");
    SettingChecks.require(
        maxClip.value().compareTo(LEAST_CLIP) >= 0,
        "execution.max_clip_usd",
        maxClip,
        "at least 21 (two minimum orders)");
    SettingChecks.within("strategy.hedge_ratio", hedgeRatio, "0.5", "1.5");
  }

  /**
   * The clip whose depth the books must show. To compare the depths of two books more is needed
   * than one clip.
   */
  public Usd bookClip() {
    return legMode == LegMode.AUTO ? maxClip.times(CLIPS_COMPARED) : maxClip;
  }

  /** The same with as few actions as the venue's quota asks for. */
  public ExecutionSettings under(QuotaLevel quota) {
    return switch (quota) {
      case NONE -> this;
      case SLOW -> quoting(normalTif, repriceInterval.multipliedBy(2));
      case IOC_ONLY, NO_ENTRIES, UNWIND_ONLY -> quoting(TimeInForce.IOC, repriceInterval);
    };
  }

  private ExecutionSettings quoting(TimeInForce tif, Duration every) {
    Duration reprice = every.compareTo(SLOWEST) > 0 ? SLOWEST : every;
    return new ExecutionSettings(
        priceOffsetTicks,
        tif,
        reprice,
        entryTimeout,
        repairTimeout,
        repairStage,
        perpLeverage,
        perpCross,
        cooldown,
        maxSlippageBps,
        legMode,
        maxClip,
        hedgeRatio);
  }

  /** How soon after one entry order the next may follow. */
  public Duration entryThrottle() {
    Duration least = Duration.ofMillis(200);
    return repriceInterval.compareTo(least) > 0 ? repriceInterval : least;
  }
}
