package io.twinleg.research.sweep;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.execution.pricing.ClipSizer;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.risk.RiskSettings;
import io.twinleg.core.strategy.StrategySettings;

/**
 * The screening tier: one set of parameters over one market's columns, by the formulas of the
 * Engine on plain numbers. It stays within what an undisturbed run does; where the Engine would be
 * disturbed (collateral that is not enough, a drawdown that ends trading) the outcome says so, and
 * only the Engine's own run counts.
 *
 * <p>Plain {@code double} numbers are right here and nowhere else: this places no order and keeps
 * no books, and a test holds it to the Engine's to the cent.
 */
final class ScreeningKernel {
  private static final int DAY = 24;

  /** As of {@code ExitSlice}: how far over a clip what goes at once may come. */
  private static final double LAST_OVERSHOOT = 1.0075;

  private static final double OVERSHOOT = ClipSizer.OVERSHOOT.doubleValue();
  private static final double LEAST_TRADE = 10.5;
  private static final double LEAST_SHARE = 0.02;

  /** Nearer than this to where the Engine would act, its own run decides. */
  private static final double CLOSE = 1.03;

  /** A quotient that is a whole number of lots but for the last bits of a double. */
  private static final double WHOLE = 1e-9;

  private final BarColumns columns;
  private final ScreeningSignal signal;
  private final double target;
  private final double least;
  private final double spotFee;
  private final double perpFee;
  private final double hedge;
  private final double units;
  private final double spotLot;
  private final double perpLot;
  private final double minTicks;
  private final double maxGap;
  private final double slippage;
  private final double symbolCap;
  private final double maxDrawdown;
  private final double leastRatio;
  private final double capital;
  private final int after;
  private final int cooldownRows;

  // ---- the state of one run

  private double spotHeld;
  private double perpHeld;
  private double spotCost;
  private double perpCost;
  private double cash;
  private double funding;
  private double fees;
  private double slipped;
  private double peak;
  private double deepest;
  private int entries;
  private int exits;
  private int hoursIn;
  private boolean disturbed;
  private boolean exiting;
  private int waitingUntil;
  private double orderedSpot;
  private double orderedPerp;
  private boolean orderedExit;
  private int enteredAt;
  private int exitedAt;

  /**
   * @param after observations between a decision and its fill, at least one
   */
  ScreeningKernel(
      BarColumns columns,
      MarketSettings market,
      RiskSettings risk,
      FeeSchedule feeSchedule,
      double capital,
      int after) {
    this.columns = columns;
    this.capital = capital;
    this.after = after;
    StrategySettings strategy = market.strategy();
    ExecutionSettings execution = market.execution();
    target = strategy.targetUsdNotional().value().doubleValue();
    spotFee = feeSchedule.taker(Leg.SPOT).doubleValue();
    perpFee = feeSchedule.taker(Leg.PERP).doubleValue();
    signal = new ScreeningSignal(columns, strategy, 2 * (spotFee + perpFee));
    least = Math.max(LEAST_TRADE, target * LEAST_SHARE);
    hedge = execution.hedgeRatio().doubleValue();
    units = columns.perp.unitMultiplier().doubleValue();
    spotLot = lot(columns.spot);
    perpLot = lot(columns.perp);
    minTicks = risk.minSpreadTicks();
    maxGap = risk.maxUnitGap().doubleValue();
    slippage = execution.maxSlippageBps().doubleValue() / 10_000;
    symbolCap = risk.perSymbolNotionalCap().min(risk.portfolioNotionalCap()).value().doubleValue();
    maxDrawdown = risk.maxDrawdownUsd().value().doubleValue();
    leastRatio = actBelow(risk.marginBands(), columns.perp.maxLeverage());
    cooldownRows = Math.toIntExact(execution.cooldown().toHours());
  }

  private static double lot(Instrument instrument) {
    return instrument.lot().value().doubleValue();
  }

  private static double actBelow(RiskSettings.MarginBands bands, int maxLeverage) {
    double maintenance = 1.0 / (2.0 * maxLeverage);
    double byDistance = (1 + bands.liquidationDistanceMin().doubleValue()) * (1 + maintenance) - 1;
    double least = Math.max(Math.max(bands.emergency().doubleValue(), 3 * maintenance), byDistance);
    return Math.max(bands.act().doubleValue(), least + 0.10);
  }

