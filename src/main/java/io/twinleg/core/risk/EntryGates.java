package io.twinleg.core.risk;

import io.twinleg.core.market.BookReader;
import io.twinleg.core.market.BookWalk;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/** The entry gates of specification 1.7 that an ordinary market or account may fail. */
public final class EntryGates {
  private static final BigDecimal BPS = new BigDecimal("10000");

  /** Collateral beyond margin and fees, as a part of the notional. */
  private static final BigDecimal MARGIN_BUFFER = new BigDecimal("0.02");

  private final PreTradeRisk risk;
  private final RiskSettings settings;

  public EntryGates(PreTradeRisk risk) {
    this.risk = risk;
    this.settings = risk.settings();
  }

  /** The first gate that refuses to add this very clip: balances, depth, rate. */
  public Optional<Denial> refuseEntry(EntryRequest question) {
    return question
        .plan()
        .flatMap(plan ->
            balances(question, plan)
                .or(() -> depth(question, plan))
                .or(() -> rate(question.now(), plan.orders())));
  }

  /** Data that cannot be trusted: gate 2. */
  public Optional<Denial> refuseStale(PairMarketData market, boolean accountFresh) {
    return market
        .staleness()
        .or(() -> accountFresh ? Optional.empty() : Optional.of("account"))
        .map(what -> Denial.named(EntryCheck.DATA_FRESH, "stale_data", what, "fresh"));
  }

  /**
   * Gate 5: the perp must not stand below the spot, nor so far from it that they cannot be one
   * coin.
   */
  public Optional<Denial> basis(EntryRequest question) {
    PairMarketData market = question.market();
    BigDecimal gap = gap(market);
    if (isGapTooWide(market)) {
      return Optional.of(
          Denial.blocked(
              EntryCheck.BASIS,
              "unit_gap",
              gap.setScale(6, RoundingMode.HALF_EVEN),
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
  public boolean isGapTooWide(PairMarketData market) {
    return gap(market).compareTo(settings.maxUnitGap()) > 0;
  }

  private static Optional<Denial> balances(EntryRequest question, EntryClip plan) {
    BigDecimal slippage =
        BigDecimal.ONE.add(question.maxSlippageBps().divide(BPS, MathContext.DECIMAL64));
    Usd spotNeed = plan.spotPrice().times(plan.spot()).times(slippage);
    Usd spotFree = question.account().freeForSpot();
    if (spotFree.isBelow(spotNeed)) {
      return Optional.of(
          Denial.blocked(EntryCheck.BALANCES, "spot_balance", spotFree, cents(spotNeed)));
    }
    Usd perpNeed = perpNeed(question, plan);
    Usd perpFree = question.account().freeForPerp(question.leverage());
    Usd need = isPooled(question) ? perpNeed.plus(spotNeed) : perpNeed;
    return perpFree.isBelow(need)
        ? Optional.of(Denial.blocked(EntryCheck.BALANCES, "perp_margin", perpFree, cents(need)))
        : Optional.empty();
  }

  private static boolean isPooled(EntryRequest question) {
    return question.account().reported().filter(state -> state.pooled()).isPresent();
  }

  private static Usd perpNeed(EntryRequest question, EntryClip plan) {
    Usd notional = plan.perpPrice().times(plan.perp());
    BigDecimal margin =
        BigDecimal.ONE.divide(BigDecimal.valueOf(question.leverage()), MathContext.DECIMAL64);
    return notional.times(margin.add(question.fees().taker(Leg.PERP)).add(MARGIN_BUFFER));
  }

  private static BigDecimal cents(Usd amount) {
    return amount.value().setScale(2, RoundingMode.UP);
  }

  /**
   * Both legs must be able to give the clip within the slippage cap on each side that it may need:
   * to hedge what fills first, and to give that back.
   */
  private static Optional<Denial> depth(EntryRequest question, EntryClip plan) {
    return plan.mustTake().stream()
        .flatMap(side ->
            thin(question, Leg.PERP, side, plan.perp())
                .or(() -> thin(question, Leg.SPOT, side, plan.spot()))
                .stream())
        .findFirst();
  }

  private static Optional<Denial> thin(EntryRequest question, Leg leg, Side side, Quantity clip) {
    BookSnapshot book = question.market().book(leg);
    Optional<Price> cap = question.market().cap(leg, side, question.maxSlippageBps());
    Quantity depth =
        cap.map(price -> BookWalk.of(BookReader.within(book, side, price), clip).filled())
            .orElse(Quantity.ZERO);
    String reason = leg == Leg.PERP ? "perp_depth" : "spot_depth";
    return depth.compareTo(clip) < 0
        ? Optional.of(Denial.blocked(EntryCheck.DEPTH, reason, depth, clip))
        : Optional.empty();
  }

  /** Gate 13. Never asked of a repair, an unwind or an exit. */
  public Optional<Denial> rate(Instant now, int orders) {
    return risk.rate(now, orders).or(risk.quota()::refusal);
  }

  /** Gate 14. */
  public Optional<Denial> coin(PairMarketData market) {
    if (market.isDelisted()) {
      return Optional.of(Denial.blocked(EntryCheck.COIN, "delisted", true, false));
    }
    return market.isHalted()
        ? Optional.of(Denial.blocked(EntryCheck.COIN, "halted", true, false))
        : Optional.empty();
  }
}
