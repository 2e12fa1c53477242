package io.twinleg.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.PriceRule.SignificantFigures;
import io.twinleg.scenario.Scenario;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tick of specification 1.1: five significant figures, so many decimals, never above 1. */
class PriceRuleTest {
  private static final PriceRule HYPE_SPOT = new SignificantFigures(6);
  private static final PriceRule BTC_PERP = new SignificantFigures(1);
  private static final PriceRule K_PERP = new SignificantFigures(6);

  private static Price price(String text) {
    return Price.of(text);
  }

  @ParameterizedTest(name = "tick {1} at {0}")
  @CsvSource({
    "40, 0.001",
    "9.9999, 0.0001",
    "10, 0.001",
    "99.999, 0.001",
    "100, 0.01",
    "999.99, 0.01",
    "1000, 0.1",
    "9999.9, 0.1",
    "10000, 1",
    "99999, 1",
    "100000, 1",
    "1234567, 1",
    "0.5, 0.00001",
    "0.00998, 0.000001",
    "0.000123, 0.000001",
  })
  void theTickFollowsThePowerOfTen(String at, String tick) {
    assertThat(HYPE_SPOT.tick(price(at))).isEqualTo(price(tick));
  }

  @Test
  void decimalsLimitTheTickWhereFiguresWouldAllowMore() {
    assertThat(BTC_PERP.tick(price("40"))).isEqualTo(price("0.1"));
    assertThat(BTC_PERP.tick(price("99999"))).isEqualTo(price("1"));
    assertThat(new SignificantFigures(0).tick(price("12"))).isEqualTo(price("1"));
  }

  @ParameterizedTest(name = "{0}: buy {1}, sell {2}")
  @CsvSource({
    "40.0005, 40, 40.001",
    "40.001, 40.001, 40.001",
    "9.99995, 9.9999, 10",
    "99.9999, 99.999, 100",
    "100.005, 100, 100.01",
    "10000.4, 10000, 10001",
    "123456.7, 123456, 123457",
    "0.009985, 0.009985, 0.009985",
    "0.0099855, 0.009985, 0.009986",
  })
  void aBuyIsRoundedDownAndASellUp(String price, String buy, String sell) {
    assertThat(K_PERP.round(Side.BUY, price(price))).isEqualTo(price(buy));
    assertThat(K_PERP.round(Side.SELL, price(price))).isEqualTo(price(sell));
  }

  @Test
  @Scenario("E10")
  @DisplayName("R20 E10: BTC at 99 999 and 100 000.5")
  void R20_aPriceOfSixFiguresIsAWholeNumber() {
    assertThat(BTC_PERP.isLegal(price("99999"))).isTrue();
    assertThat(BTC_PERP.isLegal(price("100001"))).isTrue();
    assertThat(BTC_PERP.isLegal(price("100000.5"))).isFalse();
    assertThat(BTC_PERP.round(Side.SELL, price("100000.5"))).isEqualTo(price("100001"));
    assertThat(BTC_PERP.round(Side.BUY, price("100000.5"))).isEqualTo(price("100000"));
  }

  @Test
  void stepsCrossAPowerOfTenWithTheTickOfTheSideTheyAreOn() {
    assertThat(HYPE_SPOT.step(price("9.9999"), Side.BUY, 1)).isEqualTo(price("10"));
    assertThat(HYPE_SPOT.step(price("10"), Side.BUY, 1)).isEqualTo(price("10.001"));
    assertThat(HYPE_SPOT.step(price("10"), Side.SELL, 1)).isEqualTo(price("9.9999"));
    assertThat(HYPE_SPOT.step(price("100"), Side.SELL, 2)).isEqualTo(price("99.998"));
    assertThat(BTC_PERP.step(price("10000"), Side.SELL, 1)).isEqualTo(price("9999.9"));
    assertThat(BTC_PERP.step(price("99999"), Side.BUY, 3)).isEqualTo(price("100002"));
  }

  @Test
  void everyRoundedPriceIsLegalAndWithinATickOnTheRightSide() {
    long seed = 20;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      PriceRule rule = new SignificantFigures(random.nextInt(9));
      Price price = new Price(random.nextLong(1, 1L << random.nextInt(2, 52)));
      Price buy = rule.round(Side.BUY, price);
      Price sell = rule.round(Side.SELL, price);
      String what = "seed " + seed + ", " + rule + " at " + price;
      assertThat(rule.isLegal(buy)).as(what).isTrue();
      assertThat(rule.isLegal(sell)).as(what).isTrue();
      assertThat(sell).as(what).isGreaterThanOrEqualTo(price);
      if (price.e8() >= rule.tick(price).e8()) {
        assertThat(buy).as(what).isLessThanOrEqualTo(price);
      }
      assertThat(figures(sell)).as(what).isLessThanOrEqualTo(5);
    }
  }

  /** Significant figures of a price with decimals; a whole number has as many as it likes. */
  private static int figures(Price price) {
    BigDecimal plain = price.plain();
    return plain.scale() <= 0 ? 0 : plain.precision();
  }

  @Test
  void aPriceIsNeverRoundedWhereItMustBeExact() {
    assertThatThrownBy(() -> Price.of("0.000000001")).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Price.of("0")).isInstanceOf(IllegalArgumentException.class);
  }
}
