package io.twinleg.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Usd;
import io.twinleg.core.strategy.Allocation.Assignment;
import io.twinleg.core.strategy.Allocation.Candidate;
import io.twinleg.core.strategy.Allocation.Choice;
import io.twinleg.core.strategy.Allocation.Standing;
import io.twinleg.scenario.Scenario;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which markets one capital is in. Rates are in bps over the horizon of 168 h, as costs are. */
class AllocationTest {
  private static final Instant NOW = Instant.parse("2026-01-05T12:00:03Z");
  private static final Usd PART = Usd.of("490");

  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<MarketId, Assignment> before = new TreeMap<>();
  private int positions = 1;

  private static PortfolioSettings settings(int positions) {
    return new PortfolioSettings(
        Usd.of("2000"),
        positions,
        new PortfolioSettings.Rotation(
            168, new BigDecimal("3"), Duration.ofHours(8), Duration.ofHours(4)),
        new BlendedForecast(168, new BigDecimal("0.5"), new BigDecimal("0.1095")),
        new BigDecimal("0.25"));
  }

  /** Hourly, so that it is exact over the horizon. */
  private static BigDecimal hourly(String bpsOverHorizon) {
    return new BigDecimal(bpsOverHorizon)
        .movePointLeft(4)
        .divide(new BigDecimal("168"), 20, java.math.RoundingMode.HALF_EVEN);
  }

  private static BigDecimal bps(String bps) {
    return new BigDecimal(bps).movePointLeft(4);
  }

  /** One market of the table; the standard one costs 11 bps in and 12 bps out. */
  private final class Row {
    private final String name;
    private Standing standing;
    private String bpsOverHorizon = "40";
    private String enter = "11";
    private String exit = "12";
    private Duration heldFor = Duration.ofHours(200);
    private Duration rotatedAgo;
    private String most = "7000";
    private CarryOutlook.Earnings earnings;

    Row(String name, Standing standing) {
      this.name = name;
      this.standing = standing;
    }

    Row bps(String value) {
      bpsOverHorizon = value;
      return this;
    }

    Row costing(String in, String out) {
      enter = in;
      exit = out;
      return this;
    }

    Row heldFor(Duration time) {
      heldFor = time;
      return this;
    }

    Row rotatedAgo(Duration time) {
      rotatedAgo = time;
      return this;
    }

    Row most(String usd) {
      most = usd;
      return this;
    }

    Row worth(String notional, String invested) {
      earnings =
          new CarryOutlook.Earnings(
              Usd.of(notional), Usd.of(invested), Usd.of("0.31"), Usd.of("2.27"), true);
      return this;
    }

    Row without(String what) {
      bpsOverHorizon = what.equals("forecast") ? null : bpsOverHorizon;
      enter = what.equals("prices") ? null : enter;
      return this;
    }

    void stands() {
      StrategySettings strategy =
          new StrategySettings(
              new BigDecimal("0.10"),
              new BigDecimal("0.04"),
              PART,
              168,
              true,
              336,
              new BigDecimal("2"),
              170,
              Duration.ofSeconds(300));
      candidates.add(
          new Candidate(
              new MarketId(name),
              standing,
              new CarryOutlook(
                  strategy,
                  bpsOverHorizon == null ? null : hourly(bpsOverHorizon),
                  enter == null
                      ? null
                      : new CarryOutlook.Costs(AllocationTest.bps(enter), AllocationTest.bps(exit)),
                  earnings),
              standing == Standing.FLAT ? null : NOW.minus(heldFor),
              rotatedAgo == null ? null : NOW.minus(rotatedAgo),
              Usd.of(most)));
    }
  }

  private Row flat(String name) {
    return new Row(name, Standing.FLAT);
  }

  private Row held(String name) {
    return new Row(name, Standing.HELD);
  }

  private Row as(String name, Standing standing) {
    return new Row(name, standing);
  }

  private Map<MarketId, Assignment> decide() {
    return Allocation.decide(settings(positions), VenueShares.OF_ONE, candidates, before, NOW);
  }

