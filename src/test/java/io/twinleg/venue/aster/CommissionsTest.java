package io.twinleg.venue.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.server.aster.AsterInstruments;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.Commission;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A commission is booked at its value, whatever coin it was paid in. */
class CommissionsTest {
  private final Map<String, BigDecimal> market = new TreeMap<>();
  private final List<String> questions = new ArrayList<>();
  private final Commissions commissions =
      new Commissions(coin -> {
        questions.add(coin);
        return Optional.ofNullable(market.get(coin));
      });

  private static AsterTradeRow trade(Leg leg, String symbol, Side side, String fee, String coin) {
    return new AsterTradeRow(
        leg,
        symbol,
        7,
        8,
        side,
        new BigDecimal("0.7010"),
        new BigDecimal("100"),
        new BigDecimal(fee),
        coin,
        BigDecimal.ZERO,
        false,
        1);
  }

  private Fee fee(AsterTradeRow row) {
    Instrument instrument =
        AsterInstruments.instruments().stream()
            .filter(each -> each.leg() == row.leg() && each.wireName().equals(row.symbol()))
            .findFirst()
            .orElseThrow();
    return FillMapper.of(instrument, Optional.empty(), commissions.valued(row)).fee();
  }

  @Test
  void aMarketsOwnTwoCoinsNeedNoPrice() {
    assertThat(fee(trade(Leg.SPOT, "ASTERUSDT", Side.BUY, "0.04", "ASTER")))
        .isEqualTo(Fee.base("0.04"));
    assertThat(fee(trade(Leg.SPOT, "ASTERUSDT", Side.SELL, "0.028", "USDT")))
        .isEqualTo(Fee.quote("0.028"));
    assertThat(fee(trade(Leg.PERP, "ASTERUSDT", Side.SELL, "0.0245", "USDT")))
        .isEqualTo(Fee.quote("0.0245"));
    assertThat(questions).isEmpty();
  }

  @Test
  void aPerpsOwnCoinIsWorthWhatItTradedAt() {
    assertThat(fee(trade(Leg.PERP, "ASTERUSDT", Side.SELL, "0.04", "ASTER")))
        .isEqualTo(Fee.quote("0.028040"));
    assertThat(questions).isEmpty();
  }

  @Test
  void aThirdCoinIsBookedAtThePriceThatIsKnown() {
    market.put("ASTER", new BigDecimal("0.70"));
    commissions.refresh();
    market.clear();
    questions.clear();
    AsterTradeRow valued =
        commissions.valued(trade(Leg.PERP, "BTCUSDT", Side.SELL, "0.5", "ASTER"));
    assertThat(valued.commission()).isEqualByComparingTo("0.35");
    assertThat(valued.commissionAsset()).isEqualTo("USDT");
    assertThat(questions).as("the fill waited for no request").isEmpty();
  }

  @Test
  void aPriceFollowsTheMarketAndOutlivesAnAnswerThatDoesNotCome() {
    market.put("BNB", new BigDecimal("600"));
    commissions.valued(trade(Leg.SPOT, "BTCUSDT", Side.BUY, "0.001", "BNB"));
    commissions.refresh();
    market.put("BNB", new BigDecimal("500"));
    commissions.refresh();
    market.clear();
    commissions.refresh();
    assertThat(
            commissions.valued(trade(Leg.SPOT, "BTCUSDT", Side.BUY, "0.001", "BNB")).commission())
        .isEqualByComparingTo("0.5");
  }

  /** L07's neighbour: an owner who pays in a coin that has no pair in USDT. */
  @Test
  void whatNothingPricesCostsWhatTheAccountsRatesAreAndIsNeverBookedAsZero() {
    AsterTradeRow paidInAnotherCoin = trade(Leg.PERP, "BTCUSDT", Side.SELL, "0.5", "XYZ");
    assertThat(commissions.valued(paidInAnotherCoin).commission())
        .as("100 at 0.7010, a taker's highest rate")
        .isEqualByComparingTo("0.028040");
    commissions.rates(
        Leg.PERP, new Commission("BTCUSDT", new BigDecimal("0.0001"), new BigDecimal("0.00035")));
    AsterTradeRow valued = commissions.valued(paidInAnotherCoin);
    assertThat(valued.commission()).isEqualByComparingTo("0.024535");
    assertThat(valued.commissionAsset()).isEqualTo("USDT");
    assertThat(questions).as("no fill waits for a price").isEmpty();
    commissions.refresh();
    assertThat(questions).contains("XYZ");
    assertThat(commissions.valued(trade(Leg.PERP, "BTCUSDT", Side.SELL, "0", "XYZ")).commission())
        .as("nothing was charged")
        .isZero();
  }
}