  /**
   * From the first row to the last; nothing is decided on the last.
   *
   * @param byDay receives the equity gained by every 24th row, as far as it goes
   */
  Screening.Result run(double[] byDay) {
    waitingUntil = -1;
    enteredAt = Integer.MIN_VALUE / 2;
    exitedAt = Integer.MIN_VALUE / 2;
    int last = columns.rows - 1;
    int row = 0;
    while (row <= last) {
      if (waitingUntil < row && !exiting && perpHeld == 0) {
        row = stayOut(row, last, byDay);
      }
      if (waitingUntil < row && !exiting && perpHeld > 0 && isFull()) {
        row = stayIn(row, last, byDay);
      } else {
        step(row, byDay);
      }
      if (row < last && waitingUntil <= row) {
        decide(row);
      }
      row++;
    }
    double net = equity(last);
    return new Screening.Result(
        entries,
        exits,
        hoursIn,
        funding,
        net - funding + fees + slipped,
        fees,
        slipped,
        net,
        deepest,
        disturbed);
  }

  /** Books what a row brings, before anything is decided at it. */
  private void step(int row, double[] byDay) {
    if (perpHeld > 0 && row > 0) {
      double paid = perpHeld * columns.perpClose[row] * columns.rate[row];
      funding += paid;
      cash += paid;
    }
    if (row == waitingUntil) {
      fill(row);
    }
    if (perpHeld > 0) {
      hoursIn++;
      watch(row);
    }
    day(row, byDay);
  }

  private void day(int row, double[] byDay) {
    if (row % DAY == 0 && row / DAY < byDay.length) {
      byDay[row / DAY] = equity(row);
    }
  }

  /** Passes over the rows at which nothing is held and nothing lets it in. */
  private int stayOut(int from, int last, double[] byDay) {
    int row = from;
    while (row < last && !signal.enters(row)) {
      day(row, byDay);
      row++;
    }
    return row;
  }

  private boolean isFull() {
    return target - Math.max(spotCost, perpCost) < least;
  }

  /** {@link #step} over the rows at which all is held, to the first that says to leave. */
  private int stayIn(int from, int last, double[] byDay) {
    double paid = funding;
    double money = cash;
    double best = peak;
    double worst = deepest;
    boolean isDisturbed = disturbed;
    int row = from;
    int day = (from + DAY - 1) / DAY;
    while (true) {
      double notional = perpHeld * columns.perpClose[row];
      double more = notional * columns.rate[row];
      paid += more;
      money += more;
      double spot = spotHeld * columns.spotClose[row];
      double equity = money + spot - notional;
      best = equity > best ? equity : best;
      worst = best - equity > worst ? best - equity : worst;
      isDisturbed |= isNearAct(worst, capital + equity - spot, notional);
      if (row == day * DAY) {
        day++;
        if (day <= byDay.length) {
          byDay[day - 1] = equity;
        }
      }
      if (row == last || signal.leaves(row)) {
        break;
      }
      row++;
    }
    hoursIn += row - from + 1;
    funding = paid;
    cash = money;
    peak = best;
    deepest = worst;
    disturbed = isDisturbed;
    return row;
  }

  private boolean isNearAct(double fall, double collateral, double notional) {
    return fall * CLOSE >= maxDrawdown || collateral < leastRatio * notional * CLOSE;
  }

  private double equity(int row) {
    return cash + spotHeld * columns.spotClose[row] - perpHeld * columns.perpClose[row];
  }

  private void watch(int row) {
    double equity = equity(row);
    double notional = perpHeld * columns.perpClose[row];
    peak = Math.max(peak, equity);
    deepest = Math.max(deepest, peak - equity);
    double collateral = capital + equity - spotHeld * columns.spotClose[row];
    disturbed |= isNearAct(deepest, collateral, notional);
  }

  // ---- decisions

  private void decide(int row) {
    if (exiting) {
      exitSlice(row);
    } else if (signal.leaves(row)) {
      if (perpHeld > 0 && row >= enteredAt + cooldownRows) {
        exiting = true;
        exitSlice(row);
      }
    } else if (row >= exitedAt + cooldownRows && signal.enters(row)) {
      enterClip(row);
    }
  }

  private boolean isGapTooWide(int row) {
    return Math.abs(columns.basis[row]) > maxGap;
  }

