package io.twinleg.simulator.market.synthetic;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.simulator.WorldGateway;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The background quotes of one book. {@link #reshape} draws them anew around a price; {@link #show}
 * quotes them, as they are or withdrawn. Only reshape draws, so a reaction changes no random draw.
 *
 * <p>Where the new quotes would run over an order of an account, they stop a tick before it for
 * {@link #HOLD_OFF_MS}: takers reach it first ({@link TakerModels}), in parts, as they do when a
 * price passes through a real queue. What still rests there afterwards is run over.
 */
final class SyntheticBook {
  private static final long HOLD_OFF_MS = 10_000;
  private static final long CALM = -1;

  private final Instrument instrument;
  private final transient FlowProfile.QuoteProfile style;
  private final SeededRandom random;
  private final transient long lotsPerUnit;

  private long midE8;
  private long halfSpreadE8;
  private long gapE8;
  private final long[] bidLots = new long[FlowProfile.QuoteProfile.LEVELS];
  private final long[] askLots = new long[FlowProfile.QuoteProfile.LEVELS];
  private Optional<Withdrawal> retreat = Optional.empty();
  private Optional<Side> givingWay = Optional.empty();

  /** Since when accounts' bids (asks) stand in the way of our asks (bids). */
  private long bidsPressedMs = CALM;

  private long asksPressedMs = CALM;

  SyntheticBook(Instrument instrument, FlowProfile.QuoteProfile style, SeededRandom random) {
    this.instrument = instrument;
    this.style = style;
    this.random = random;
    lotsPerUnit = BigDecimal.TEN.pow(instrument.sizeDecimals()).longValueExact();
  }

  Instrument instrument() {
    return instrument;
  }

  void reshape(long aroundE8) {
    midE8 = aroundE8;
    halfSpreadE8 =
        FixedPoint.share(midE8, random.between(style.halfSpreadMin(), style.halfSpreadMax()));
    gapE8 = FixedPoint.share(midE8, random.between(style.gapMin(), style.gapMax()));
    drawSizes(bidLots);
    drawSizes(askLots);
  }

  private void drawSizes(long[] lots) {
    for (int level = 0; level < lots.length; level++) {
      lots[level] = lotsWorth(random.between(style.usdMin(), style.usdMax()));
    }
  }

  /** At least one lot. */
  private long lotsWorth(long usd) {
    long lots = Math.multiplyExact(usd * lotsPerUnit, 100_000_000L) / midE8;
    return Math.max(1, lots);
  }

  void stepBack(Withdrawal back) {
    retreat = Optional.of(back);
  }

  void comeBack() {
    retreat = Optional.empty();
  }

  /** Whether orders of accounts of this side hold up the background quotes. */
  boolean isPressing(Side accounts) {
    return (accounts == Side.BUY ? bidsPressedMs : asksPressedMs) != CALM;
  }

  void show(WorldGateway gateway, long nowMs) {
    BookSnapshot accounts = gateway.accountQuotes(instrument);
    bidsPressedMs = pressedSince(Side.BUY, accounts, bidsPressedMs, nowMs);
    asksPressedMs = pressedSince(Side.SELL, accounts, asksPressedMs, nowMs);
    gateway.quote(
        instrument,
        new BookSnapshot(
            levels(Side.BUY, start(Side.BUY, accounts, asksPressedMs, nowMs)),
            levels(Side.SELL, start(Side.SELL, accounts, bidsPressedMs, nowMs))));
  }

  /**
   * As {@link #show}, but behind the accounts' best order of this side, so that a taker's small
   * order reaches that order, whichever came first. Until the next show.
   */
  void showBehind(WorldGateway gateway, Side side, long nowMs) {
    givingWay = Optional.of(side);
    show(gateway, nowMs);
    givingWay = Optional.empty();
  }

  private long pressedSince(Side side, BookSnapshot accounts, long since, long nowMs) {
    Optional<Price> facing = accounts.best(side);
    if (facing.isEmpty() || !runsOver(side.opposite(), facing.get())) {
      return CALM;
    }
    return since == CALM ? nowMs : since;
  }

  private boolean runsOver(Side ours, Price theirs) {
    Price touch = instrument.prices().round(ours, new Price(touchE8(ours)));
    return ours == Side.SELL ? !touch.isAbove(theirs) : !touch.isBelow(theirs);
  }

  private long touchE8(Side side) {
    long away = halfSpreadE8 + retreatE8(side);
    return side == Side.BUY ? midE8 - away : midE8 + away;
  }

  private long retreatE8(Side side) {
    return retreat
        .filter(back -> back.side() == side)
        .map(back -> FixedPoint.share(midE8, back.depth()))
        .orElse(0L);
  }

  /** Where a side of the quotes begins: at its touch, or a tick before whom it would run over. */
  private long start(Side side, BookSnapshot accounts, long pressedMs, long nowMs) {
    boolean waits = pressedMs != CALM && nowMs - pressedMs < HOLD_OFF_MS;
    long e8 = waits ? behindE8(side, accounts.best(side.opposite())) : touchE8(side);
    return isGivingWay(side) ? further(side, e8, behindE8(side, accounts.best(side))) : e8;
  }

  /** A tick further from the other side's quotes than an order is. */
  private long behindE8(Side side, Optional<Price> theirs) {
    return instrument.prices().step(theirs.orElseThrow(), side.opposite(), 1).e8();
  }

  private static long further(Side side, long oneE8, long otherE8) {
    return side == Side.BUY ? Math.min(oneE8, otherE8) : Math.max(oneE8, otherE8);
  }

  private boolean isGivingWay(Side side) {
    return givingWay.filter(side::equals).isPresent();
  }

  private List<PriceLevel> levels(Side side, long startE8) {
    List<PriceLevel> levels = new ArrayList<>(FlowProfile.QuoteProfile.LEVELS + 1);
    if (!isGivingWay(side)) {
      forgotten(side).ifPresent(levels::add);
    }
    long gap = Math.max(gapE8, instrument.prices().tick(new Price(startE8)).e8());
    long[] lots = side == Side.BUY ? bidLots : askLots;
    for (int level = 0; level < lots.length; level++) {
      long e8 = side == Side.BUY ? startE8 - level * gap : startE8 + level * gap;
      levels.add(
          new PriceLevel(instrument.prices().round(side, new Price(e8)), quantity(lots[level])));
    }
    return levels;
  }

  /** What a retreat left at the usual price. */
  private Optional<PriceLevel> forgotten(Side side) {
    return retreat
        .filter(back -> back.side() == side && back.leftLots() > 0)
        .map(back -> new PriceLevel(usualTouch(side), quantity(back.leftLots())));
  }

  private Price usualTouch(Side side) {
    long e8 = side == Side.BUY ? midE8 - halfSpreadE8 : midE8 + halfSpreadE8;
    return instrument.prices().round(side, new Price(e8));
  }

  Quantity quantity(long lots) {
    return new Quantity(BigDecimal.valueOf(lots, instrument.sizeDecimals()));
  }

  long lots(Quantity quantity) {
    return instrument.floor(quantity).value().movePointRight(instrument.sizeDecimals()).longValue();
  }

  /** A small order against what we ourselves show: a share (10^-9) of the best level. */
  void trade(WorldGateway gateway, Side taker, long shareOfTop) {
    Side maker = taker.opposite();
    long[] lots = maker == Side.BUY ? bidLots : askLots;
    long wanted = Math.max(1, FixedPoint.share(lots[0], shareOfTop));
    gateway.trade(instrument, taker, usualTouch(maker), quantity(wanted));
  }

  /** The most that takers want at once. */
  long depthLots() {
    long depth = 0;
    for (long level : bidLots) {
      depth += level;
    }
    return depth;
  }

  boolean isBack(Side side) {
    return retreat.filter(back -> back.side() == side).isPresent();
  }

  /**
   * A side of a book from which the background quotes are withdrawn.
   *
   * @param depth how far, in 10^-9 of the price
   * @param leftLots what is left at the usual price; 0 for nothing
   */
  record Withdrawal(Side side, long depth, long leftLots) {}
}
