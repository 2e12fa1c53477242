package io.twinleg.venue.hyperliquid.account;

import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.AccountState.OpenOrder;
import io.twinleg.core.model.AccountState.PerpPosition;
import io.twinleg.core.model.AccountState.SpotBalance;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.hyperliquid.order.HyperliquidInstrumentMap;
import io.twinleg.venue.hyperliquid.order.HyperliquidLegAdapter;
import io.twinleg.venue.hyperliquid.order.HyperliquidLegAdapter.HyperliquidSpotAdapter;
import io.twinleg.venue.hyperliquid.order.OrderCache;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.account.HyperliquidSpotAccount;
import io.twinleg.wire.hyperliquid.account.PerpAccount;
import io.twinleg.wire.hyperliquid.account.RestingOrders;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The three states that describe the account, read according to its mode (specification 2.11). In
 * the classic mode each wallet's state holds; in the others the spot state is the truth, and the
 * perp state does not describe the collateral: often it shows zero. Pure.
 */
record AccountStates(PerpAccount perp, HyperliquidSpotAccount spot, RestingOrders orders) {
  static final long QUOTE_TOKEN = 0;
  static final String QUOTE_NAME = "USDC";

  private static final InstrumentId OTHERS = InstrumentId.perp(new MarketId("other positions"));

  /**
   * @throws MalformedMessage where the numbers are none that an account can have
   */
  AccountState view(AccountMode mode, HyperliquidInstrumentMap legs) {
    try {
      return mode == AccountMode.CLASSIC ? classic(legs) : pooled(mode, legs);
    } catch (IllegalArgumentException | ArithmeticException impossible) {
      throw MalformedMessage.schema("no account: " + impossible.getMessage());
    }
  }

  private AccountState classic(HyperliquidInstrumentMap legs) {
    requireCollateral();
    return new AccountState(
        false,
        notNegative(quote(HyperliquidSpotAccount.Balance::free)),
        notNegative(new Usd(perp.withdrawable())),
        new Usd(perp.crossMargin().accountValue().add(sumOfIsolated())),
        new Usd(perp.crossMaintenanceMargin()),
        quote(HyperliquidSpotAccount.Balance::total),
        balances(legs),
        positions(legs),
        openOrders(legs));
  }

  /**
   * A short with nothing behind it was liquidated long ago. An account that was switched to another
   * mode shows one: its collateral is in the spot state by then.
   */
  private void requireCollateral() {
    boolean isHeld =
        perp.positions().stream()
            .anyMatch(position -> position.leverage().isCross() && position.size().signum() != 0);
    if (isHeld && perp.crossMargin().accountValue().signum() <= 0) {
      throw MalformedMessage.schema(
          "accountValue is %s beside a position: the account's mode may have changed"
              .formatted(perp.crossMargin().accountValue()));
    }
  }

  /** What backs our own isolated positions; that of others backs nothing of ours. */
  private BigDecimal sumOfIsolated() {
    return sum(
        perp.positions().stream().filter(position -> !position.leverage().isCross()).toList(),
        PerpAccount.Position::marginUsed);
  }

  /**
   * What is held contains the margin of positions. An unrealised loss is subtracted, an unrealised
   * gain is not added: whether the pool's total contains either is not established.
   */
  private AccountState pooled(AccountMode mode, HyperliquidInstrumentMap legs) {
    Usd loss =
        new Usd(sum(perp.positions(), PerpAccount.Position::unrealizedPnl).min(BigDecimal.ZERO));
    Usd total = quote(balance -> own(mode, balance));
    Usd free =
        notNegative(quote(balance -> own(mode, balance).subtract(held(mode, balance))).plus(loss));
    return new AccountState(
        true,
        free,
        free,
        total.plus(loss),
        new Usd(perp.crossMaintenanceMargin()),
        total,
        balances(legs),
        positions(legs),
        openOrders(legs));
  }

  /** Borrowed money is not ours. */
  private static BigDecimal own(AccountMode mode, HyperliquidSpotAccount.Balance balance) {
    return mode == AccountMode.PORTFOLIO_MARGIN
        ? balance.total().subtract(balance.borrowedOrZero())
        : balance.total();
  }

  /**
   * With portfolio margin, {@code hold} is less what could be borrowed. Where the real reserve is
   * not stated, the margin is taken off beside it.
   */
  private BigDecimal held(AccountMode mode, HyperliquidSpotAccount.Balance balance) {
    return mode == AccountMode.PORTFOLIO_MARGIN
        ? balance
            .reserve()
            .orElseGet(
                () -> balance.hold().max(BigDecimal.ZERO).add(perp.crossMargin().marginUsed()))
        : balance.hold();
  }

  private static Usd notNegative(Usd amount) {
    return amount.max(Usd.ZERO);
  }

