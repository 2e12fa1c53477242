package io.twinleg.simulator;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import java.util.List;

/**
 * One side of the crowd's quotes in the book's own numbers, checked: legal, positive, best first.
 */
final class QuoteLadder {
  private final long[] prices;
  private final long[] lots;

  private QuoteLadder(int size) {
    prices = new long[size];
    lots = new long[size];
  }

  static QuoteLadder of(ListedInstrument listing, Side side, List<PriceLevel> levels) {
    QuoteLadder ladder = new QuoteLadder(levels.size());
    for (int i = 0; i < levels.size(); i++) {
      ladder.set(i, listing, side, levels.get(i));
    }
    return ladder;
  }

  private void set(int i, ListedInstrument listing, Side side, PriceLevel level) {
    Instrument instrument = listing.instrument();
    boolean ordered = i == 0 || (level.price().e8() - prices[i - 1]) * side.sign() < 0;
    if (!ordered
        || !level.quantity().isPositive()
        || !instrument.isLegal(level.quantity())
        || !instrument.prices().isLegal(level.price())) {
      throw new IllegalArgumentException(
          "no legal quote of %s: %s %s x %s"
              .formatted(instrument.symbol(), side, level.price(), level.quantity()));
    }
    prices[i] = level.price().e8();
    lots[i] = listing.lots(level.quantity());
  }

  int size() {
    return prices.length;
  }

  long price(int i) {
    return prices[i];
  }

  long lots(int i) {
    return lots[i];
  }
}
