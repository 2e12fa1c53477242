package io.twinleg.simulator.market.synthetic;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.simulator.WorldGateway;
import java.util.Optional;

/**
 * A taker of the accounts' orders on one side of one book. Its plan outlives a requote: an order
 * that is replaced a tick higher is the same to it.
 */
final class TakerModel {
  private static final long FORGET_MS = 60_000;

  /** An order no further from the best price than this is expected back at the top. */
  private static final long NEAR = 20 * FixedPoint.BPS;

  private static final long NEVER = PricePath.NEVER;

  private final transient SyntheticBook book;
  private final Side side;
  private final transient FlowProfile.TakerProfile manner;
  private final transient SeededRandom random;

  private boolean bitten;
  private long dueMs = NEVER;
  private long seenMs = Long.MIN_VALUE / 2;

  /**
   * @param side of the accounts' orders
   */
  TakerModel(SyntheticBook book, Side side, FlowProfile.TakerProfile manner, SeededRandom random) {
    this.book = book;
    this.side = side;
    this.manner = manner;
    this.random = random;
  }

  SyntheticBook book() {
    return book;
  }

  Side side() {
    return side;
  }

  /** What it wants to trade with now: the order at the top, once its time has come. */
  Optional<PriceLevel> wants(WorldGateway gateway, BookSnapshot accounts, long nowMs) {
    if (nowMs - seenMs > FORGET_MS) {
      dueMs = NEVER;
      bitten = false;
    }
    if (accounts.side(side).isEmpty()) {
      return Optional.empty();
    }
    PriceLevel waiting = accounts.side(side).getFirst();
    long behindE8 = behindE8(gateway, waiting.price());
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
  private long behindE8(WorldGateway gateway, Price price) {
    Price best = gateway.book(book.instrument()).best(side).orElse(price);
    return Math.abs(best.e8() - price.e8());
  }

  /** A price that wants to pass through does not wait for its first taker. */
  private boolean isNewlyPressed() {
    return book.isPressing(side) && !bitten;
  }

  private long firstDelayMs() {
    long delay = random.between(manner.firstMsMin(), manner.firstMsMax());
    return random.oneIn(manner.sluggishOneIn()) ? delay + manner.sluggishMs() : delay;
  }

  /** A part of it, or all where either part would be less than a venue's order may be. */
  long bite(PriceLevel waiting) {
    long all = book.lots(waiting.quantity());
    long part = FixedPoint.share(all, random.between(300_000_000L, 600_000_000L));
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
    dueMs = all ? NEVER : nowMs + random.between(manner.restMsMin(), manner.restMsMax());
  }

  boolean sawOrderSince(long ms) {
    return seenMs >= ms;
  }

  long dueMs() {
    return dueMs;
  }
}
