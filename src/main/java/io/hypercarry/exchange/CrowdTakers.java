package io.hypercarry.exchange;

import io.hypercarry.core.model.Book;
import io.hypercarry.core.model.Level;
import io.hypercarry.core.model.Side;
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
final class CrowdTakers {
  private static final long WATCH_MS = 90_000;

  private final CrowdBook spot;
  private final CrowdBook perp;
  private final List<CrowdTaker> takers = new ArrayList<>();
  private final CrowdManner manner;
  private final CrowdSweeps sweeps;
  private final Dice dice;

  private long lookMs = CrowdPath.NEVER;
  private long comeBackMs = CrowdPath.NEVER;

  CrowdTakers(CrowdBook spot, CrowdBook perp, CrowdManner manner, Dice dice) {
    this.spot = spot;
    this.perp = perp;
    this.manner = manner;
    this.dice = dice;
    sweeps = new CrowdSweeps(manner, dice);
    for (CrowdBook book : List.of(spot, perp)) {
      for (Side side : Side.values()) {
        takers.add(new CrowdTaker(book, side, manner, dice));
      }
    }
  }

  long nextMs() {
    return Math.min(lookMs, comeBackMs);
  }

  void look(Street street, long nowMs) {
    if (nowMs >= comeBackMs) {
      comeBack(street, nowMs);
    }
    lookAt(spot, street, nowMs);
    lookAt(perp, street, nowMs);
    lookMs = nextLookMs(nowMs);
  }

  private void lookAt(CrowdBook book, Street street, long nowMs) {
    if (isHeldUp(book)) {
      book.show(street, nowMs);
    }
    Book accounts = street.accountsQuotes(book.instrument());
    for (CrowdTaker taker : takers) {
      if (taker.book() == book) {
        taker.wants(street, accounts, nowMs).ifPresent(it -> bite(taker, it, street, nowMs));
      }
    }
  }

  private static boolean isHeldUp(CrowdBook book) {
    return book.isPressing(Side.BUY) || book.isPressing(Side.SELL);
  }

  private void bite(CrowdTaker taker, Level waiting, Street street, long nowMs) {
    CrowdBook book = taker.book();
    long all = book.lots(waiting.quantity());
    long lots = taker.bite(waiting);
    if (sweeps.isSweep(lots == all) && comeBackMs == CrowdPath.NEVER) {
      stepBack(taker, lots, street, nowMs);
    }
    book.showBehind(street, taker.side(), nowMs);
    street.trade(book.instrument(), taker.side().opposite(), waiting.price(), book.quantity(lots));
    book.show(street, nowMs);
    taker.bitten(lots == all, nowMs);
  }

  private void stepBack(CrowdTaker taker, long lots, Street street, long nowMs) {
    CrowdBook swept = taker.book();
    CrowdBook other = swept == spot ? perp : spot;
    other.stepBack(sweeps.ofHedge(taker.side(), swept, lots, other));
    swept.stepBack(sweeps.ofSwept(taker.side()));
    comeBackMs = nowMs + sweeps.lastsMs();
    other.show(street, nowMs);
  }

  private void comeBack(Street street, long nowMs) {
    comeBackMs = CrowdPath.NEVER;
    for (CrowdBook book : List.of(spot, perp)) {
      book.comeBack();
      book.show(street, nowMs);
    }
  }

  private long nextLookMs(long nowMs) {
    long watch = CrowdPath.NEVER;
    for (CrowdTaker taker : takers) {
      if (taker.sawSomebodySince(nowMs - WATCH_MS)) {
        watch = Math.min(watch, nowMs + dice.between(1_000, 3_000));
      }
      if (taker.sawSomebodySince(nowMs) && taker.dueMs() > nowMs) {
        watch = Math.min(watch, taker.dueMs());
      }
    }
    return watch == CrowdPath.NEVER && manner.idleMsMin() > 0
        ? nowMs + dice.between(manner.idleMsMin(), manner.idleMsMax())
        : watch;
  }
}
