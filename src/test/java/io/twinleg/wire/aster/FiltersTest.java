package io.twinleg.wire.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class FiltersTest {
  private final ExchangeInfo perps =
      ExchangeInfo.read(
          Leg.PERP, AsterFiles.read("data/aster/futures-v3-exchangeInfo-2026-01-12.json"));
  private final ExchangeInfo spots =
      ExchangeInfo.read(Leg.SPOT, AsterFiles.read("data/aster/spot-exchangeInfo-2026-01-06.json"));

  @Test
  void readsEverySymbolOfBothRecordings() {
    assertThat(perps.symbols()).hasSize(290);
    assertThat(perps.symbols().stream().filter(SymbolRules::isTrading)).hasSize(221);
    assertThat(spots.symbols()).hasSize(46);
    assertThat(perps.limits())
        .contains(new ExchangeInfo.RateLimit("REQUEST_WEIGHT", "MINUTE", 1, 2400));
  }

  @Test
  void theLeastValueIsFoundUnderItsNameOnEitherSide() {
    assertThat(spot("ASTERUSDT").minNotional()).isEqualByComparingTo("5");
    assertThat(perp("ASTERUSDT").minNotional()).isEqualByComparingTo("5");
  }

  @Test
  void theTickIsNotThePrecision() {
    SymbolRules aster = perps.find("ASTERUSDT").orElseThrow();
    assertThat(aster.pricePrecision()).isEqualTo(5);
    assertThat(aster.filters().tick()).isEqualByComparingTo("0.0001");
    long differ =
        perps.symbols().stream()
            .filter(each ->
                each.filters().tick().compareTo(BigDecimal.ONE.movePointLeft(each.pricePrecision()))
                    != 0)
            .count();
    assertThat(differ).isEqualTo(254);
  }

  @Test
  void aFilterOfZeroSwitchesItsRuleOff() {
    Filters off = perp("WIFUSDT");
    assertThat(off.tick()).isEqualByComparingTo("0");
    assertThat(off.roundPrice(Side.BUY, new BigDecimal("1.23456789")))
        .isEqualByComparingTo("1.23456789");
    assertThat(
            off.violation(
                Leg.PERP, Side.BUY, new BigDecimal("1.234567"), new BigDecimal("100"), false))
        .isEmpty();
  }

  @Test
  void theGridBeginsAtTheMinimum() {
    Filters odd = filters("0.3", "0.1", "0.25", "0.1");
    assertThat(odd.floorQuantity(new BigDecimal("0.99"))).isEqualByComparingTo("0.95");
    assertThat(codeOf(odd, "1.0", "0.85")).isEqualTo(0);
    assertThat(codeOf(odd, "1.0", "0.8")).isEqualTo(-4023);
  }

  @Test
  void buysAreRoundedDownAndSellsUp() {
    Filters aster = perp("ASTERUSDT");
    assertThat(aster.roundPrice(Side.BUY, new BigDecimal("0.70019")))
        .isEqualByComparingTo("0.7001");
    assertThat(aster.roundPrice(Side.SELL, new BigDecimal("0.70011")))
        .isEqualByComparingTo("0.7002");
  }

  @Test
  void everyRuleIsNamedByItsCode() {
    Filters aster = perp("ASTERUSDT");
    assertThat(codeOf(aster, "0.70005", "10")).isEqualTo(-4014);
    assertThat(codeOf(aster, "0.00005", "10")).isEqualTo(-4013);
    assertThat(codeOf(aster, "201", "10")).isEqualTo(-4002);
    assertThat(codeOf(aster, "0.7", "0")).isEqualTo(-4003);
    assertThat(codeOf(aster, "0.7", "0.005")).isEqualTo(-4004);
    assertThat(codeOf(aster, "0.7", "3000000")).isEqualTo(-4005);
    assertThat(codeOf(aster, "0.7", "10.005")).isEqualTo(-4023);
    assertThat(codeOf(aster, "0.7", "7")).isEqualTo(-4164);
    assertThat(codeOf(aster, "0.7", "7.15")).isEqualTo(0);
  }

  @Test
  void whatReducesMayBeSmall() {
    assertThat(
            perp("ASTERUSDT")
                .violation(Leg.PERP, Side.BUY, new BigDecimal("0.7"), new BigDecimal("0.01"), true))
        .isEmpty();
  }

  @Test
  void aSafePriceFarAwayIsOutsideTheBandOfFutures() {
    Filters btc = perp("BTCUSDT");
    BigDecimal mark = new BigDecimal("100000");
    assertThat(btc.bandViolation(Side.BUY, new BigDecimal("102000.1"), mark).orElseThrow().code())
        .isEqualTo(-4016);
    assertThat(btc.bandViolation(Side.SELL, new BigDecimal("97999.9"), mark).orElseThrow().code())
        .isEqualTo(-4024);
    assertThat(btc.bandViolation(Side.BUY, new BigDecimal("50000"), mark)).isEmpty();
    assertThat(spot("BTCUSDT").bandViolation(Side.BUY, new BigDecimal("400000"), mark)).isEmpty();
  }

  @Test
  void filtersAreWrittenAsTheyWereRead() {
    for (SymbolRules each : perps.symbols()) {
      assertThat(Filters.read(each.filters().json(Leg.PERP))).isEqualTo(each.filters());
    }
    for (SymbolRules each : spots.symbols()) {
      assertThat(Filters.read(each.filters().json(Leg.SPOT))).isEqualTo(each.filters());
    }
  }

  @Test
  void testMarketsAreKnown() {
    assertThat(
            spots.symbols().stream().filter(SymbolRules::isInternalTest).map(SymbolRules::symbol))
        .containsExactlyInAnyOrder("TESTUSDT", "TESTUSD1", "TESTFORM", "TEST1USDT", "TEST2USDT");
  }

  private Filters perp(String symbol) {
    return perps.find(symbol).orElseThrow().filters();
  }

  private Filters spot(String symbol) {
    return spots.find(symbol).orElseThrow().filters();
  }

  private static int codeOf(Filters filters, String price, String quantity) {
    return filters
        .violation(Leg.PERP, Side.BUY, new BigDecimal(price), new BigDecimal(quantity), false)
        .map(ErrorReply::code)
        .orElse(0);
  }

  private static Filters filters(String minPrice, String tick, String minQuantity, String step) {
    BigDecimal none = BigDecimal.ZERO;
    return new Filters(
        new BigDecimal(tick),
        new BigDecimal(minPrice),
        none,
        new BigDecimal(step),
        new BigDecimal(minQuantity),
        none,
        none,
        none,
        none,
        none);
  }
}