  /** An account without a row for the quote has none of it. */
  private Usd quote(Function<HyperliquidSpotAccount.Balance, BigDecimal> amount) {
    return new Usd(spot.ofToken(QUOTE_TOKEN).map(amount).orElse(BigDecimal.ZERO));
  }

  private List<SpotBalance> balances(HyperliquidInstrumentMap legs) {
    List<SpotBalance> balances = new ArrayList<>();
    for (HyperliquidLegAdapter leg : legs.all()) {
      if (leg instanceof HyperliquidSpotAdapter pair) {
        spot.ofToken(pair.baseToken())
            .ifPresent(balance ->
                balances.add(
                    new SpotBalance(
                        pair.instrument().id(),
                        new Quantity(balance.total()),
                        new Quantity(balance.hold()))));
      }
    }
    return balances;
  }

  private List<PerpPosition> positions(HyperliquidInstrumentMap legs) {
    List<PerpPosition> positions = new ArrayList<>();
    for (PerpAccount.Position position : perp.positions()) {
      legs.ofCoin(position.coin())
          .filter(leg -> leg.instrument().leg() == Leg.PERP)
          .ifPresent(leg -> positions.add(position(leg, position)));
    }
    others().ifPresent(positions::add);
    return positions;
  }

  /**
   * All cross positions in other coins as one, as they share the collateral: its notional and
   * margin, of which no book is kept. Below a dollar it is rounding.
   */
  private Optional<PerpPosition> others() {
    List<PerpAccount.Position> own =
        perp.positions().stream().filter(position -> position.leverage().isCross()).toList();
    BigDecimal notional =
        perp.crossMargin().notional().subtract(sum(own, PerpAccount.Position::value));
    BigDecimal margin =
        perp.crossMargin().marginUsed().subtract(sum(own, PerpAccount.Position::marginUsed));
    if (notional.compareTo(BigDecimal.ONE) < 0) {
      return Optional.empty();
    }
    int leverage =
        margin.signum() > 0
            ? notional.divide(margin, 0, RoundingMode.FLOOR).max(BigDecimal.ONE).intValue()
            : 1;
    return Optional.of(
        new PerpPosition(
            OTHERS,
            Quantity.of("1"),
            new Usd(notional),
            leverage,
            Optional.of(Price.reference(notional))));
  }

  private static BigDecimal sum(
      List<PerpAccount.Position> positions, Function<PerpAccount.Position, BigDecimal> amount) {
    return positions.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static PerpPosition position(HyperliquidLegAdapter leg, PerpAccount.Position position) {
    BigDecimal size = position.size();
    BigDecimal entry = position.entryPrice().orElse(BigDecimal.ZERO);
    return new PerpPosition(
        leg.instrument().id(),
        new Quantity(size),
        new Usd(size.abs().multiply(entry)),
        position.leverage().value(),
        mark(size.abs(), position.value()));
  }

  /** The mark price implied by the position value; an empty position has none. */
  private static Optional<Price> mark(BigDecimal size, BigDecimal value) {
    return size.signum() == 0 || value.signum() == 0
        ? Optional.empty()
        : Optional.of(Price.reference(value.divide(size, MathContext.DECIMAL64)));
  }

  /** An order without a limit is a stop that waits: it is not in the book. */
  private List<OpenOrder> openOrders(HyperliquidInstrumentMap legs) {
    List<OpenOrder> open = new ArrayList<>();
    for (io.twinleg.wire.hyperliquid.account.OpenOrder order : orders.orders()) {
      legs.ofCoin(order.coin())
          .filter(leg -> order.limitPrice().signum() > 0)
          .ifPresent(leg ->
              open.add(
                  new OpenOrder(
                      order.cloid().flatMap(OrderCache::id),
                      leg.instrument().id(),
                      order.isBuy() ? Side.BUY : Side.SELL,
                      Price.reference(order.limitPrice()),
                      new Quantity(order.size()))));
    }
    return open;
  }

  /** Whether balances and positions are those of another reading, whatever the prices. */
  boolean holdsAs(AccountStates other) {
    return amounts().equals(other.amounts());
  }

  private List<BigDecimal> amounts() {
    List<BigDecimal> amounts = new ArrayList<>();
    spot.balances().stream()
        .filter(balance -> balance.token().filter(token -> token != QUOTE_TOKEN).isPresent())
        .forEach(balance -> {
          amounts.add(balance.total().stripTrailingZeros());
          amounts.add(balance.hold().stripTrailingZeros());
        });
    spot.ofToken(QUOTE_TOKEN).ifPresent(quote -> amounts.add(quote.total().stripTrailingZeros()));
    perp.positions().forEach(position -> amounts.add(position.size().stripTrailingZeros()));
    return amounts;
  }
}
