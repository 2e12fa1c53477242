package io.twinleg.core.risk;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Command.SetLeverage;
import io.twinleg.core.market.BookReader;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.Exposure;
import io.twinleg.core.model.Exposure.LegRisk;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Checks every intent of every purpose, and is the only code that makes a {@link PlaceOrder}.
 *
 * <p>The entry gates have refused what a market or an account does not allow before an intent is
 * made; so a denial here means that the program is wrong, and the market that the intent was for is
 * stopped. An order that adds is held to the target, the caps, the buying power and the rates; one
 * that hedges, reduces or closes is held to what is owned, short and un-hedged, and to nothing
 * else, or a breached cap would block its own repair.
 */
public final class PreTradeRisk {
  /** How far over its limit an order may come by rounding to lots and for its fee. */
  private static final BigDecimal ROUNDING = new BigDecimal("1.01");

  private final transient RiskSettings settings;
  private final OrderRateLimiter orders;
  private final ActionQuota.ByVenue quotas;

  public PreTradeRisk(RiskSettings settings) {
    this(settings, new OrderRateLimiter(), new ActionQuota.ByVenue());
  }

  private PreTradeRisk(RiskSettings settings, OrderRateLimiter orders, ActionQuota.ByVenue quotas) {
    this.settings = settings;
    this.orders = orders;
    this.quotas = quotas;
  }

  /** The same checks under other settings: what was sent in the last minute still counts. */
  public PreTradeRisk under(RiskSettings others) {
    return new PreTradeRisk(others, orders, quotas);
  }

  /** What a check comes to. */
  public sealed interface Result {
    record Approved(PlaceOrder order) implements Result {}

    /** A defect of the program: nothing more is sent for this market until an operator resumes. */
    record Denied(Denial denial) implements Result {}
  }

  /** Counts the order as sent when it is approved. */
  public Result check(OrderIntent intent, ClientOrderId id, RiskContext context) {
    Optional<Denial> denial =
        legality(intent, context.exposure())
            .or(() -> price(intent, context))
            .or(() -> side(intent))
            .or(() -> size(intent, context));
    if (denial.isPresent()) {
      return new Result.Denied(denial.get());
    }
    orders.count(context.now());
    quotas.of(intent).count(1);
    return new Result.Approved(PlaceOrder.of(id, intent));
  }

  private Optional<Denial> size(OrderIntent intent, RiskContext context) {
    if (intent.purpose() == OrderPurpose.ENTRY) {
      return addition(intent, context);
    }
    LegRisk leg = context.exposure().leg(intent.instrument().leg());
    boolean ofSpot = intent.instrument().leg() == Leg.SPOT;
    if (ofSpot && intent.side() == Side.SELL) {
      return atMost(intent.quantity(), leg.free(), "spot_not_owned")
          .or(() -> unwind(intent, inPerpUnits(intent.quantity(), context), context));
    }
    if (ofSpot) {
      return hedgeBySpot(intent, context);
    }
    return intent.side() == Side.BUY
        ? atMost(intent.quantity(), leg.free(), "short_not_held")
            .or(() -> unwind(intent, intent.quantity(), context))
        : hedgeByPerp(intent, context);
  }

  // ---- every order

  private static Optional<Denial> legality(OrderIntent intent, Exposure exposure) {
    Instrument instrument = intent.instrument();
    if (!intent.quantity().isPositive()) {
      return denied("quantity_not_positive", intent.quantity(), 0);
    }
    if (!instrument.isLegal(intent.quantity())) {
      return denied("lot_size", intent.quantity(), instrument.lot());
    }
    if (!instrument.prices().isLegal(intent.price())) {
      return denied("tick_size", intent.price(), instrument.prices().tick(intent.price()));
    }
    boolean perpBuy = instrument.leg() == Leg.PERP && intent.side() == Side.BUY;
    if (perpBuy && !intent.reduceOnly()) {
      return denied("not_reduce_only", false, true);
    }
    boolean closesAll = perpBuy && intent.quantity().equals(exposure.perp().held());
    return !closesAll && intent.notional().isBelow(instrument.minNotional())
        ? denied("min_notional", intent.notional(), instrument.minNotional())
        : Optional.empty();
  }

