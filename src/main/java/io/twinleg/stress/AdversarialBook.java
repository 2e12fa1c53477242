package io.twinleg.stress;

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

/** The quotes of an adversarial market in one book. */
final class AdversarialBook {
  private static final long ONE = 1_000_000_000L;
  private static final long BPS = ONE / 10_000;
  private static final int LEVELS = 3;
  private static final int THIN_USD = 90;

  private final Instrument instrument;
  private final SeededRandom random;
  private final long lotsPerUnit;
  private long midE8;
  private long halfSpreadE9 = BPS;
  private long gapE9 = BPS;
  private final long[] usd = new long[2 * LEVELS];
  private boolean thin;
  private boolean bidsGone;
  private boolean asksGone;
  private BookSnapshot shown = BookSnapshot.EMPTY;

  AdversarialBook(Instrument instrument, SeededRandom random) {
    this.instrument = instrument;
    this.random = random;
    lotsPerUnit = BigDecimal.TEN.pow(instrument.sizeDecimals()).longValueExact();
  }

  Instrument instrument() {
    return instrument;
  }

  void reshape(long aroundE8) {
    midE8 = aroundE8;
    halfSpreadE9 = random.between(BPS / 2, 2 * BPS);
    gapE9 = random.between(BPS / 2, 3 * BPS);
    for (int i = 0; i < usd.length; i++) {
      usd[i] = random.between(400, 8_000);
    }
  }

  void around(long e8) {
    midE8 = e8;
  }

  void thin(boolean isThin) {
    thin = isThin;
  }

  void gone(boolean bids, boolean asks) {
    bidsGone = bids;
    asksGone = asks;
  }

  boolean isGone(Side side) {
    return side == Side.BUY ? bidsGone : asksGone;
  }

  /** Quotes only when the book differs from the last quote. */
  void show(WorldGateway gateway) {
    BookSnapshot book = new BookSnapshot(levels(Side.BUY), levels(Side.SELL));
    boolean eaten = !gateway.book(instrument).equals(shown);
    if (eaten || !book.equals(shown)) {
      gateway.quote(instrument, book);
      shown = gateway.book(instrument);
    }
  }

  private List<PriceLevel> levels(Side side) {
    if (isGone(side)) {
      return List.of();
    }
    List<PriceLevel> levels = new ArrayList<>(LEVELS);
    int first = side == Side.BUY ? 0 : LEVELS;
    for (int i = 0; i < LEVELS; i++) {
      long away = share(midE8, halfSpreadE9 + i * (thin ? 40 * BPS : gapE9));
      long e8 = Math.max(1, side == Side.BUY ? midE8 - away : midE8 + away);
      Price price = instrument.prices().round(side, new Price(e8));
      levels.add(new PriceLevel(price, worth(thin ? THIN_USD : usd[first + i], price)));
    }
    return distinct(levels);
  }

  /** A coarse tick may make two levels one. */
  private static List<PriceLevel> distinct(List<PriceLevel> levels) {
    List<PriceLevel> kept = new ArrayList<>(levels.size());
    for (PriceLevel level : levels) {
      if (kept.isEmpty() || !kept.getLast().price().equals(level.price())) {
        kept.add(level);
      }
    }
    return kept;
  }

  private Quantity worth(long dollars, Price price) {
    return quantity(Math.max(1, dollars * lotsPerUnit * 100_000_000L / price.e8()));
  }

  Quantity quantity(long lots) {
    return new Quantity(BigDecimal.valueOf(lots, instrument.sizeDecimals()));
  }

  long lots(Quantity quantity) {
    return instrument.floor(quantity).value().movePointRight(instrument.sizeDecimals()).longValue();
  }

  static long share(long value, long fractionE9) {
    return value / ONE * fractionE9 + value % ONE * fractionE9 / ONE;
  }
}
