package io.twinleg.core.execution.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.market.MarketDataCache;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Semantics 1.6 and 2.2. */
class ClipSizerTest {
  private static final Usd LEAST = Usd.of("10.5");

  private static final BigDecimal TAKER = new BigDecimal("0.0007");
  private static final BigDecimal MAKER = new BigDecimal("0.0004");
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final Quantity NO_LIMIT = Quantity.of("1000000");

  private static Instrument spot(int sizeDecimals, String multiplier) {
    return instrument(InstrumentId.spot(new MarketId("X")), sizeDecimals, multiplier);
  }

  private static Instrument perp(int sizeDecimals, String multiplier) {
    return instrument(InstrumentId.perp(new MarketId("X")), sizeDecimals, multiplier);
  }

  private static Instrument instrument(InstrumentId id, int sizeDecimals, String multiplier) {
    return new Instrument(
        id,
        id.toString(),
        id.toString(),
        1,
        sizeDecimals,
        new PriceRule.SignificantFigures(6),
        Usd.of("10"),
        new BigDecimal(multiplier),
        10,
        false);
  }

  private static PairMarketData market(int spotDecimals, int perpDecimals, String multiplier) {
    MarketDataCache view = new MarketDataCache(1);
    MarketId id = new MarketId("X");
    view.apply(
        new SequencedEvent(
            1,
            Instant.EPOCH,
            Instant.EPOCH,
            new Event.InstrumentsResolved(
                id, 0, spot(spotDecimals, multiplier), perp(perpDecimals, multiplier))));
    return view.market(id).orElseThrow();
  }

  private static Quantity gross(String perpSize, BigDecimal fee, String ratio) {
    return ClipSizer.grossSpot(
        Quantity.of(perpSize), spot(2, "1"), ONE, new BigDecimal(ratio), fee, NO_LIMIT);
  }

  @Test
  void theFeeInCoinsIsBoughtWhereALotCanHoldIt() {
    assertThat(gross("4.99", TAKER, "1")).isEqualTo(Quantity.of("4.99"));
    assertThat(gross("499", TAKER, "1")).isEqualTo(Quantity.of("499.35"));
    assertThat(gross("499", BigDecimal.ZERO, "1")).isEqualTo(Quantity.of("499"));
  }

  @Test
  @DisplayName("R25: the hedge ratio is of the perp to the spot, not of both to the target")
  void R25_theHedgeRatioMovesOneLegOnly() {
    PairMarketData market = market(2, 2, "1");
    EntryClip half =
        ClipSizer.plan(
                market,
                Usd.of("200"),
                Price.of("40"),
                Price.of("40"),
                new BigDecimal("1.25"),
                BigDecimal.ZERO)
            .orElseThrow();
    assertThat(half.perp()).isEqualTo(Quantity.of("5"));
    assertThat(half.spot()).isEqualTo(Quantity.of("4"));
  }

  @Test
  @DisplayName("R26: with unequal lots both legs get a size they both have a lot for")
  void R26_unequalLotsLeaveNoStructuralDelta() {
    EntryClip plan = plan(market(0, 2, "1"), "200", "0.1873", BigDecimal.ZERO);
    assertThat(plan.perp()).isEqualTo(plan.spot()).isEqualTo(Quantity.of("1067"));
    EntryClip coarsePerp = plan(market(5, 0, "1"), "200", "7.7", BigDecimal.ZERO);
    assertThat(coarsePerp.perp()).isEqualTo(Quantity.of("25"));
    assertThat(coarsePerp.spot()).isEqualTo(Quantity.of("25"));
  }

  @Test
  void aPerpOfAThousandCoinsIsHedgedByAThousandCoins() {
    PairMarketData market = market(0, 1, "1000");
    EntryClip plan =
        ClipSizer.plan(
                market, Usd.of("200"), Price.of("0.02"), Price.of("20"), ONE, BigDecimal.ZERO)
            .orElseThrow();
    assertThat(plan.perp()).isEqualTo(Quantity.of("10"));
    assertThat(plan.spot()).isEqualTo(Quantity.of("10000"));
  }

  @Test
  void theDearerLegDecidesWhatIsAfforded() {
    EntryClip plan =
        ClipSizer.plan(market(2, 2, "1"), Usd.of("200"), Price.of("40"), Price.of("41"), ONE, MAKER)
            .orElseThrow();
    assertThat(plan.perp()).isEqualTo(Quantity.of("4.87"));
  }

  @Test
  void aClipThatBuysNotOneLotIsNoPlan() {
    assertThat(
            ClipSizer.plan(
                market(0, 0, "1"), Usd.of("50"), Price.of("60"), Price.of("60"), ONE, MAKER))
        .isEmpty();
  }

  private static EntryClip plan(PairMarketData market, String usd, String price, BigDecimal fee) {
    return ClipSizer.plan(market, Usd.of(usd), Price.of(price), Price.of(price), ONE, fee)
        .orElseThrow();
  }