  /**
   * A price that takes stays within the slippage of the reference price. A quote may also stand
   * anywhere on its own side of the book: the ticks it improves by are the setting's. Its own side
   * may be broken, so that it says nothing about a price that takes.
   */
  private static Optional<Denial> price(OrderIntent intent, RiskContext context) {
    PairMarketData market = context.market();
    Instrument instrument = intent.instrument();
    Leg leg = instrument.leg();
    Side side = intent.side();
    Optional<Price> bound =
        market
            .reference(leg)
            .map(reference -> BookReader.slipped(reference, side, slippage(intent, context)));
    Optional<Price> quote =
        market
            .book(leg)
            .best(side)
            .filter(best -> rests(intent, market.book(leg)))
            .map(best -> instrument.prices().step(best, side, context.limits().offsetTicks()));
    boolean within =
        bound.filter(limit -> !isBeyond(side, intent.price(), limit)).isPresent()
            || quote.filter(limit -> !isBeyond(side, intent.price(), limit)).isPresent();
    return within
        ? Optional.empty()
        : denied("price_bound", intent.price(), bound.map(Price::toString).orElse("no reference"));
  }

  /** An ALO never takes; another order rests where the other side stands beyond its price. */
  private static boolean rests(OrderIntent intent, BookSnapshot book) {
    return switch (intent.timeInForce()) {
      case ALO -> true;
      case IOC -> false;
      case GTC ->
          book.best(intent.side().opposite())
              .filter(other -> !isBeyond(intent.side().opposite(), intent.price(), other))
              .filter(other -> !other.equals(intent.price()))
              .isPresent();
    };
  }

  private static BigDecimal slippage(OrderIntent intent, RiskContext context) {
    RiskContext.Limits limits = context.limits();
    OrderPurpose purpose = intent.purpose();
    boolean wider =
        purpose == OrderPurpose.UNWIND || (purpose == OrderPurpose.EXIT && limits.widerExit());
    return wider ? limits.maxSlippageBps().multiply(BigDecimal.TWO) : limits.maxSlippageBps();
  }

  private static boolean isBeyond(Side side, Price price, Price limit) {
    return side == Side.BUY ? price.isAbove(limit) : price.isBelow(limit);
  }

  /** The carry is long spot and short the perp: that is how its purposes lie on sides. */
  private static Optional<Denial> side(OrderIntent intent) {
    boolean opens =
        switch (intent.purpose()) {
          case ENTRY, HEDGE, REPAIR -> true;
          case UNWIND, EXIT -> false;
        };
    Side expected = (intent.instrument().leg() == Leg.SPOT) == opens ? Side.BUY : Side.SELL;
    return intent.side() == expected
        ? Optional.empty()
        : denied("side_of_purpose", intent.side(), expected);
  }

  // ---- what adds

  private Optional<Denial> addition(OrderIntent intent, RiskContext context) {
    LegRisk leg = context.exposure().leg(intent.instrument().leg());
    Usd adds = intent.notional();
    return stopped(context)
        .or(() -> headroom(adds, context.limits().target().minus(leg.invested()), "target"))
        .or(() -> headroom(adds, settings.perSymbolNotionalCap().minus(leg.worst()), "symbol_cap"))
        .or(() ->
            headroom(
                adds,
                settings.portfolioNotionalCap().minus(context.elsewhere()).minus(leg.worst()),
                "portfolio_cap"))
        .or(() -> buyingPower(intent, context))
        .or(() -> rate(context.now(), 1))
        .or(quotas.of(intent)::refusal)
        .map(found -> Denial.ofOrder(found.reason(), found.value(), found.limit()));
  }

