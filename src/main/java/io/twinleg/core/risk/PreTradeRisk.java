package io.twinleg.core.risk;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Command.SetLeverage;
import io.twinleg.core.market.BookReader;
import io.twinleg.core.market.BookWalk;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.EntryClip;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The only door through which an intent becomes an order. It may refuse to add exposure for many
 * reasons; what reduces exposure it checks only against selling what is not owned, buying back more
 * than is short, and hedging past the delta, or a breached limit would block its own repair.
 */
public final class PreTradeRisk {
  private static final BigDecimal BPS = new BigDecimal("10000");

  /** Collateral beyond margin and fees, as a part of the notional. */
  private static final BigDecimal MARGIN_BUFFER = new BigDecimal("0.02");

  private final RiskSettings settings;
  private final NotionalLimiter notional;
  private final OrderRateLimiter orders;
  private final ActionQuota budget;

  public PreTradeRisk(RiskSettings settings) {
    this(settings, new OrderRateLimiter(), new ActionQuota());
  }

  private PreTradeRisk(RiskSettings settings, OrderRateLimiter orders, ActionQuota budget) {
    this.settings = settings;
    this.notional =
        new NotionalLimiter(settings.perSymbolNotionalCap(), settings.portfolioNotionalCap());
    this.orders = orders;
    this.budget = budget;
  }

  /** The same gate under other settings: what was sent in the last minute still counts. */
  public PreTradeRisk under(RiskSettings others) {
    return new PreTradeRisk(others, orders, budget);
  }

  /** What came of an intent. */
  public sealed interface Review {
    record Approved(PlaceOrder order) implements Review {}

    record Refused(Denial refusal) implements Review {}
  }

  /** Counts the order as sent when it is approved. */
  public Review review(OrderIntent intent, ClientOrderId id, Exposure exposure, Instant now) {
    Optional<Denial> refusal =
        intent.purpose().addsExposure() ? Optional.empty() : refuseReduction(intent, exposure);
    if (refusal.isPresent()) {
      return new Review.Refused(refusal.get());
    }
    orders.count(now);
    return new Review.Approved(PlaceOrder.of(id, intent));
  }

  /** Leverage is a risk decision too: it is set before the first entry of a market. */
  public SetLeverage leverage(InstrumentId perp, int leverage, boolean cross) {
    return new SetLeverage(perp, leverage, cross);
  }

  private static Optional<Denial> refuseReduction(OrderIntent intent, Exposure exposure) {
    if (intent.instrument().leg() == Leg.SPOT) {
      return intent.side() == Side.SELL
          ? atMost(intent, exposure.ownedSpot().minus(exposure.pendingSpotSell()), "spot_not_owned")
          : Optional.empty();
    }
    if (intent.side() == Side.BUY) {
      return atMost(
          intent, exposure.shortPerp().minus(exposure.pendingPerpBuy()), "short_not_held");
    }
    Quantity unhedged =
        exposure.delta().plus(exposure.tolerance()).minus(exposure.pendingPerpSell());
    return atMost(intent, unhedged, "hedge_past_delta");
  }

  private static Optional<Denial> atMost(OrderIntent intent, Quantity most, String reason) {
    return intent.quantity().exceeds(most)
        ? Optional.of(Denial.blocked(EntryCheck.STATE, reason, intent.quantity(), most))
        : Optional.empty();
  }

  public Usd room(MarketId market, Collection<Exposure> all) {
    return notional.room(market, all);
  }

  /** The first gate that refuses to add this very clip: balances, depth, rate. */
  public Optional<Denial> refuseEntry(EntryRequest question) {
    return question
        .plan()
        .flatMap(plan ->
            balances(question, plan)
                .or(() -> depth(question, plan))
                .or(() -> rate(question.now())));
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

  /** What the venue counts of it: an order, a cancel, whatever changes the account. */
  public void sent(List<Command> commands) {
    budget.count((int) commands.stream().filter(PreTradeRisk::isAction).count());
  }

  private static boolean isAction(Command command) {
    return switch (command) {
      case Command.PlaceOrder order -> true;
      case Command.CancelOrder cancel -> true;
      case Command.SetLeverage leverage -> true;
      case Command.TransferCollateral move -> true;
      case Command.ConfirmTransfer settle -> true;
      case Command.InvalidateNonce burn -> true;
      case Command.QueryOrder query -> false;
      case Command.QueryAccount query -> false;
      case Command.AdjustPosition correct -> false;
      case Command.Shutdown end -> false;
    };
  }

  public ActionQuota budget() {
    return budget;
  }

  /** Gate 13. Never asked of a repair, an unwind or an exit. */
  public Optional<Denial> rate(Instant now) {
    int used = orders.used(now);
    return used >= settings.maxReplacesPerMin()
        ? Optional.of(
            Denial.named(
                EntryCheck.RATE_BUDGET, "rate_limited", used, settings.maxReplacesPerMin()))
        : budget.refusal();
  }

  public int ordersLeft(Instant now) {
    return Math.max(0, settings.maxReplacesPerMin() - orders.used(now));
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
