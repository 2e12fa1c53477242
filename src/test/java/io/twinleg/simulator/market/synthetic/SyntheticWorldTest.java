package io.twinleg.simulator.market.synthetic;

import static io.twinleg.simulator.market.synthetic.SyntheticInstruments.HYPE_PERP;
import static io.twinleg.simulator.market.synthetic.SyntheticInstruments.HYPE_SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.MarketModel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prices, books and funding of the synthetic world; what it does to accounts is {@link
 * TakerModelsTest}'s.
 */
class SyntheticWorldTest {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final List<Instrument> HYPE = List.of(HYPE_SPOT, HYPE_PERP);

  static SyntheticWorld hype(long seed) {
    return new SyntheticWorld(
        seed, List.of(new SyntheticWorld.Market(HYPE_SPOT, HYPE_PERP, Price.of("40"))), START);
  }

  @Test
  void opensWithBothBooksQuotedAtTheStart() {
    SyntheticGateway gateway = new SyntheticGateway(HYPE);
    SyntheticWorld world = hype(7);
    assertThat(world.nextMove()).contains(START);
    gateway.move(world);

    assertThat(gateway.oracles).containsEntry(HYPE_PERP.id(), Price.of("40"));
    for (Instrument instrument : HYPE) {
      assertThat(gateway.book(instrument).bids()).hasSize(5);
      assertThat(gateway.book(instrument).asks()).hasSize(5);
    }
    assertThat(world.assumptions()).allMatch(sentence -> sentence.endsWith("."));
  }

  @Test
  void sameSeedsGiveTheSameWorldAndOthersAnother() {
    assertThat(tape(hype(7), 48)).isEqualTo(tape(hype(7), 48));
    assertThat(tape(hype(7), 48)).isNotEqualTo(tape(hype(8), 48));
  }

  private static List<String> tape(MarketModel world, int hours) {
    SyntheticGateway gateway = new SyntheticGateway(HYPE);
    List<String> tape = new ArrayList<>();
    while (world.nextMove().orElseThrow().isBefore(START.plus(Duration.ofHours(hours)))) {
      gateway.move(world);
      tape.add(gateway.now() + " " + gateway.oracles + " " + gateway.book(HYPE_PERP));
    }
    return tape;
  }

  /**
   * The figure pins the generator: a change of it changes every seed's world, and must be meant.
   */
  @Test
  void worldOfSeedSevenIsUnchanged() {
    SyntheticGateway gateway = new SyntheticGateway(HYPE);
    gateway.run(hype(7), START.plus(Duration.ofHours(24)));
    assertThat(gateway.oracles.get(HYPE_PERP.id())).isEqualTo(Price.of("40.392"));
  }

  @Test
  void priceAndFundingDoNotDependOnWhatAccountsDo() {
    SyntheticGateway quiet = new SyntheticGateway(HYPE);
    SyntheticGateway busy = new SyntheticGateway(HYPE);
    SyntheticWorld left = hype(3);
    SyntheticWorld disturbed = hype(3);
    for (int minute = 1; minute <= 24 * 60; minute++) {
      Instant until = START.plus(Duration.ofMinutes(minute));
      quiet.run(left, until);
      busy.run(disturbed, until);
      assertThat(busy.oracles).isEqualTo(quiet.oracles);
      busy.cancelAll(HYPE_SPOT);
      Price bid = busy.book(HYPE_SPOT).best(Side.BUY).orElseThrow();
      busy.rest(HYPE_SPOT, Side.BUY, HYPE_SPOT.prices().step(bid, Side.BUY, 1), Quantity.of("5"));
    }
    assertThat(busy.fills).isNotEmpty();
    assertThat(quiet.fills).isEmpty();
  }

  @Test
  void booksAreLegalAndTightForThirtyDaysOfAHundredThousandMoves() {
    SyntheticGateway gateway = new SyntheticGateway(HYPE);
    SyntheticWorld world = hype(7);
    long moves = 0;
    long widest = 0;
    while (world.nextMove().orElseThrow().isBefore(START.plus(Duration.ofHours(720)))) {
      gateway.move(world);
      moves++;
      for (Instrument instrument : HYPE) {
        long bid = gateway.book(instrument).best(Side.BUY).orElseThrow().e8();
        long ask = gateway.book(instrument).best(Side.SELL).orElseThrow().e8();
        widest = Math.max(widest, (ask - bid) * 100_000 / bid);
      }
    }
    assertThat(moves).isBetween(98_000L, 112_000L);
    assertThat(widest).isBetween(20L, 40L);
  }

  @Test
  void dearCheapAndThousandfoldCoinsAreQuotedLegally() {
    List<SyntheticWorld.Market> markets =
        List.of(
            market("BTC", 5, 1, "99990"),
            market("PURR", 0, 1, "0.10002"),
            market("kPEPE", 0, 1000, "0.010003"),
            market("ONE", 1, 1, "1.0001"));
    List<Instrument> all = new ArrayList<>();
    markets.forEach(market -> all.addAll(List.of(market.spot(), market.perp())));
    SyntheticGateway gateway = new SyntheticGateway(all);
    gateway.run(new SyntheticWorld(5, markets, START), START.plus(Duration.ofHours(48)));
    assertThat(gateway.oracles).hasSize(4);
  }

