package io.hypercarry.exchange;

import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Side;

/**
 * One market's two books with everybody in them: a path says where the prices go, the crowd quotes
 * around it, trades with itself now and then, and takes what accounts leave at the top.
 */
final class CrowdMarket {
  private final CrowdPath path;
  private final CrowdBook spot;
  private final CrowdBook perp;
  private final CrowdTakers takers;
  private final Dice tape;
  private final int tradeOneIn;

  /**
   * @param tradeOneIn the crowd trades with itself at one in so many steps of the path
   */
  CrowdMarket(
      CrowdPath path,
      CrowdBook spot,
      CrowdBook perp,
      CrowdTakers takers,
      Dice tape,
      int tradeOneIn) {
    this.path = path;
    this.spot = spot;
    this.perp = perp;
    this.takers = takers;
    this.tape = tape;
    this.tradeOneIn = tradeOneIn;
  }

  /** Its dice are named by the market: one market more changes nothing for the others. */
  static CrowdMarket of(
      long seed, CrowdPath path, Instrument spot, Instrument perp, CrowdLook look) {
    String name = perp.id().market().name();
    CrowdBook spotBook = new CrowdBook(spot, look.spot(), Dice.of(seed, name + " spot book"));
    CrowdBook perpBook = new CrowdBook(perp, look.perp(), Dice.of(seed, name + " perp book"));
    CrowdTakers takers =
        new CrowdTakers(spotBook, perpBook, look.manner(), Dice.of(seed, name + " takers"));
    Dice tape = Dice.of(seed, name + " tape");
    return new CrowdMarket(path, spotBook, perpBook, takers, tape, look.tradeOneIn());
  }

  /** The path's end is the market's: nobody is left to take anything. */
  long nextMs() {
    long step = path.nextMs();
    return step == CrowdPath.NEVER ? step : Math.min(step, takers.nextMs());
  }

  void move(Street street, long nowMs) {
    boolean steps = nowMs == path.nextMs();
    if (steps) {
      path.step();
      requote(street, nowMs);
    }
    takers.look(street, nowMs);
    if (steps) {
      trade(street);
    }
  }

  private void requote(Street street, long nowMs) {
    street.oracle(perp.instrument(), oracle());
    spot.reshape(path.spotE8());
    perp.reshape(path.perpE8());
    spot.show(street, nowMs);
    perp.show(street, nowMs);
  }

  /** To the nearest tick of the perp. */
  private Price oracle() {
    long e8 = path.oracleE8();
    long tick = perp.instrument().prices().tick(new Price(e8)).e8();
    return new Price(Math.max(1, (e8 + tick / 2) / tick) * tick);
  }

  /** Among the crowd only: where an account waits on that side, its taker decides. */
  private void trade(Street street) {
    CrowdBook book = tape.oneIn(2) ? spot : perp;
    Side side = tape.side();
    long share = tape.between(20_000_000, 300_000_000);
    boolean wants = tape.oneIn(tradeOneIn);
    Side maker = side.opposite();
    if (wants
        && !book.isBack(maker)
        && street.accountsQuotes(book.instrument()).side(maker).isEmpty()) {
      book.trade(street, side, share);
    }
  }
}
