package io.twinleg.stress;

import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.simulator.WorldGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Who trades with the orders that accounts leave in the books. */
final class AdversarialTakers {
  private static final long BPS = 100_000L;
  private static final Duration WATCH = Duration.ofMinutes(2);

  private final List<AdversarialBook> books;
  private final SeededRandom dice;
  private final List<InjectedFault> spoofs;
  private Instant nextLook = Instant.MIN;
  private Instant bite = Instant.MAX;
  private Instant seen = Instant.EPOCH;
  private Instant away = Instant.MIN;
  private boolean isAway;
  private long shockE9;

  AdversarialTakers(
      AdversarialBook spot, AdversarialBook perp, SeededRandom dice, List<InjectedFault> spoofs) {
    books = List.of(spot, perp);
    this.dice = dice;
    this.spoofs = spoofs;
  }

  Instant nextLook() {
    return nextLook;
  }

  boolean isBusy(Instant now) {
    return now.isBefore(seen.plus(WATCH));
  }

  /** The bids of both books have stepped back. */
  boolean isAway() {
    return isAway;
  }

  /** How far the price leaves whoever has just been hit: taken once. */
  long takeShock() {
    long taken = shockE9;
    shockE9 = 0;
    return taken;
  }

  void comeBack(Instant now) {
    isAway &= now.isBefore(away);
  }

  void look(WorldGateway street, Instant now) {
    nextLook = now.plusMillis(isBusy(now) ? dice.between(800, 3_000) : dice.between(8_000, 15_000));
    for (AdversarialBook book : books) {
      for (Side side : Side.values()) {
        List<PriceLevel> waiting = street.accountQuotes(book.instrument()).side(side);
        if (!waiting.isEmpty()) {
          meet(street, book, side, waiting.getFirst(), now);
        }
      }
    }
    if (isAway && away.isBefore(nextLook)) {
      nextLook = away;
    }
  }

  private void meet(
      WorldGateway street, AdversarialBook book, Side side, PriceLevel waiting, Instant now) {
    boolean atTop =
        street.book(book.instrument()).best(side).filter(waiting.price()::equals).isPresent();
    if (!atTop) {
      return;
    }
    seen = now;
    if (bite.equals(Instant.MAX)) {
      bite = now.plusMillis(dice.between(200, 9_000));
    }
    if (!now.isBefore(bite)) {
      bite = Instant.MAX;
      bite(street, book, side, waiting, now);
    } else if (bite.isBefore(nextLook)) {
      nextLook = bite;
    }
  }

  /** Parts may be too small to be hedged alone. */
  private void bite(
      WorldGateway street, AdversarialBook book, Side side, PriceLevel waiting, Instant now) {
    long all = book.lots(waiting.quantity());
    long part = dice.oneIn(2) ? all : Math.max(1, all * dice.between(5, 90) / 100);
    street.trade(book.instrument(), side.opposite(), waiting.price(), book.quantity(part));
    if (dice.oneIn(8)) {
      shockE9 = dice.between(-400, 400) * BPS;
    }
    boolean spoofed = spoofs.stream().anyMatch(each -> each.isOn(now));
    if (spoofed || dice.oneIn(3)) {
      isAway = true;
      away = now.plusMillis(dice.between(300, dice.oneIn(4) ? 9_000 : 2_500));
      books.forEach(each -> each.gone(true, each.isGone(Side.SELL)));
      books.forEach(each -> each.show(street));
    }
  }
}
