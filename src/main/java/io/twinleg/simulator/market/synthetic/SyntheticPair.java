package io.twinleg.simulator.market.synthetic;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.simulator.WorldGateway;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One market's two books with everybody in them: a path says where the prices go, the crowd quotes
 * around it, trades with itself now and then, and takes what accounts leave at the top.
 */
public final class SyntheticPair {
  private final PricePath path;
  private final SyntheticBook spot;
  private final SyntheticBook perp;
  private final TakerModels takers;
  private final SeededRandom tape;
  private final int tradeOneIn;

  /**
   * @param tradeOneIn the crowd trades with itself at one in so many steps of the path
   */
  SyntheticPair(
      PricePath path,
      SyntheticBook spot,
      SyntheticBook perp,
      TakerModels takers,
      SeededRandom tape,
      int tradeOneIn) {
    this.path = path;
    this.spot = spot;
    this.perp = perp;
    this.takers = takers;
    this.tape = tape;
    this.tradeOneIn = tradeOneIn;
  }

  /** Its dice are named by the market: one market more changes nothing for the others. */
  public static SyntheticPair of(
      long seed, PricePath path, Instrument spot, Instrument perp, FlowProfile look) {
    String name = perp.id().market().name();
    SyntheticBook spotBook =
        new SyntheticBook(spot, look.spot(), SeededRandom.of(seed, name + " spot book"));
    SyntheticBook perpBook =
        new SyntheticBook(perp, look.perp(), SeededRandom.of(seed, name + " perp book"));
    TakerModels takers =
        new TakerModels(spotBook, perpBook, look.manner(), SeededRandom.of(seed, name + " takers"));
    SeededRandom tape = SeededRandom.of(seed, name + " tape");
    return new SyntheticPair(path, spotBook, perpBook, takers, tape, look.tradeOneIn());
  }

  /** The path's end is the market's: nobody is left to take anything. */
  long nextMs() {
    long step = path.nextMs();
    return step == PricePath.NEVER ? step : Math.min(step, takers.nextMs());
  }

  /** When the first of these markets moves next; empty when all have ended. */
  public static Optional<Instant> nextMove(List<SyntheticPair> markets) {
    long next = nextMs(markets);
    return next == PricePath.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
  }

  /** Moves those of these markets whose time it is. */
  public static void moveNext(List<SyntheticPair> markets, WorldGateway gateway) {
    long now = nextMs(markets);
    for (SyntheticPair market : markets) {
      if (market.nextMs() == now) {
        market.move(gateway, now);
      }
    }
  }

  private static long nextMs(List<SyntheticPair> markets) {
    long next = PricePath.NEVER;
    for (SyntheticPair market : markets) {
      next = Math.min(next, market.nextMs());
    }
    return next;
  }

  void move(WorldGateway street, long nowMs) {
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

  private void requote(WorldGateway street, long nowMs) {
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
  private void trade(WorldGateway street) {
    SyntheticBook book = tape.oneIn(2) ? spot : perp;
    Side side = tape.side();
    long share = tape.between(20_000_000, 300_000_000);
    boolean wants = tape.oneIn(tradeOneIn);
    Side maker = side.opposite();
    if (wants
        && !book.isBack(maker)
        && street.accountQuotes(book.instrument()).side(maker).isEmpty()) {
      book.trade(street, side, share);
    }
  }
}