  private static SyntheticWorld.Market market(
      String base, int sizeDecimals, long multiplier, String price) {
    return new SyntheticWorld.Market(
        SyntheticInstruments.spot(base, sizeDecimals, multiplier),
        SyntheticInstruments.perp(base, sizeDecimals, multiplier),
        Price.of(price));
  }

  @Test
  void pastIsNeutralThenRichAndEndsWithTheHourOfTheStart() {
    List<FundingHour> past = hype(7).historyBeforeStart(HYPE_PERP.id(), 720);
    assertThat(past).hasSize(720);
    assertThat(past.getLast().hour()).isEqualTo(START);
    assertThat(past.getFirst().hour()).isEqualTo(START.minus(Duration.ofHours(719)));
    assertThat(past.getFirst().rate().value()).isEqualByComparingTo("0.0000125");
    assertThat(apr(past.subList(720 - 168, 720))).isBetween(dec("0.42"), dec("0.64"));
    assertThat(hype(7).historyBeforeStart(HYPE_PERP.id(), 10)).isEqualTo(past.subList(710, 720));
  }

  /** The strategy's signal: where it enters, leaves, and comes back. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void signalIsRichForAWeekGoneInTheSecondAndBackInTheThird(long seed) {
    List<FundingHour> hours = new ArrayList<>(hype(seed).historyBeforeStart(HYPE_PERP.id(), 168));
    MeanRevertingPath walk = walk(seed);
    for (int hour = 1; hour <= 720; hour++) {
      hours.add(new FundingHour(START.plus(Duration.ofHours(hour)), settle(walk, hour)));
    }
    List<BigDecimal> aprs = new ArrayList<>();
    for (int hour = 0; hour <= 720; hour++) {
      aprs.add(apr(hours.subList(hour, hour + 168)));
    }
    assertThat(aprs.subList(0, 250)).allMatch(apr -> apr.compareTo(dec("0.10")) > 0);
    assertThat(first(aprs, 0, "0.04", -1)).isBetween(280, 330);
    assertThat(first(aprs, 330, "0.10", 1)).isBetween(370, 410);
    assertThat(first(aprs, 410, "0.04", -1)).isBetween(610, 670);
    assertThat(paid(hours.subList(168, 168 + first(aprs, 0, "0.04", -1))))
        .isGreaterThan(dec("0.0060"));
  }

  private static MeanRevertingPath walk(long seed) {
    SyntheticWorld.Market market = new SyntheticWorld.Market(HYPE_SPOT, HYPE_PERP, Price.of("40"));
    return new MeanRevertingPath(seed, market, new FundingRegimes(seed, "HYPE"), START);
  }

  /** By the venue's formula over minute samples, the mean of an hour. */
  private static Rate settle(MeanRevertingPath walk, int hour) {
    long sum = 0;
    for (int minute = 1; minute <= 60; minute++) {
      long until = START.plus(Duration.ofMinutes((hour - 1) * 60L + minute)).toEpochMilli();
      while (walk.nextMs() < until) {
        walk.step();
      }
      sum += premiumE9(walk.perpE8(), walk.oracleE8());
    }
    return FundingBackfill.rate(sum / 60);
  }

  private static long premiumE9(long perpE8, long oracleE8) {
    return (perpE8 - oracleE8) * 1_000_000 / (oracleE8 / 1_000);
  }

  /** What the exchange can see of the premium is the book's mid against the oracle. */
  @Test
  void perpBookStandsAtThePriceOfThePath() {
    SyntheticGateway gateway = new SyntheticGateway(HYPE);
    SyntheticWorld world = hype(7);
    MeanRevertingPath walk = walk(7);
    for (int hour = 1; hour <= 240; hour++) {
      Instant until = START.plus(Duration.ofHours(hour));
      gateway.run(world, until);
      while (walk.nextMs() < until.toEpochMilli()) {
        walk.step();
      }
      long bid = gateway.book(HYPE_PERP).best(Side.BUY).orElseThrow().e8();
      long ask = gateway.book(HYPE_PERP).best(Side.SELL).orElseThrow().e8();
      long seen = premiumE9((bid + ask) / 2, gateway.oracles.get(HYPE_PERP.id()).e8());
      assertThat(seen - premiumE9(walk.perpE8(), walk.oracleE8())).isBetween(-25_000L, 25_000L);
    }
  }

  @Test
  void priceStaysWithinThirtyPercentForThirtyDays() {
    long widest = 0;
    for (long seed = 1; seed <= 10; seed++) {
      MeanRevertingPath walk = walk(seed);
      long end = START.plus(Duration.ofHours(720)).toEpochMilli();
      while (walk.nextMs() < end) {
        walk.step();
        widest = Math.max(widest, Math.abs(walk.oracleE8() - Price.of("40").e8()));
      }
    }
    assertThat(widest).isBetween(Price.of("3").e8(), Price.of("12").e8());
  }

  private static int first(List<BigDecimal> aprs, int from, String level, int sign) {
    for (int hour = from; hour < aprs.size(); hour++) {
      if (aprs.get(hour).compareTo(dec(level)) == sign) {
        return hour;
      }
    }
    return -1;
  }

  private static BigDecimal apr(List<FundingHour> hours) {
    return paid(hours)
        .multiply(BigDecimal.valueOf(8760))
        .divide(BigDecimal.valueOf(hours.size()), MathContext.DECIMAL64);
  }

  private static BigDecimal paid(List<FundingHour> hours) {
    return hours.stream().map(hour -> hour.rate().value()).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal dec(String decimal) {
    return new BigDecimal(decimal);
  }
}
