package io.twinleg.simulator.market.synthetic;

import static io.twinleg.simulator.market.synthetic.SyntheticInstruments.HYPE_PERP;
import static io.twinleg.simulator.market.synthetic.SyntheticInstruments.HYPE_SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.MarketModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takers do to an account's order at the top of a book. */
class TakerModelsTest {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final Quantity CLIP = Quantity.of("4.99");

  private final SyntheticGateway gateway = new SyntheticGateway(List.of(HYPE_SPOT, HYPE_PERP));

  /**
   * Runs until the account's resting spot bid has its next fill; it is kept at the top of the book.
   */
  private SyntheticGateway.AccountFill nextFill(MarketModel world, Quantity size) {
    int known = gateway.fills.size();
    Instant requote = START;
    while (gateway.fills.size() == known) {
      if (!gateway.now().isBefore(requote)) {
        improve(size);
        requote = gateway.now().plusMillis(800);
      }
      gateway.run(world, gateway.now().plusMillis(200));
    }
    return gateway.fills.get(known);
  }

  private void improve(Quantity size) {
    gateway.cancelAll(HYPE_SPOT);
    Price bid = gateway.book(HYPE_SPOT).best(Side.BUY).orElseThrow();
    Price ask = gateway.book(HYPE_SPOT).best(Side.SELL).orElseThrow();
    Price better = HYPE_SPOT.prices().step(bid, Side.BUY, 1);
    gateway.rest(HYPE_SPOT, Side.BUY, better.isBelow(ask) ? better : bid, size);
  }

  private Quantity hedge(Quantity size) {
    Price bid = gateway.book(HYPE_PERP).best(Side.BUY).orElseThrow();
    Price ask = gateway.book(HYPE_PERP).best(Side.SELL).orElseThrow();
    long cap = Price.mid(bid, ask).e8() * 998 / 1000;
    return gateway.hit(
        HYPE_PERP, Side.SELL, HYPE_PERP.prices().round(Side.SELL, new Price(cap)), size);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void firstBiteIsAPartAndLeavesItsHedgeUnfilledForASecond(long seed) {
    SyntheticWorld world = SyntheticWorldTest.hype(seed);
    gateway.move(world);
    SyntheticGateway.AccountFill bite = nextFill(world, CLIP);

    assertThat(bite.side()).isEqualTo(Side.BUY);
    assertThat(bite.time()).isBetween(START, START.plusSeconds(180));
    assertThat(bite.size()).isBetween(Quantity.of("1.49"), Quantity.of("3.00"));

    gateway.cancelAll(HYPE_SPOT);
    gateway.run(world, bite.time().plusMillis(320));
    Quantity hedged = hedge(bite.size());
    Quantity naked = bite.size().minus(hedged);
    assertThat(HYPE_SPOT.minNotional()).isLessThan(bite.price().times(naked));

    gateway.run(world, bite.time().plusMillis(1_400));
    assertThat(hedge(naked)).isEqualTo(naked);
  }

  @Test
  void restIsTakenLaterAndInFullWithoutASweep() {
    SyntheticWorld world = SyntheticWorldTest.hype(7);
    gateway.move(world);
    SyntheticGateway.AccountFill first = nextFill(world, CLIP);
    Quantity rest = CLIP.minus(first.size());
    gateway.run(world, first.time().plusSeconds(3));
    SyntheticGateway.AccountFill second = nextFill(world, rest);
    assertThat(second.time()).isBetween(first.time().plusSeconds(1), first.time().plusSeconds(20));
    assertThat(second.size()).isLessThanOrEqualTo(rest);
  }

  /**
   * An order too small to be taken in two legal parts is taken whole, and the first whole one is
   * calm.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void firstWholeBiteAfterTheOpeningIsCalm(long seed) {
    SyntheticWorld world = SyntheticWorldTest.hype(seed);
    gateway.move(world);
    nextFill(world, CLIP);
    gateway.run(world, gateway.now().plusSeconds(5));
    SyntheticGateway.AccountFill whole = nextFill(world, Quantity.of("0.4"));
    assertThat(whole.size()).isEqualTo(Quantity.of("0.4"));
    assertThat(hedge(CLIP)).isEqualTo(CLIP);
  }

  @Test
  void aboutAThirdOfAllBitesAreSweepsAndEveryOneEnds() {
    SyntheticWorld world = SyntheticWorldTest.hype(11);
    gateway.move(world);
    int sweeps = 0;
    int bites = 300;
    for (int i = 0; i < bites; i++) {
      SyntheticGateway.AccountFill bite = nextFill(world, CLIP);
      gateway.cancelAll(HYPE_SPOT);
      Quantity hedged = hedge(bite.size());
      sweeps += hedged.equals(bite.size()) ? 0 : 1;
      gateway.run(world, bite.time().plusSeconds(3));
      assertThat(hedge(bite.size())).isEqualTo(bite.size());
    }
    assertThat(sweeps).isBetween(bites / 5, bites / 2);
  }

  @Test
  void mostOrdersAreReachedWithinHalfAMinuteAndSomeAreNot() {
    SyntheticWorld world = SyntheticWorldTest.hype(5);
    gateway.move(world);
    List<Boolean> reached = new ArrayList<>();
    for (int round = 0; round < 400; round++) {
      gateway.run(world, gateway.now().plusSeconds(600));
      Instant end = gateway.now().plusSeconds(30);
      int known = gateway.fills.size();
      while (gateway.now().isBefore(end) && gateway.fills.size() == known) {
        improve(CLIP);
        gateway.run(world, gateway.now().plusMillis(800));
      }
      gateway.cancelAll(HYPE_SPOT);
      reached.add(gateway.fills.size() > known);
    }
    assertThat(reached.stream().filter(it -> it).count()).isBetween(220L, 340L);
  }

  /** An order at the price of the background quotes is reached as well, behind them or before. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void orderAtTheBackgroundPriceIsTakenInParts(boolean backgroundFirst) {
    gateway.backgroundFirst = backgroundFirst;
    SyntheticWorld world = SyntheticWorldTest.hype(9);
    gateway.move(world);
    while (gateway.fills.isEmpty()) {
      gateway.cancelAll(HYPE_SPOT);
      Price bid = gateway.book(HYPE_SPOT).best(Side.BUY).orElseThrow();
      gateway.rest(HYPE_SPOT, Side.BUY, bid, CLIP);
      gateway.run(world, gateway.now().plusMillis(800));
    }
    assertThat(gateway.fills.getFirst().size()).isBetween(Quantity.of("1.49"), Quantity.of("3.00"));
  }

  @Test
  void asksOfAccountsAreTakenToo() {
    SyntheticWorld world = SyntheticWorldTest.hype(2);
    gateway.move(world);
    Price ask = gateway.book(HYPE_PERP).best(Side.SELL).orElseThrow();
    gateway.rest(
        HYPE_PERP, Side.SELL, HYPE_PERP.prices().step(ask, Side.SELL, 1), Quantity.of("3"));
    gateway.run(world, START.plus(Duration.ofHours(2)));
    assertThat(gateway.accountQuotes(HYPE_PERP).asks()).isEmpty();
    assertThat(gateway.fills).hasSizeGreaterThan(1);
  }
}
