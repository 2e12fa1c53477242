package io.twinleg.history;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a leg is quoted at when its bar has closed: the record holds no quotes, so a half-spread is
 * laid around the close, and rounded away from it to the leg's tick. The two tiers of a backtest
 * quote by this one class.
 *
 * @param halfSpreadE8 with the impact of an order, as a fraction of the price in 10^-8
 */
public record BarQuotes(Instrument instrument, long halfSpreadE8) {
  private static final long ONE = 100_000_000L;

  /**
   * @param bps a half-spread and the impact of an order together, in hundredths of a percent
   */
  public static BarQuotes of(Instrument instrument, BigDecimal bps) {
    return new BarQuotes(
        instrument, bps.movePointRight(4).setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  /** What buys, rounded down. */
  public Price bid(Price close) {
    return quoted(close, Side.BUY);
  }

  /** What sells, rounded up; above the bid by a tick at least. */
  public Price ask(Price close) {
    Price ask = quoted(close, Side.SELL);
    Price bid = bid(close);
    return ask.isAbove(bid) ? ask : instrument.prices().step(bid, Side.BUY, 1);
  }

  private Price quoted(Price close, Side side) {
    long away = Long.divideUnsigned(close.e8() * halfSpreadE8, ONE);
    long e8 = side == Side.BUY ? close.e8() - away : close.e8() + away;
    return instrument.prices().round(side, new Price(Math.max(1, e8)));
  }
}