  private void enterClip(int row) {
    double ticks = (columns.perpMid[row] - columns.spotMid[row] * units) / columns.perpTick[row];
    if (isGapTooWide(row) || (minTicks > 0 && ticks < minTicks - WHOLE)) {
      return;
    }
    double remaining = target - Math.max(spotCost, perpCost);
    if (remaining < least) {
      return;
    }
    double worst = Math.max(spotHeld / units, perpHeld) * columns.perpClose[row];
    double head = Math.min(remaining, symbolCap - worst);
    if (head < least) {
      return;
    }
    double gap = Math.abs(spotHeld * hedge / units - perpHeld);
    double clip = Math.min(head, target - columns.perpBid[row] * gap);
    double ask = columns.spotAsk[row];
    double cap = columns.spotMid[row] * (1 + slippage);
    double price = Math.max(ask, cap / OVERSHOOT);
    double dearer = Math.max(price * units / hedge, columns.perpBid[row]);
    double perpSize = floor(floor(clip / dearer, perpLot) * units, spotLot) / units;
    perpSize = floor(perpSize, perpLot);
    if (perpSize <= 0) {
      return;
    }
    double most = clip * OVERSHOOT / price;
    double spotSize = Math.min(gross(perpSize, most), floor(most, spotLot));
    spotSize = Math.min(spotSize, floor(clip * OVERSHOOT / cap, spotLot));
    double spotUsd = columns.spotAsk[row] * spotSize;
    if (spotSize <= 0 || spotUsd < 10 || columns.perpBid[row] * perpSize < 10) {
      return;
    }
    double free = capital + cash - Math.max(0, perpHeld * columns.perpClose[row]);
    if (free < spotUsd * (1 + slippage) + columns.perpBid[row] * perpSize * CLOSE) {
      disturbed = true;
    }
    order(row, spotSize, perpSize, false);
  }

  /** As {@code ClipSizer.grossSpot}. */
  private double gross(double perpSize, double most) {
    double kept = 1 - spotFee;
    double exact = perpSize * units / (hedge * kept);
    double below = floor(exact, spotLot);
    double above = below + spotLot;
    double wanted = perpSize * units;
    boolean takesAbove =
        Math.abs(above * hedge * kept - wanted) < Math.abs(below * hedge * kept - wanted)
            && above <= most * (1 + 1e-12);
    return takesAbove ? above : below;
  }

  /** As {@code ExitSlice}: all at once where that is one clip. */
  private void exitSlice(int row) {
    if (isGapTooWide(row)) {
      return;
    }
    double sellable = floor(spotHeld, spotLot);
    double counted = Math.min(spotCost / spotHeld * units, columns.perpClose[row]);
    double most = target / counted * LAST_OVERSHOOT * (1 - WHOLE);
    if (Math.max(perpHeld, spotHeld / units) > most) {
      // more slices than one, each an observation apart
      disturbed = true;
    }
    order(row, sellable, perpHeld, true);
  }

  private void order(int row, double spotSize, double perpSize, boolean leaves) {
    waitingUntil = row + after;
    orderedSpot = spotSize;
    orderedPerp = perpSize;
    orderedExit = leaves;
  }

  private static double floor(double size, double lot) {
    return Math.floor(size / lot + WHOLE) * lot;
  }

  // ---- fills

  private void fill(int row) {
    if (orderedExit) {
      leave(row);
      return;
    }
    double ask = columns.spotAsk[row];
    double bid = columns.perpBid[row];
    double received = orderedSpot * (1 - spotFee);
    if (perpHeld == 0) {
      entries++;
    }
    spotHeld += received;
    spotCost += received * ask;
    perpHeld += orderedPerp;
    perpCost += orderedPerp * bid;
    double perpPaid = orderedPerp * bid * perpFee;
    cash += orderedPerp * bid - orderedSpot * ask - perpPaid;
    fees += orderedSpot * spotFee * ask + perpPaid;
    slipped +=
        orderedSpot * (ask - columns.spotClose[row]) + orderedPerp * (columns.perpClose[row] - bid);
    enteredAt = row;
  }

  private void leave(int row) {
    double bid = columns.spotBid[row];
    double ask = columns.perpAsk[row];
    double paid = orderedSpot * bid * spotFee + orderedPerp * ask * perpFee;
    cash += orderedSpot * bid - orderedPerp * ask - paid;
    fees += paid;
    slipped +=
        orderedSpot * (columns.spotClose[row] - bid) + orderedPerp * (ask - columns.perpClose[row]);
    double left = spotHeld - orderedSpot;
    spotCost = left < spotLot * WHOLE ? 0 : spotCost * left / spotHeld;
    spotHeld = left < spotLot * WHOLE ? 0 : left;
    perpHeld = 0;
    perpCost = 0;
    exiting = false;
    exits++;
    exitedAt = row;
  }
}
