package io.twinleg.core.risk;

import io.twinleg.core.market.BookReader;
import io.twinleg.core.market.BookWalk;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The entry gates of specification 1.7 that read the market and the account: what an ordinary
 * market may fail. Pure functions.
 */
public final class EntryGates {
  private static final BigDecimal BPS = new BigDecimal("10000");

  /** Collateral beyond margin and fees, as a part of the notional. */
  public static final BigDecimal MARGIN_BUFFER = new BigDecimal("0.02");

  private EntryGates() {}

  /**
   * What a clip is paid from, and how it is executed.
   *
   * @param leverage of the perp
   */
  public record Terms(Funds funds, FeeSchedule fees, int leverage, BigDecimal maxSlippageBps) {

    /** The collateral that a short of so much needs, with its fee and a buffer. */
    Usd margin(Usd notional) {
      return notional.times(marginShare(leverage, fees).add(MARGIN_BUFFER));
    }
  }

  /** Of a short's value, without a buffer. */
  public static BigDecimal marginShare(int leverage, FeeSchedule fees) {
    return BigDecimal.ONE
        .divide(BigDecimal.valueOf(leverage), MathContext.DECIMAL64)
        .add(fees.taker(Leg.PERP));
  }

  /**
   * Of the capital, for a dollar of one leg: the coins at the worst price, and the short's
   * collateral with its fee and a buffer.
   */
  public static BigDecimal capitalShare(
      BigDecimal maxSlippageBps, BigDecimal collateral, BigDecimal perpTaker) {
    return BigDecimal.ONE
        .add(maxSlippageBps.movePointLeft(4))
        .add(collateral)
        .add(perpTaker.max(BigDecimal.ZERO))
        .add(MARGIN_BUFFER);
  }

  /** Gate 2: data that cannot be trusted. */
  public static Optional<Denial> stale(PairMarketData market, boolean accountFresh) {
    return market
        .staleness()
        .or(() -> accountFresh ? Optional.empty() : Optional.of("account"))
        .map(what -> Denial.named(EntryCheck.DATA_FRESH, "stale_data", what, "fresh"));
  }

  /**
   * Gate 5: the perp must not stand below the spot, nor so far from it that they cannot be one
   * coin.
   */
  public static Optional<Denial> basis(PairMarketData market, RiskSettings settings) {
    if (isGapTooWide(market, settings)) {
      return Optional.of(
          Denial.blocked(
              EntryCheck.BASIS,
              "unit_gap",
              gap(market).setScale(6, RoundingMode.HALF_EVEN),
              settings.maxUnitGap().toPlainString()));
    }
    BigDecimal ticks = market.spreadTicks().orElse(BigDecimal.ZERO);
    boolean tooClose =
        settings.minSpreadTicks() > 0
            && ticks.compareTo(BigDecimal.valueOf(settings.minSpreadTicks())) < 0;
    return tooClose
        ? Optional.of(
            Denial.blocked(
                EntryCheck.BASIS,
                "min_spread_ticks",
                ticks.setScale(2, RoundingMode.FLOOR),
                settings.minSpreadTicks()))
        : Optional.empty();
  }

  private static BigDecimal gap(PairMarketData market) {
    return market.midBasis().orElse(BigDecimal.ZERO).abs();
  }

  /** Either they are not one coin, or one of the books is broken. */
  public static boolean isGapTooWide(PairMarketData market, RiskSettings settings) {
    return gap(market).compareTo(settings.maxUnitGap()) > 0;
  }