  @Test
  void thePlanIsTheNearestLotAndNeverMoreThanAHundredthOverTheClip() {
    long seed = 16;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      int spotDecimals = random.nextInt(5);
      int perpDecimals = random.nextInt(5);
      PairMarketData market = market(spotDecimals, perpDecimals, "1");
      Usd clip = new Usd(BigDecimal.valueOf(random.nextInt(21, 5000)));
      Price price = new Price(random.nextLong(1_000_000L, 10_000_000_000L));
      Optional<EntryClip> found = ClipSizer.plan(market, clip, price, price, ONE, TAKER);
      String what = "seed %d, round %d: %s".formatted(seed, i, found);
      found.ifPresent(plan -> {
        assertThat(plan.spotPrice().times(plan.spot()))
            .as(what)
            .isLessThanOrEqualTo(clip.times(new BigDecimal("1.01")));
        assertThat(plan.perpPrice().times(plan.perp())).as(what).isLessThanOrEqualTo(clip);
        BigDecimal owned = plan.spot().value().multiply(ONE.subtract(TAKER));
        BigDecimal coarser = BigDecimal.ONE.movePointLeft(Math.min(spotDecimals, perpDecimals));
        assertThat(owned.subtract(plan.perp().value()).abs()).as(what).isLessThanOrEqualTo(coarser);
      });
    }
  }

  @ParameterizedTest(name = "of {0} in clips of {1}: {2}")
  @CsvSource({
    "200, 1000, 200",
    "200, 200, 200",
    "205, 200, 194.5",
    "210.5, 200, 200",
    "50, 21, 21",
    "29, 21, 18.5",
    "21.01, 21, 10.51",
  })
  void aClipNeverLeavesARestTooSmallToTrade(String remaining, String most, String clip) {
    assertThat(ClipSizer.clip(Usd.of(remaining), Usd.of(most), LEAST)).isEqualTo(Usd.of(clip));
  }

  /** A lot more than the least trade may be more than half of the smallest clip. */
  @Test
  void whatTwoClipsWouldBeTooSmallForIsLeft() {
    Usd least = Usd.of("11.03");
    assertThat(ClipSizer.clip(Usd.of("21.50"), Usd.of("21"), least)).isEqualTo(Usd.of("21"));
    assertThat(ClipSizer.clip(Usd.of("22.05"), Usd.of("21"), least)).isEqualTo(Usd.of("21"));
    assertThat(ClipSizer.clip(Usd.of("22.06"), Usd.of("21"), least)).isEqualTo(Usd.of("11.03"));
    assertThat(ClipSizer.clip(Usd.of("32.02"), Usd.of("21"), least)).isEqualTo(Usd.of("20.99"));
    assertThat(ClipSizer.clip(Usd.of("32.03"), Usd.of("21"), least)).isEqualTo(Usd.of("21"));
  }

  @Test
  void splittingAnyTargetLeavesNoClipAndNoRestBelowTheMinimum() {
    long seed = 22;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      Usd most = new Usd(BigDecimal.valueOf(random.nextInt(2_100, 50_000), 2));
      Usd remaining = new Usd(BigDecimal.valueOf(random.nextInt(5_000, 200_000), 2));
      String what = "seed %d: %s in clips of %s".formatted(seed, remaining, most);
      while (remaining.signum() > 0) {
        Usd clip = ClipSizer.clip(remaining, most, LEAST);
        assertThat(clip).as(what).isBetween(Usd.of("10.5"), most);
        remaining = remaining.minus(clip);
        assertThat(remaining.signum() == 0 || !remaining.isBelow(Usd.of("10.5"))).as(what).isTrue();
      }
    }
  }

  @Test
  void whatIsWorthARoundIsTenAndAHalfOrTwoPercent() {
    assertThat(ClipSizer.leastRemaining(Usd.of("200"), LEAST)).isEqualTo(Usd.of("10.5"));
    assertThat(ClipSizer.leastRemaining(Usd.of("5000"), LEAST)).isEqualTo(Usd.of("100"));
  }

  @Test
  void aGapIsUnhedgedOnlyAboveALotAndTheLeastTrade() {
    assertThat(delta("4.986507", "4.99", "40").isUnhedged()).as("fee dust").isFalse();
    assertThat(delta("0.20", "0", "40").isUnhedged()).as("8 USD").isFalse();
    assertThat(delta("0.30", "0", "40").isUnhedged()).as("12 USD").isTrue();
    assertThat(delta("0", "0.30", "40").isUnhedged()).isTrue();
    assertThat(delta("0.01", "0", "5000").isUnhedged()).as("one lot").isFalse();
  }

  private static HedgeImbalance delta(String owned, String shortPerp, String price) {
    return HedgeImbalance.of(
        Quantity.of(owned),
        Quantity.of(shortPerp),
        ONE,
        spot(2, "1"),
        perp(2, "1"),
        Price.of(price));
  }
}