  private static Optional<Denial> stopped(RiskContext context) {
    if (context.directive().forbidsNewRisk()) {
      return denied("new_risk_forbidden", context.directive().reason(), "none");
    }
    if (context.stopping()) {
      return denied("run_is_stopping", true, false);
    }
    if (context.market().isDelisted()) {
      return denied("market_delisted", true, false);
    }
    return context.market().isHalted() ? denied("market_halted", true, false) : Optional.empty();
  }

  private static Optional<Denial> headroom(Usd adds, Usd left, String what) {
    Usd limit = left.times(ROUNDING);
    return adds.exceeds(limit) ? denied("over_" + what, adds, limit) : Optional.empty();
  }

  /**
   * Of a spot entry also the margin of the hedge that its fill will need. In a pooled account both
   * legs are paid from the same money: what either needs alone says nothing.
   */
  private static Optional<Denial> buyingPower(OrderIntent intent, RiskContext context) {
    Usd adds = intent.notional();
    boolean pooled = context.funds().isPooled();
    if (intent.instrument().leg() == Leg.PERP) {
      Usd coins = pooled ? coinsBeside(intent, context) : Usd.ZERO;
      return perpMargin(adds, EntryGates.MARGIN_BUFFER, coins, context);
    }
    Usd free = context.funds().forSpot();
    if (adds.exceeds(free)) {
      return denied("spot_balance", adds, free);
    }
    Optional<Price> bid = context.market().book(Leg.PERP).best(Side.BUY);
    Quantity hedge =
        context
            .market()
            .instrument(Leg.PERP)
            .nearest(inPerpUnits(intent.quantity().times(context.keptOfSpot()), context));
    return bid.isEmpty()
        ? denied("perp_margin", "no perp bid", context.funds().forPerp(1))
        : perpMargin(bid.get().times(hedge), BigDecimal.ZERO, pooled ? adds : Usd.ZERO, context);
  }

  /** What the coins beside a short cost at the mid; the lot that was rounded up needs none. */
  private static Usd coinsBeside(OrderIntent intent, RiskContext context) {
    Quantity perp = intent.quantity().minus(intent.instrument().lot()).max(Quantity.ZERO);
    BigDecimal coins =
        perp.value()
            .multiply(context.market().multiplier())
            .divide(context.limits().hedgeRatio(), MathContext.DECIMAL64);
    Optional<Price> mid = context.market().reference(Leg.SPOT);
    return mid.map(price -> price.times(new Quantity(coins))).orElse(Usd.ZERO);
  }

  /** Together with what is paid {@code beside} it from the same money. */
  private static Optional<Denial> perpMargin(
      Usd notional, BigDecimal buffer, Usd beside, RiskContext context) {
    int leverage = context.limits().leverage();
    BigDecimal share = EntryGates.marginShare(leverage, context.fees()).add(buffer);
    Usd need = notional.times(share).plus(beside);
    Usd free = context.funds().forPerp(leverage);
    return need.exceeds(free) ? denied("perp_margin", need, free) : Optional.empty();
  }

  // ---- what hedges

  /**
   * An unwind gives back what stands alone: the rest is hedged. One order of the least size may
   * give back more, where less stands alone after it than before.
   */
  private static Optional<Denial> unwind(
      OrderIntent intent, Quantity inPerpUnits, RiskContext context) {
    if (intent.purpose() != OrderPurpose.UNWIND) {
      return Optional.empty();
    }
    Exposure exposure = context.exposure();
    boolean ofSpot = intent.instrument().leg() == Leg.SPOT;
    Quantity alone =
        ofSpot
            ? exposure.delta().minus(inPerpUnits(exposure.spot().reducing(), context))
            : exposure.delta().negated().minus(exposure.perp().reducing());
    boolean leavesLess = isLeastOrder(intent) && alone.plus(alone).compareTo(inPerpUnits) > 0;
    return leavesLess
        ? Optional.empty()
        : atMost(inPerpUnits, alone.plus(exposure.tolerance()), "unwind_past_delta");
  }

