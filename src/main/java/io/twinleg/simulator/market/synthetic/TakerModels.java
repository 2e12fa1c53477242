package io.twinleg.simulator.market.synthetic;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.simulator.WorldGateway;
import java.util.ArrayList;
import java.util.List;

/**
 * The takers of one market's accounts' orders: they take them in parts, some seconds after an order
 * came to the top of its book.
 *
 * <p>Some bites are sweeps: who sells into a resting bid sells the other leg too, and the
 * background bids are gone from both books when the fill is reported. A hedge at once then fills in
 * part or not at all; a second later the bids are back. So a passive fill is not a random one, and
 * the carry's half-filled leg is not a rare one. Both legs step back, or unwinding would look
 * cheaper than it is.
 */
final class TakerModels {
  private static final long WATCH_MS = 90_000;

  private final transient SyntheticBook spot;
  private final transient SyntheticBook perp;
  private final List<TakerModel> takers = new ArrayList<>();
  private final transient FlowProfile.TakerProfile manner;
  private final SweepModel sweeps;
  private final SeededRandom random;

  private long nextCheckMs = PricePath.NEVER;
  private long comeBackMs = PricePath.NEVER;

  TakerModels(
      SyntheticBook spot,
      SyntheticBook perp,
      FlowProfile.TakerProfile manner,
      SeededRandom random) {
    this.spot = spot;
    this.perp = perp;
    this.manner = manner;
    this.random = random;
    sweeps = new SweepModel(manner, random);
    for (SyntheticBook book : List.of(spot, perp)) {
      for (Side side : Side.values()) {
        takers.add(new TakerModel(book, side, manner, random));
      }
    }
  }

  long nextMs() {
    return Math.min(nextCheckMs, comeBackMs);
  }

  void check(WorldGateway gateway, long nowMs) {
    if (nowMs >= comeBackMs) {
      comeBack(gateway, nowMs);
    }
    check(spot, gateway, nowMs);
    check(perp, gateway, nowMs);
    nextCheckMs = nextCheckAfter(nowMs);
  }

  private void check(SyntheticBook book, WorldGateway gateway, long nowMs) {
    if (isHeldUp(book)) {
      book.show(gateway, nowMs);
    }
    BookSnapshot accounts = gateway.accountQuotes(book.instrument());
    for (TakerModel taker : takers) {
      if (taker.book() == book) {
        taker
            .wants(gateway, accounts, nowMs)
            .ifPresent(order -> bite(taker, order, gateway, nowMs));
      }
    }
  }

  private static boolean isHeldUp(SyntheticBook book) {
    return book.isPressing(Side.BUY) || book.isPressing(Side.SELL);
  }

  private void bite(TakerModel taker, PriceLevel waiting, WorldGateway gateway, long nowMs) {
    SyntheticBook book = taker.book();
    long all = book.lots(waiting.quantity());
    long lots = taker.bite(waiting);
    if (sweeps.isSweep(lots == all) && comeBackMs == PricePath.NEVER) {
      stepBack(taker, lots, gateway, nowMs);
    }
    book.showBehind(gateway, taker.side(), nowMs);
    gateway.trade(book.instrument(), taker.side().opposite(), waiting.price(), book.quantity(lots));
    book.show(gateway, nowMs);
    taker.bitten(lots == all, nowMs);
  }

  private void stepBack(TakerModel taker, long lots, WorldGateway gateway, long nowMs) {
    SyntheticBook swept = taker.book();
    SyntheticBook other = swept == spot ? perp : spot;
    other.stepBack(sweeps.ofHedge(taker.side(), swept, lots, other));
    swept.stepBack(sweeps.ofSwept(taker.side()));
    comeBackMs = nowMs + sweeps.lastsMs();
    other.show(gateway, nowMs);
  }

  private void comeBack(WorldGateway gateway, long nowMs) {
    comeBackMs = PricePath.NEVER;
    for (SyntheticBook book : List.of(spot, perp)) {
      book.comeBack();
      book.show(gateway, nowMs);
    }
  }

  private long nextCheckAfter(long nowMs) {
    long watch = PricePath.NEVER;
    for (TakerModel taker : takers) {
      if (taker.sawOrderSince(nowMs - WATCH_MS)) {
        watch = Math.min(watch, nowMs + random.between(1_000, 3_000));
      }
      if (taker.sawOrderSince(nowMs) && taker.dueMs() > nowMs) {
        watch = Math.min(watch, taker.dueMs());
      }
    }
    return watch == PricePath.NEVER && manner.idleMsMin() > 0
        ? nowMs + random.between(manner.idleMsMin(), manner.idleMsMax())
        : watch;
  }
}
