package io.twinleg.simulator;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An instrument as it trades here: its book, its prices, and whether it can be traded. */
final class ListedInstrument {
  private static final BigDecimal LOTS_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private final transient Instrument instrument;

  /** Stored by {@link ExchangeState.StoredOrders}. */
  private final transient OrderBook book = new OrderBook();

  private @Nullable Price oracle;
  private boolean delisted;
  private boolean halted;
  private boolean numberedApart;
  private long lastTradeId;

  ListedInstrument(Instrument instrument) {
    this.instrument = instrument;
  }

  Instrument instrument() {
    return instrument;
  }

  InstrumentId id() {
    return instrument.id();
  }

  boolean isPerp() {
    return instrument.leg() == Leg.PERP;
  }

  OrderBook book() {
    return book;
  }

  long lots(Quantity quantity) {
    return quantity.value().movePointRight(instrument.sizeDecimals()).longValueExact();
  }

  Quantity quantity(long lots) {
    return new Quantity(BigDecimal.valueOf(lots, instrument.sizeDecimals()));
  }

  Optional<Price> oracle() {
    return Optional.ofNullable(oracle);
  }

  void setOracle(Price price) {
    oracle = price;
  }

  /**
   * The median of best bid, best ask and oracle: the oracle while it lies within the spread,
   * otherwise the touch that is nearer to it. A one-sided book has no spread: then it is the
   * oracle, and without an oracle the mid.
   */
  Optional<Price> mark() {
    Optional<Price> bid = book.best(Side.BUY);
    Optional<Price> ask = book.best(Side.SELL);
    if (oracle == null || bid.isEmpty() || ask.isEmpty()) {
      return oracle().or(book::mid);
    }
    long within = Math.clamp(oracle.e8(), bid.get().e8(), ask.get().e8());
    return Optional.of(new Price(within));
  }

  boolean isDelisted() {
    return delisted;
  }

  boolean isHalted() {
    return halted;
  }

  void setStatus(boolean delisted, boolean halted) {
    this.delisted = delisted;
    this.halted = halted;
  }

  /** Whether its trades have numbers of their own instead of the exchange's. */
  boolean isNumberedApart() {
    return numberedApart;
  }

  void numberApart() {
    numberedApart = true;
  }

  long nextTradeId() {
    return ++lastTradeId;
  }

  // ---- the book as it is published

  BookSnapshot snapshot() {
    return new BookSnapshot(depth(Side.BUY, Long.MAX_VALUE), depth(Side.SELL, Long.MAX_VALUE));
  }

  /** Of each side as much as is worth {@code worth} at its best price, and no level beyond. */
  BookSnapshot depth(Usd worth) {
    return new BookSnapshot(
        depth(Side.BUY, depthLots(Side.BUY, worth)), depth(Side.SELL, depthLots(Side.SELL, worth)));
  }

  private List<PriceLevel> depth(Side side, long maxLots) {
    List<PriceLevel> levels = new ArrayList<>();
    long left = maxLots;
    for (OrderBook.BookLevel level : book.side(side).levels()) {
      long lots = Math.min(level.total(), left);
      levels.add(new PriceLevel(new Price(level.price()), quantity(lots)));
      left -= lots;
      if (left == 0) {
        break;
      }
    }
    return levels;
  }

  /** Rounded up, and at least one lot: the best price is always part of the depth. */
  private long depthLots(Side side, Usd worth) {
    int decimals = instrument.sizeDecimals();
    return book.best(side)
        .map(best -> worth.value().divide(best.value(), decimals, RoundingMode.CEILING))
        .map(size -> size.movePointRight(decimals).min(LOTS_MAX).longValueExact())
        .map(lots -> Math.max(1, lots))
        .orElse(1L);
  }

  /** The accounts' part of the book, without the background quotes. */
  BookSnapshot accountQuotes() {
    return new BookSnapshot(accountQuotes(Side.BUY), accountQuotes(Side.SELL));
  }

  private List<PriceLevel> accountQuotes(Side side) {
    List<PriceLevel> levels = new ArrayList<>();
    for (OrderBook.BookLevel level : book.side(side).levels()) {
      long lots = level.total() - level.background();
      if (lots > 0) {
        levels.add(new PriceLevel(new Price(level.price()), quantity(lots)));
      }
    }
    return levels;
  }
}