  /** No lot less of it would be accepted. */
  private static boolean isLeastOrder(OrderIntent intent) {
    Instrument instrument = intent.instrument();
    return !intent
        .price()
        .times(intent.quantity().minus(instrument.lot()))
        .exceeds(instrument.minNotional());
  }

  /** Not past what stands alone, so that no repair ever turns a position around. */
  private static Optional<Denial> hedgeByPerp(OrderIntent intent, RiskContext context) {
    Exposure exposure = context.exposure();
    Quantity unhedged =
        exposure
            .delta()
            .plus(exposure.tolerance())
            .minus(exposure.perp().adding())
            .minus(inPerpUnits(exposure.spot().reducing(), context));
    return atMost(intent.quantity(), unhedged, "hedge_past_delta");
  }

  private static Optional<Denial> hedgeBySpot(OrderIntent intent, RiskContext context) {
    Exposure exposure = context.exposure();
    Quantity coming = exposure.spot().adding().times(context.keptOfSpot());
    Quantity uncovered =
        exposure
            .tolerance()
            .minus(exposure.delta())
            .minus(exposure.perp().reducing())
            .minus(inPerpUnits(coming, context));
    Quantity hedges = inPerpUnits(intent.quantity().times(context.keptOfSpot()), context);
    return atMost(hedges, uncovered, "hedge_past_delta");
  }

  private static Quantity inPerpUnits(Quantity coins, RiskContext context) {
    return new Quantity(
        coins
            .value()
            .multiply(context.limits().hedgeRatio())
            .divide(context.market().multiplier(), MathContext.DECIMAL64));
  }

  private static Optional<Denial> atMost(Quantity size, Quantity limit, String reason) {
    return size.exceeds(limit) ? denied(reason, size, limit) : Optional.empty();
  }

  private static Optional<Denial> denied(String reason, Object value, Object limit) {
    return Optional.of(Denial.ofOrder(reason, value, limit));
  }

  // ---- limits that the entry gates read too

  /** What may still be added to a market under both caps, in USD; never negative. */
  public Usd headroom(MarketId market, Collection<Exposure> all) {
    Usd inMarket = Usd.ZERO;
    Usd inAll = Usd.ZERO;
    for (Exposure exposure : all) {
      inAll = inAll.plus(exposure.worstNotional());
      if (exposure.market().equals(market)) {
        inMarket = exposure.worstNotional();
      }
    }
    Usd ofMarket = settings.perSymbolNotionalCap().minus(inMarket);
    return ofMarket.min(settings.portfolioNotionalCap().minus(inAll)).max(Usd.ZERO);
  }

  /** Whether so many more orders are within the limit of 60 seconds; not for what reduces. */
  public Optional<Denial> rate(Instant now, int more) {
    int used = orders.used(now);
    return used + more > settings.maxReplacesPerMin()
        ? Optional.of(
            Denial.named(
                EntryCheck.RATE_BUDGET, "rate_limited", used, settings.maxReplacesPerMin()))
        : Optional.empty();
  }

  public int ordersLeft(Instant now) {
    return Math.max(0, settings.maxReplacesPerMin() - orders.used(now));
  }

  public ActionQuota.ByVenue quotas() {
    return quotas;
  }

  public RiskSettings settings() {
    return settings;
  }

  /** A risk decision too: it is set before the first entry of a market. */
  public SetLeverage leverage(InstrumentId perp, int leverage, boolean cross) {
    return new SetLeverage(perp, leverage, cross);
  }

  /** Counts what has left beside orders, which count from their approval on. */
  public void sent(List<Command> commands) {
    quotas.countBesideOrders(commands);
  }
}
