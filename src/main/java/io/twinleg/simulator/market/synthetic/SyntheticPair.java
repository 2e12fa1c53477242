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
 * One market's two books: a path gives the prices, background quotes follow it, background trades
 * occur now and then, and takers take the accounts' orders at the top.
 */
public final class SyntheticPair {
  private final PricePath path;
  private final SyntheticBook spot;
  private final SyntheticBook perp;
  private final TakerModels takers;
  private final SeededRandom tape;
  private final transient int tradeOneIn;

  /**
   * @param tradeOneIn one in so many steps of the path has a background trade
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

  /** Its random streams are named by the market: one market more changes nothing for the others. */
  public static SyntheticPair of(
      long seed, PricePath path, Instrument spot, Instrument perp, FlowProfile profile) {
    String name = perp.id().market().name();
    SyntheticBook spotBook =
        new SyntheticBook(spot, profile.spot(), SeededRandom.of(seed, name + " spot book"));
    SyntheticBook perpBook =
        new SyntheticBook(perp, profile.perp(), SeededRandom.of(seed, name + " perp book"));
    TakerModels takers =
        new TakerModels(
            spotBook, perpBook, profile.takers(), SeededRandom.of(seed, name + " takers"));
    SeededRandom tape = SeededRandom.of(seed, name + " tape");
    return new SyntheticPair(path, spotBook, perpBook, takers, tape, profile.tradeOneIn());
  }

  /** The path's end is the market's: there are no takers after it. */
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

  void move(WorldGateway gateway, long nowMs) {
    boolean steps = nowMs == path.nextMs();
    if (steps) {
      path.step();
      requote(gateway, nowMs);
    }
    takers.check(gateway, nowMs);
    if (steps) {
      trade(gateway);
    }
  }

  private void requote(WorldGateway gateway, long nowMs) {
    gateway.oracle(perp.instrument(), oracle());
    spot.reshape(path.spotE8());
    perp.reshape(path.perpE8());
    spot.show(gateway, nowMs);
    perp.show(gateway, nowMs);
  }

  /** To the nearest tick of the perp. */
  private Price oracle() {
    long e8 = path.oracleE8();
    long tick = perp.instrument().prices().tick(new Price(e8)).e8();
    return new Price(Math.max(1, (e8 + tick / 2) / tick) * tick);
  }

  /**
   * Between background orders only: where an account has an order on that side, its taker decides.
   */
  private void trade(WorldGateway gateway) {
    SyntheticBook book = tape.oneIn(2) ? spot : perp;
    Side side = tape.side();
    long share = tape.between(20_000_000, 300_000_000);
    boolean wants = tape.oneIn(tradeOneIn);
    Side maker = side.opposite();
    if (wants
        && !book.isBack(maker)
        && gateway.accountQuotes(book.instrument()).side(maker).isEmpty()) {
      book.trade(gateway, side, share);
    }
  }
}
