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

/** What the crowd does to an account that waits at the top of a book. */
class TakerModelsTest {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final Quantity CLIP = Quantity.of("4.99");

  private final SyntheticGateway street = new SyntheticGateway(List.of(HYPE_SPOT, HYPE_PERP));

  /**
   * Runs until the account's resting spot bid has its next fill; it is kept at the top of the book.
   */
  private SyntheticGateway.AccountFill nextFill(MarketModel world, Quantity size) {
    int known = street.fills.size();
    Instant requote = START;
    while (street.fills.size() == known) {
      if (!street.now().isBefore(requote)) {
        improve(size);
        requote = street.now().plusMillis(800);
      }
      street.run(world, street.now().plusMillis(200));
    }
    return street.fills.get(known);
  }

  private void improve(Quantity size) {
    street.cancelAll(HYPE_SPOT);
    Price bid = street.book(HYPE_SPOT).best(Side.BUY).orElseThrow();
    Price ask = street.book(HYPE_SPOT).best(Side.SELL).orElseThrow();
    Price better = HYPE_SPOT.prices().step(bid, Side.BUY, 1);
    street.rest(HYPE_SPOT, Side.BUY, better.isBelow(ask) ? better : bid, size);
  }

  private Quantity hedge(Quantity size) {
    Price bid = street.book(HYPE_PERP).best(Side.BUY).orElseThrow();
    Price ask = street.book(HYPE_PERP).best(Side.SELL).orElseThrow();
    long cap = Price.mid(bid, ask).e8() * 998 / 1000;
    return street.hit(
        HYPE_PERP, Side.SELL, HYPE_PERP.prices().round(Side.SELL, new Price(cap)), size);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void firstBiteIsAPartAndLeavesItsHedgeUnfilledForASecond(long seed) {
    SyntheticWorld crowd = SyntheticWorldTest.hype(seed);
    street.move(crowd);
    SyntheticGateway.AccountFill bite = nextFill(crowd, CLIP);

    assertThat(bite.side()).isEqualTo(Side.BUY);
    assertThat(bite.time()).isBetween(START, START.plusSeconds(180));
    assertThat(bite.size()).isBetween(Quantity.of("1.49"), Quantity.of("3.00"));

    street.cancelAll(HYPE_SPOT);
    street.run(crowd, bite.time().plusMillis(320));
    Quantity hedged = hedge(bite.size());
    Quantity naked = bite.size().minus(hedged);
    assertThat(HYPE_SPOT.minNotional()).isLessThan(bite.price().times(naked));

    street.run(crowd, bite.time().plusMillis(1_400));
    assertThat(hedge(naked)).isEqualTo(naked);
  }

  @Test
  void restIsTakenLaterAndInFullWithoutASweep() {
    SyntheticWorld crowd = SyntheticWorldTest.hype(7);
    street.move(crowd);
    SyntheticGateway.AccountFill first = nextFill(crowd, CLIP);
    Quantity rest = CLIP.minus(first.size());
    street.run(crowd, first.time().plusSeconds(3));
    SyntheticGateway.AccountFill second = nextFill(crowd, rest);
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
    SyntheticWorld crowd = SyntheticWorldTest.hype(seed);
    street.move(crowd);
    nextFill(crowd, CLIP);
    street.run(crowd, street.now().plusSeconds(5));
    SyntheticGateway.AccountFill whole = nextFill(crowd, Quantity.of("0.4"));
    assertThat(whole.size()).isEqualTo(Quantity.of("0.4"));
    assertThat(hedge(CLIP)).isEqualTo(CLIP);
  }

  @Test
  void aboutAThirdOfAllBitesAreSweepsAndEveryOneEnds() {
    SyntheticWorld crowd = SyntheticWorldTest.hype(11);
    street.move(crowd);
    int sweeps = 0;
    int bites = 300;
    for (int i = 0; i < bites; i++) {
      SyntheticGateway.AccountFill bite = nextFill(crowd, CLIP);
      street.cancelAll(HYPE_SPOT);
      Quantity hedged = hedge(bite.size());
      sweeps += hedged.equals(bite.size()) ? 0 : 1;
      street.run(crowd, bite.time().plusSeconds(3));
      assertThat(hedge(bite.size())).isEqualTo(bite.size());
    }
    assertThat(sweeps).isBetween(bites / 5, bites / 2);
  }

  @Test
  void mostOrdersAreReachedWithinHalfAMinuteAndSomeAreNot() {
    SyntheticWorld crowd = SyntheticWorldTest.hype(5);
    street.move(crowd);
    List<Boolean> reached = new ArrayList<>();
    for (int round = 0; round < 400; round++) {
      street.run(crowd, street.now().plusSeconds(600));
      Instant end = street.now().plusSeconds(30);
      int known = street.fills.size();
      while (street.now().isBefore(end) && street.fills.size() == known) {
        improve(CLIP);
        street.run(crowd, street.now().plusMillis(800));
      }
      street.cancelAll(HYPE_SPOT);
      reached.add(street.fills.size() > known);
    }
    assertThat(reached.stream().filter(it -> it).count()).isBetween(220L, 340L);
  }

  /** Whoever joins the crowd's own price is reached as well, on whichever side of it he stands. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void orderAtTheCrowdsPriceIsTakenInParts(boolean crowdFirst) {
    street.crowdFirst = crowdFirst;
    SyntheticWorld crowd = SyntheticWorldTest.hype(9);
    street.move(crowd);
    while (street.fills.isEmpty()) {
      street.cancelAll(HYPE_SPOT);
      Price bid = street.book(HYPE_SPOT).best(Side.BUY).orElseThrow();
      street.rest(HYPE_SPOT, Side.BUY, bid, CLIP);
      street.run(crowd, street.now().plusMillis(800));
    }
    assertThat(street.fills.getFirst().size()).isBetween(Quantity.of("1.49"), Quantity.of("3.00"));
  }

  @Test
  void asksOfAccountsAreTakenToo() {
    SyntheticWorld crowd = SyntheticWorldTest.hype(2);
    street.move(crowd);
    Price ask = street.book(HYPE_PERP).best(Side.SELL).orElseThrow();
    street.rest(HYPE_PERP, Side.SELL, HYPE_PERP.prices().step(ask, Side.SELL, 1), Quantity.of("3"));
    street.run(crowd, START.plus(Duration.ofHours(2)));
    assertThat(street.accountQuotes(HYPE_PERP).asks()).isEmpty();
    assertThat(street.fills).hasSizeGreaterThan(1);
  }
}
