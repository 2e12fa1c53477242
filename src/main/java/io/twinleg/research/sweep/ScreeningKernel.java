package io.twinleg.research.sweep;

import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.core.execution.pricing.ClipSizer;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.risk.RiskSettings;
import io.twinleg.core.strategy.StrategySettings;
import java.math.BigDecimal;
import java.math.RoundingMode;

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

  private static final int HOURS_A_YEAR = 8760;
  private static final int MISSING_PERCENT_MAX = 5;
  private static final double OVERSHOOT = ClipSizer.OVERSHOOT.doubleValue();
  private static final double LEAST_TRADE = 10.5;
  private static final double LEAST_SHARE = 0.02;

  /** Nearer than this to where the Engine would act, its own run decides. */
  private static final double CLOSE = 1.03;

  /** A quotient that is a whole number of lots but for the last bits of a double. */
  private static final double WHOLE = 1e-9;

  private final BarColumns columns;
  private final StrategySettings strategy;
  private final ExecutionSettings execution;
  private final long enter;
  private final long exit;
  private final int window;
  private final double target;
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
  private final double minEdge;
  private final double[] mostEarned;

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
    strategy = market.strategy();
    execution = market.execution();
    enter = scaled(strategy.enterThresholdApr());
    exit = scaled(strategy.exitThresholdApr());
    window = strategy.signalWindowHours();
    target = strategy.targetUsdNotional().value().doubleValue();
    spotFee = feeSchedule.taker(Leg.SPOT).doubleValue();
    perpFee = feeSchedule.taker(Leg.PERP).doubleValue();
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
    minEdge = strategy.minEdgeBps().doubleValue();
    mostEarned =
        strategy.evGate() ? columns.mostEarned(strategy.maxBreakEvenHours()) : new double[0];
  }

  private static double lot(Instrument instrument) {
    return instrument.lot().value().doubleValue();
  }

  private static long scaled(BigDecimal threshold) {
    return threshold
        .movePointRight(BarColumns.RATE_DECIMALS)
        .setScale(0, RoundingMode.CEILING)
        .longValueExact();
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
    double[] expected =
        strategy.evGate() ? columns.expectedSums(strategy.horizonHours()) : new double[0];
    double leaveBelow = -2 * (spotFee + perpFee);
    int last = columns.rows - 1;
    for (int row = 0; row <= last; row++) {
      boolean holds = perpHeld > 0;
      if (holds && row > 0) {
        double paid = perpHeld * columns.perpClose[row] * columns.rate[row];
        funding += paid;
        cash += paid;
      }
      if (row == waitingUntil) {
        fill(row);
        holds = perpHeld > 0;
      }
      if (holds) {
        hoursIn++;
        watch(row);
      }
      if (row % DAY == 0 && row / DAY < byDay.length) {
        byDay[row / DAY] = equity(row);
      }
      if (row < last && waitingUntil <= row) {
        decide(row, holds, expected, leaveBelow);
      }
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

  private double equity(int row) {
    return cash + spotHeld * columns.spotClose[row] - perpHeld * columns.perpClose[row];
  }

  private void watch(int row) {
    double equity = equity(row);
    double notional = perpHeld * columns.perpClose[row];
    peak = Math.max(peak, equity);
    deepest = Math.max(deepest, peak - equity);
    double collateral = capital + equity - spotHeld * columns.spotClose[row];
    if (deepest * CLOSE >= maxDrawdown || collateral < leastRatio * notional * CLOSE) {
      disturbed = true;
    }
  }

  // ---- decisions

  private void decide(int row, boolean holds, double[] expected, double leaveBelow) {
    if (exiting) {
      exitSlice(row);
      return;
    }
    int at = columns.history + row;
    if (columns.ratesFound[at] == columns.ratesFound[at - 1]) {
      at--;
    }
    if (at < window) {
      return;
    }
    int found = columns.ratesFound[at] - columns.ratesFound[at - window];
    if ((window - found) * 100L > (long) MISSING_PERCENT_MAX * window || found == 0) {
      return;
    }
    long sum = columns.rateSums[at] - columns.rateSums[at - window];
    long signal = sum * HOURS_A_YEAR;
    boolean leaves = signal <= exit * found || (strategy.evGate() && expected[row] < leaveBelow);
    if (leaves) {
      if (holds && row >= enteredAt + cooldownRows) {
        exiting = true;
        exitSlice(row);
      }
      return;
    }
    if (signal < enter * found || row < exitedAt + cooldownRows) {
      return;
    }
    if (strategy.evGate() && !isWorth(row, expected[row])) {
      return;
    }
    enterClip(row);
  }

  private boolean isWorth(int row, double expected) {
    double cost =
        2 * (spotFee + perpFee)
            - columns.basisIn[row]
            + columns.meanBasis[row]
            + columns.impactOut[row];
    double edge = Math.rint((expected - cost) * 1e6) / 100;
    return edge >= minEdge && (cost <= 0 || mostEarned[row] >= cost);
  }

  private boolean isGapTooWide(int row) {
    return Math.abs(columns.basis[row]) > maxGap;
  }

  private void enterClip(int row) {
    double ticks =
        (columns.perpMid[row] - columns.spotMid[row] * units) / columns.perpTick[row];
    if (isGapTooWide(row) || (minTicks > 0 && ticks < minTicks - WHOLE)) {
      return;
    }
    double least = Math.max(LEAST_TRADE, target * LEAST_SHARE);
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
    double counted =
        Math.min(
            Math.min(spotCost / spotHeld * units, perpCost / perpHeld), columns.perpClose[row]);
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