  /** As "BTC hold held, ETH wait no_forecast". */
  private String decided() {
    return decide().entrySet().stream()
        .map(each -> words(each.getKey(), each.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String words(MarketId market, Assignment assignment) {
    String other = assignment.inRotationWith().map(id -> " " + id).orElse("");
    return (market + " " + assignment.choice() + " " + assignment.reason())
            .toLowerCase(java.util.Locale.ROOT)
        + other;
  }

  private Usd notional(String market) {
    return decide().get(new MarketId(market)).notional();
  }

  // ---- rotation

  @ParameterizedTest(name = "{0} bps better where the move costs 23 and 3 more are asked: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | btc hold held, hype wait not_among_the_best",
        "25.99 | btc hold held, hype wait not_among_the_best",
        "26.01 | btc leave rotated_out HYPE, hype hold rotated_in BTC",
        "40 | btc leave rotated_out HYPE, hype hold rotated_in BTC",
      })
  @Scenario("K10")
  @DisplayName("K10 portfolio rotation: only where the better rate pays for the move")
  void rotatesWhereTheBetterRatePaysForTheMove(String better, String expected) {
    held("BTC").bps("41").costing("77", "12").stands();
    flat("HYPE")
        .bps(new BigDecimal("41").add(new BigDecimal(better)).toPlainString())
        .costing("11", "6")
        .stands();
    assertThat(decided()).isEqualTo(expected);
  }

  @Test
  void theEntryCostOfWhatIsLeftAndTheExitCostOfWhatIsEnteredDoNotCount() {
    held("BTC").bps("35").costing("900", "4").stands();
    flat("HYPE").bps("62").costing("19", "21").stands();
    assertThat(decided()).isEqualTo("btc leave rotated_out HYPE, hype hold rotated_in BTC");
  }

  @ParameterizedTest(name = "held for {0} h, it rotated {1} h ago and the other {2} h ago: {3}")
  @CsvSource({
    "8, 4, 5, btc leave rotated_out HYPE",
    "7, 40, 50, btc hold held",
    "90, 3, 50, btc hold held",
    "90, 40, 3, btc hold held",
  })
  void waitsForTheMinimumHoldAndTheGapBetweenRotations(
      int held, int ago, int otherAgo, String expected) {
    held("BTC")
        .bps("30")
        .heldFor(Duration.ofHours(held))
        .rotatedAgo(Duration.ofHours(ago))
        .stands();
    flat("HYPE").bps("180").rotatedAgo(Duration.ofHours(otherAgo)).stands();
    assertThat(decided()).startsWith(expected + ", ");
  }

  @Test
  void ofManyMovesTheOneThatGainsMostIsMadeAndNoOther() {
    positions = 2;
    held("BTC").bps("33").stands();
    held("ETH").bps("25").stands();
    flat("HYPE").bps("150").stands();
    flat("PURR").bps("151").costing("14", "2").stands();
    assertThat(decided())
        .isEqualTo(
            "btc hold held, eth leave rotated_out HYPE, hype hold rotated_in ETH,"
                + " purr wait not_among_the_best");
  }

  @Test
  void whereTwoAreEqualTheNameDecidesWhateverTheOrderOfTheList() {
    held("BTC").bps("30").stands();
    held("ADA").bps("30").stands();
    flat("SOL").bps("170").stands();
    flat("HYPE").bps("170").stands();
    positions = 2;
    String expected =
        "ada leave rotated_out HYPE, btc hold held, hype hold rotated_in ADA,"
            + " sol wait not_among_the_best";
    assertThat(decided()).isEqualTo(expected);
    Collections.reverse(candidates);
    assertThat(decided()).isEqualTo(expected);
  }

  @Test
  @DisplayName("a market with anything unresolved is neither left nor entered")
  void leavesAloneWhatIsUnresolved() {
    as("BTC", Standing.UNRESOLVED).bps("30").stands();
    as("ETH", Standing.FROZEN).bps("31").stands();
    flat("HYPE").bps("300").stands();
    positions = 2;
    assertThat(decided())
        .isEqualTo("btc hold unresolved, eth hold not_tradable, hype wait not_among_the_best");
  }

  @Test
  @DisplayName("a rotation under way goes on, whatever the rates have become, and no other begins")
  void aRotationUnderWayGoesOn() {
    positions = 2;
    before.put(
        new MarketId("BTC"),
        new Assignment(Choice.LEAVE, Usd.ZERO, AllocationReason.ROTATED_OUT, new MarketId("HYPE")));
    before.put(
        new MarketId("HYPE"),
        new Assignment(Choice.HOLD, PART, AllocationReason.ROTATED_IN, new MarketId("BTC")));
    as("BTC", Standing.UNRESOLVED).bps("90").stands();
    held("ETH").bps("26").stands();
    flat("HYPE").bps("55").stands();
    flat("SOL").bps("400").stands();
    assertThat(decided())
        .isEqualTo(
            "btc leave rotated_out HYPE, eth hold held, hype hold rotated_in BTC,"
                + " sol wait not_among_the_best");
  }

  @Test
  @DisplayName("a rotation that has not begun within the hour is decided anew")
  void aRotationThatHasNotBegunIsDecidedAnew() {
    before.put(
        new MarketId("BTC"),
        new Assignment(Choice.LEAVE, Usd.ZERO, AllocationReason.ROTATED_OUT, new MarketId("HYPE")));
    before.put(
        new MarketId("HYPE"),
        new Assignment(Choice.HOLD, PART, AllocationReason.ROTATED_IN, new MarketId("BTC")));
    held("BTC").bps("58").stands();
    flat("HYPE").bps("61").stands();
    assertThat(decided()).isEqualTo("btc hold held, hype wait not_among_the_best");
  }

  // ---- free places

  @Test
  void freePlacesGoToTheBestThatAreWorthEntering() {
    positions = 3;
    flat("ADA").bps("33").stands();
    flat("BTC").bps("44").stands();
    flat("DOGE").bps("18").stands();
    flat("ETH").bps("55").stands();
    flat("FTM").bps("66").costing("60", "70").stands();
    flat("HYPE").without("forecast").stands();
    flat("INJ").bps("77").without("prices").stands();
    flat("JUP").bps("88").most("49").stands();
    as("KAS", Standing.BARRED).bps("99").stands();
    flat("SOL").bps("45").stands();
    assertThat(decided())
        .isEqualTo(
            "ada wait not_among_the_best, btc hold among_the_best,"
                + " doge wait below_entry_threshold, eth hold among_the_best,"
                + " ftm wait below_its_costs, hype wait no_forecast, inj wait no_prices,"
                + " jup wait too_thin_or_capped, kas wait not_tradable, sol hold among_the_best");
  }

  @Test
  void whereNothingIsWorthEnteringTheCapitalStaysIdle() {
    flat("BTC").bps("19").stands();
    flat("ETH").bps("-12").stands();
    assertThat(decide().values()).allMatch(each -> each.choice() == Choice.WAIT);
  }

  @Test
  @DisplayName("after fewer positions are allowed the worst go, and one without a forecast stays")
  void theWorstGoWhereThereAreTooMany() {
    held("ADA").bps("71").stands();
    held("BTC").bps("34").stands();
    held("ETH").without("forecast").stands();
    held("SOL").bps("52").stands();
    positions = 2;
    assertThat(decided())
        .isEqualTo(
            "ada hold held, btc leave too_many_positions, eth hold held,"
                + " sol leave too_many_positions");
  }

  // ---- sizes

  @Test
  void theSizeIsItsPartOrWhatCapsAndDepthLeave() {
    positions = 2;
    flat("BTC").bps("47").stands();
    flat("ETH").bps("48").most("310").stands();
    assertThat(notional("BTC")).isEqualTo(PART);
    assertThat(notional("ETH")).isEqualTo(Usd.of("310"));
  }

  @ParameterizedTest(name = "worth {0} that cost {1}, {2} was given: {3} is to be held")
  @CsvSource({
    // within the band nothing is done
    "480, 488, 490, 490",
    "368, 488, 490, 490",
    // more than a quarter below its part it is filled up again, at what it cost
    "367, 488, 490, 611",
    // what has grown stays
    "700, 488, 490, 490",
    // a part that was cut by depth stays cut while it is within the band
    "400, 401, 402, 402",
  })
  void aPositionKeepsItsSizeWithinTheBand(
      String worth, String cost, String given, String expected) {
    before.put(
        new MarketId("BTC"),
        new Assignment(Choice.HOLD, Usd.of(given), AllocationReason.HELD, null));
    held("BTC").bps("43").worth(worth, cost).stands();
    assertThat(notional("BTC")).isEqualTo(Usd.of(expected));
  }

  @Test
  void aPositionIsNotFilledUpWhereTheRateDoesNotPayForIt() {
    before.put(new MarketId("BTC"), new Assignment(Choice.HOLD, PART, AllocationReason.HELD, null));
    held("BTC").bps("17").worth("200", "488").stands();
    assertThat(notional("BTC")).isEqualTo(PART);
  }
}
