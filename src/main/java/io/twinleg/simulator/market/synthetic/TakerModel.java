package io.twinleg.simulator.market.synthetic;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.simulator.WorldGateway;
import java.util.Optional;

/**
 * Somebody who may trade with the accounts that wait on one side of one book. The plan outlives a
 * requote: who cancels and comes back a tick higher is remembered.
 */
final class TakerModel {
  private static final long FORGET_MS = 60_000;

  /** Who is no further behind is about to come back to the top, and is watched. */
  private static final long NEAR = 20 * FixedPoint.BPS;

  private static final long NEVER = PricePath.NEVER;

  private final SyntheticBook book;
  private final Side side;
  private final FlowProfile.TakerProfile manner;
  private final SeededRandom dice;

  private boolean bitten;
  private long dueMs = NEVER;
  private long seenMs = Long.MIN_VALUE / 2;

  /**
   * @param side of the accounts' orders
   */
  TakerModel(SyntheticBook book, Side side, FlowProfile.TakerProfile manner, SeededRandom dice) {
    this.book = book;
    this.side = side;
    this.manner = manner;
    this.dice = dice;
  }

  SyntheticBook book() {
    return book;
  }

  Side side() {
    return side;
  }

  /** What it wants to trade with now: whoever waits at the top, once the time has come. */
  Optional<PriceLevel> wants(WorldGateway street, BookSnapshot accounts, long nowMs) {
    if (nowMs - seenMs > FORGET_MS) {
      dueMs = NEVER;
      bitten = false;
    }
    if (accounts.side(side).isEmpty()) {
      return Optional.empty();
    }
    PriceLevel waiting = accounts.side(side).getFirst();
    long behindE8 = behindE8(street, waiting.price());
    if (behindE8 > FixedPoint.share(waiting.price().e8(), NEAR)) {
      return Optional.empty();
    }
    seenMs = nowMs;
    if (dueMs == NEVER) {
      dueMs = nowMs + firstDelayMs();
    }
    boolean wanted = nowMs >= dueMs || isNewlyPressed();
    return wanted && behindE8 == 0 ? Optional.of(waiting) : Optional.empty();
  }

  /** How far from the best price of its side. */
  private long behindE8(WorldGateway street, Price price) {
    Price best = street.book(book.instrument()).best(side).orElse(price);
    return Math.abs(best.e8() - price.e8());
  }

  /** A price that wants to pass through does not wait for its first taker. */
  private boolean isNewlyPressed() {
    return book.isPressing(side) && !bitten;
  }

  private long firstDelayMs() {
    long delay = dice.between(manner.firstMsMin(), manner.firstMsMax());
    return dice.oneIn(manner.sluggishOneIn()) ? delay + manner.sluggishMs() : delay;
  }

  /** A part of it, or all where either part would be less than a venue's order may be. */
  long bite(PriceLevel waiting) {
    long all = book.lots(waiting.quantity());
    long part = FixedPoint.share(all, dice.between(300_000_000L, 600_000_000L));
    if (isTooSmall(part, waiting) || isTooSmall(all - part, waiting)) {
      part = all;
    }
    return Math.min(part, book.depthLots());
  }

  private boolean isTooSmall(long lots, PriceLevel waiting) {
    return lots == 0
        || book.instrument().minNotional().exceeds(waiting.price().times(book.quantity(lots)));
  }

  void bitten(boolean all, long nowMs) {
    bitten = !all;
    dueMs = all ? NEVER : nowMs + dice.between(manner.restMsMin(), manner.restMsMax());
  }

  boolean sawSomebodySince(long ms) {
    return seenMs >= ms;
  }

  long dueMs() {
    return dueMs;
  }
}
