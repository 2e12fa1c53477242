package io.twinleg.simulator.market.synthetic;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.simulator.WorldGateway;
import java.util.ArrayList;
import java.util.List;

/**
 * What a market's crowd does about the orders of accounts. It takes them in parts, some seconds
 * after it has seen them.
 *
 * <p>Some bites are sweeps: whoever sells into a resting bid sells the other leg too, and the
 * crowd's bids are gone from both books when the fill is heard of. A hedge at once then fills in
 * part or not at all; a second later the bids are back. So a passive fill is not a random one, and
 * the carry's half-filled leg is not a rare one. Both legs step back, or unwinding would look
 * cheaper than it is.
 */
final class TakerModels {
  private static final long WATCH_MS = 90_000;

  private final SyntheticBook spot;
  private final SyntheticBook perp;
  private final List<TakerModel> takers = new ArrayList<>();
  private final FlowProfile.TakerProfile manner;
  private final SweepModel sweeps;
  private final SeededRandom dice;

  private long lookMs = PricePath.NEVER;
  private long comeBackMs = PricePath.NEVER;

  TakerModels(
      SyntheticBook spot, SyntheticBook perp, FlowProfile.TakerProfile manner, SeededRandom dice) {
    this.spot = spot;
    this.perp = perp;
    this.manner = manner;
    this.dice = dice;
    sweeps = new SweepModel(manner, dice);
    for (SyntheticBook book : List.of(spot, perp)) {
      for (Side side : Side.values()) {
        takers.add(new TakerModel(book, side, manner, dice));
      }
    }
  }

  long nextMs() {
    return Math.min(lookMs, comeBackMs);
  }

  void look(WorldGateway street, long nowMs) {
    if (nowMs >= comeBackMs) {
      comeBack(street, nowMs);
    }
    lookAt(spot, street, nowMs);
    lookAt(perp, street, nowMs);
    lookMs = nextLookMs(nowMs);
  }

  private void lookAt(SyntheticBook book, WorldGateway street, long nowMs) {
    if (isHeldUp(book)) {
      book.show(street, nowMs);
    }
    BookSnapshot accounts = street.accountQuotes(book.instrument());
    for (TakerModel taker : takers) {
      if (taker.book() == book) {
        taker.wants(street, accounts, nowMs).ifPresent(it -> bite(taker, it, street, nowMs));
      }
    }
  }

  private static boolean isHeldUp(SyntheticBook book) {
    return book.isPressing(Side.BUY) || book.isPressing(Side.SELL);
  }

  private void bite(TakerModel taker, PriceLevel waiting, WorldGateway street, long nowMs) {
    SyntheticBook book = taker.book();
    long all = book.lots(waiting.quantity());
    long lots = taker.bite(waiting);
    if (sweeps.isSweep(lots == all) && comeBackMs == PricePath.NEVER) {
      stepBack(taker, lots, street, nowMs);
    }
    book.showBehind(street, taker.side(), nowMs);
    street.trade(book.instrument(), taker.side().opposite(), waiting.price(), book.quantity(lots));
    book.show(street, nowMs);
    taker.bitten(lots == all, nowMs);
  }

  private void stepBack(TakerModel taker, long lots, WorldGateway street, long nowMs) {
    SyntheticBook swept = taker.book();
    SyntheticBook other = swept == spot ? perp : spot;
    other.stepBack(sweeps.ofHedge(taker.side(), swept, lots, other));
    swept.stepBack(sweeps.ofSwept(taker.side()));
    comeBackMs = nowMs + sweeps.lastsMs();
    other.show(street, nowMs);
  }

  private void comeBack(WorldGateway street, long nowMs) {
    comeBackMs = PricePath.NEVER;
    for (SyntheticBook book : List.of(spot, perp)) {
      book.comeBack();
      book.show(street, nowMs);
    }
  }

  private long nextLookMs(long nowMs) {
    long watch = PricePath.NEVER;
    for (TakerModel taker : takers) {
      if (taker.sawSomebodySince(nowMs - WATCH_MS)) {
        watch = Math.min(watch, nowMs + dice.between(1_000, 3_000));
      }
      if (taker.sawSomebodySince(nowMs) && taker.dueMs() > nowMs) {
        watch = Math.min(watch, taker.dueMs());
      }
    }
    return watch == PricePath.NEVER && manner.idleMsMin() > 0
        ? nowMs + dice.between(manner.idleMsMin(), manner.idleMsMax())
        : watch;
  }
}