  /** Gate 11: quote for the spot, and margin for the perp; of a pooled account both together. */
  public static Optional<Denial> balances(EntryClip clip, PairMarketData market, Terms terms) {
    Funds funds = terms.funds();
    BigDecimal slippage =
        BigDecimal.ONE.add(terms.maxSlippageBps().divide(BPS, MathContext.DECIMAL64));
    Usd spotNeed = spotPrice(clip, market, funds).times(clip.spot()).times(slippage);
    Usd spotFree = funds.forSpot();
    if (spotFree.isBelow(spotNeed)) {
      return Optional.of(
          Denial.blocked(EntryCheck.BALANCES, "spot_balance", spotFree, cents(spotNeed)));
    }
    Usd perpNeed = terms.margin(clip.perpPrice().times(clip.perp()));
    Usd perpFree = funds.forPerp(terms.leverage());
    Usd need = funds.isPooled() ? perpNeed.plus(spotNeed) : perpNeed;
    return perpFree.isBelow(need)
        ? Optional.of(Denial.blocked(EntryCheck.BALANCES, "perp_margin", perpFree, cents(need)))
        : Optional.empty();
  }

  /**
   * The value of one leg up to which the funds carry both, with all that gate 11 asks for, and the
   * coins that a venue may keep as the fee.
   */
  public static Usd carried(Terms terms) {
    Funds funds = terms.funds();
    BigDecimal slippage =
        BigDecimal.ONE.add(terms.maxSlippageBps().divide(BPS, MathContext.DECIMAL64));
    BigDecimal fee = terms.fees().taker(Leg.SPOT).max(BigDecimal.ZERO);
    BigDecimal ofSpot = slippage.multiply(BigDecimal.ONE.add(fee));
    BigDecimal ofPerp = marginShare(terms.leverage(), terms.fees()).add(MARGIN_BUFFER);
    Usd forSpot = funds.forSpot();
    Usd forPerp = funds.forPerp(terms.leverage());
    return funds.isPooled()
        ? over(forSpot.min(forPerp), ofSpot.add(ofPerp))
        : over(forSpot, ofSpot).min(over(forPerp, ofPerp));
  }

  private static Usd over(Usd amount, BigDecimal share) {
    return new Usd(amount.value().divide(share, 2, RoundingMode.FLOOR));
  }

  /** In a pooled account at least the mid, by which the pre-trade check counts the coins. */
  private static Price spotPrice(EntryClip clip, PairMarketData market, Funds funds) {
    Price planned = clip.spotPrice();
    return market
        .reference(Leg.SPOT)
        .filter(mid -> funds.isPooled() && mid.isAbove(planned))
        .orElse(planned);
  }

  private static BigDecimal cents(Usd amount) {
    return amount.value().setScale(2, RoundingMode.UP);
  }

  /**
   * Gate 12: both legs must be able to give the clip within the slippage cap on each side that it
   * may need: to hedge what fills first, and to give that back.
   */
  public static Optional<Denial> depth(EntryClip clip, PairMarketData market, Terms terms) {
    return clip.mustTake().stream()
        .flatMap(side ->
            thin(market, terms, Leg.PERP, side, clip.perp())
                .or(() -> thin(market, terms, Leg.SPOT, side, clip.spot()))
                .stream())
        .findFirst();
  }

  private static Optional<Denial> thin(
      PairMarketData market, Terms terms, Leg leg, Side side, Quantity clip) {
    BookSnapshot book = market.book(leg);
    Optional<Price> cap = market.cap(leg, side, terms.maxSlippageBps());
    Quantity depth =
        cap.map(price -> BookWalk.of(BookReader.within(book, side, price), clip).filled())
            .orElse(Quantity.ZERO);
    String reason = leg == Leg.PERP ? "perp_depth" : "spot_depth";
    return depth.compareTo(clip) < 0
        ? Optional.of(Denial.blocked(EntryCheck.DEPTH, reason, depth, clip))
        : Optional.empty();
  }

  /** Gate 14. */
  public static Optional<Denial> coin(PairMarketData market) {
    if (market.isDelisted()) {
      return Optional.of(Denial.blocked(EntryCheck.COIN, "delisted", true, false));
    }
    return market.isHalted()
        ? Optional.of(Denial.blocked(EntryCheck.COIN, "halted", true, false))
        : Optional.empty();
  }
}
