package io.twinleg.research.sweep;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.risk.RiskSettings;
import io.twinleg.history.RecordedSeries;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * One market's history, ready for many sets of parameters: made once, read by every thread, changed
 * by none.
 */
public final class Screening {
  private static final int DAY = 24;

  private final String market;
  private final BarColumns columns;

  /**
   * @param spotBps half-spread and impact on spot, {@code perpBps} on the perp
   * @param from the first observation, {@code until} the last
   * @param signalHours the longest window of a signal
   */
  public Screening(
      RecordedSeries series,
      BigDecimal spotBps,
      BigDecimal perpBps,
      Instant from,
      Instant until,
      int signalHours) {
    market = series.name();
    columns = new BarColumns(series, spotBps, perpBps, from, until, Math.max(720, signalHours));
  }

  public String market() {
    return market;
  }

  /** Observations after the first. */
  public int hours() {
    return columns.rows - 1;
  }

  public Instant from() {
    return columns.start;
  }

  public int days() {
    return hours() / DAY + 1;
  }

  /**
   * One set of parameters.
   *
   * @param after observations between a decision and its fill, at least one
   * @param byDay receives what was gained by the end of each day
   */
  public Result run(
      MarketSettings settings,
      RiskSettings risk,
      FeeSchedule fees,
      double capital,
      int after,
      double[] byDay) {
    return new ScreeningKernel(columns, settings, risk, fees, capital, after).run(byDay);
  }

  /**
   * In USD, as a backtest's; {@code disturbed}: collateral or drawdown would have made the Engine
   * act, so that only its own run counts.
   */
  public record Result(
      int entries,
      int exits,
      int hoursIn,
      double funding,
      double basis,
      double fees,
      double slippage,
      double net,
      double maxDrawdown,
      boolean disturbed) {}
}
