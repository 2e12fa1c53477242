package io.twinleg.stress;

import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.simulator.WorldGateway;
import io.twinleg.stress.FaultSchedule.InjectedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Takers that trade with the orders that accounts leave in the books. */
final class AdversarialTakers {
  private static final long BPS = 100_000L;
  private static final Duration BUSY = Duration.ofMinutes(2);

  private final List<AdversarialBook> books;
  private final SeededRandom random;
  private final List<InjectedFault> spoofs;
  private Instant nextCheck = Instant.MIN;
  private Instant hitAt = Instant.MAX;
  private Instant lastSeen = Instant.EPOCH;
  private Instant away = Instant.MIN;
  private boolean isAway;
  private long shockE9;

  AdversarialTakers(
      AdversarialBook spot, AdversarialBook perp, SeededRandom random, List<InjectedFault> spoofs) {
    books = List.of(spot, perp);
    this.random = random;
    this.spoofs = spoofs;
  }

  Instant nextCheck() {
    return nextCheck;
  }

  boolean isBusy(Instant now) {
    return now.isBefore(lastSeen.plus(BUSY));
  }

  /** Whether the bids of both books are gone. */
  boolean isAway() {
    return isAway;
  }

  /** How far the price moves after the last trade, in 1e-9; returned once. */
  long takeShock() {
    long taken = shockE9;
    shockE9 = 0;
    return taken;
  }

  void returnWhenDue(Instant now) {
    isAway &= now.isBefore(away);
  }

  void trade(WorldGateway gateway, Instant now) {
    nextCheck =
        now.plusMillis(isBusy(now) ? random.between(800, 3_000) : random.between(8_000, 15_000));
    for (AdversarialBook book : books) {
      for (Side side : Side.values()) {
        List<PriceLevel> resting = gateway.accountQuotes(book.instrument()).side(side);
        if (!resting.isEmpty()) {
          check(gateway, book, side, resting.getFirst(), now);
        }
      }
    }
    if (isAway && away.isBefore(nextCheck)) {
      nextCheck = away;
    }
  }

  private void check(
      WorldGateway gateway, AdversarialBook book, Side side, PriceLevel resting, Instant now) {
    boolean atTop =
        gateway.book(book.instrument()).best(side).filter(resting.price()::equals).isPresent();
    if (!atTop) {
      return;
    }
    lastSeen = now;
    if (hitAt.equals(Instant.MAX)) {
      hitAt = now.plusMillis(random.between(200, 9_000));
    }
    if (!now.isBefore(hitAt)) {
      hitAt = Instant.MAX;
      hit(gateway, book, side, resting, now);
    } else if (hitAt.isBefore(nextCheck)) {
      nextCheck = hitAt;
    }
  }

  /** Trades all or a part of it; a part may be too small to be hedged alone. */
  private void hit(
      WorldGateway gateway, AdversarialBook book, Side side, PriceLevel resting, Instant now) {
    long all = book.lots(resting.quantity());
    long part = random.oneIn(2) ? all : Math.max(1, all * random.between(5, 90) / 100);
    gateway.trade(book.instrument(), side.opposite(), resting.price(), book.quantity(part));
    if (random.oneIn(8)) {
      shockE9 = random.between(-400, 400) * BPS;
    }
    boolean spoofed = spoofs.stream().anyMatch(each -> each.isOn(now));
    if (spoofed || random.oneIn(3)) {
      isAway = true;
      away = now.plusMillis(random.between(300, random.oneIn(4) ? 9_000 : 2_500));
      books.forEach(each -> each.gone(true, each.isGone(Side.SELL)));
      books.forEach(each -> each.show(gateway));
    }
  }
}
