package io.twinleg.simulator;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.AccountState.OpenOrder;
import io.twinleg.core.model.AccountState.PerpPosition;
import io.twinleg.core.model.AccountState.SpotBalance;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Equity and margin of the perp wallet, and the account's state as its owner sees it. Initial
 * margin is that of the largest position that resting orders could make, at the mark: notional /
 * leverage. Maintenance margin is notional / (2 × the coin's maximum leverage). Cross margin only:
 * one equity covers all positions.
 */
final class Margin {
  /** Required margin is rounded up at 10^-8 of quote: never less than the formula. */
  private static final int DECIMALS = 8;

  /** A tenth of the notional must stay in the wallet. */
  private static final int NOTIONAL_PER_RESERVE = 10;

  private final ExchangeState state;

  Margin(ExchangeState state) {
    this.state = state;
  }

  Usd equity(Account account) {
    Usd equity = account.perpQuote();
    for (Map.Entry<InstrumentId, Position> held : account.positions().entrySet()) {
      equity = equity.plus(held.getValue().unrealised(mark(held.getKey())));
    }
    return equity;
  }

  Usd initial(Account account) {
    Usd sum = Usd.ZERO;
    for (Map.Entry<InstrumentId, Position> held : account.positions().entrySet()) {
      Quantity largest = largest(account, held.getKey(), Quantity.ZERO);
      sum = sum.plus(initial(held.getValue(), largest, mark(held.getKey())));
    }
    return sum;
  }

  Usd maintenance(Account account) {
    Usd sum = Usd.ZERO;
    for (Map.Entry<InstrumentId, Position> held : account.positions().entrySet()) {
      int maxLeverage = state.listing(held.getKey()).instrument().maxLeverage();
      Usd notional = held.getValue().notional(mark(held.getKey()));
      sum = sum.plus(divide(notional, 2 * maxLeverage));
    }
    return sum;
  }

  /** Collateral that may open positions or leave the wallet; never negative. */
  Usd free(Account account) {
    return equity(account).minus(initial(account)).max(Usd.ZERO);
  }

  /**
   * Collateral that may leave the wallet: what stays must cover the initial margin, and a tenth of
   * the notional of all positions.
   */
  Usd transferable(Account account) {
    Usd notional = Usd.ZERO;
    for (Map.Entry<InstrumentId, Position> held : account.positions().entrySet()) {
      notional = notional.plus(held.getValue().notional(mark(held.getKey())));
    }
    Usd reserve = initial(account).max(divide(notional, NOTIONAL_PER_RESERVE));
    return equity(account).minus(reserve).max(Usd.ZERO);
  }

  /**
   * Whether the account has the margin for the order. One that does not enlarge the largest
   * possible position always has: an account that is short of margin must be able to reduce.
   */
  boolean covers(Order order) {
    Account account = order.account();
    InstrumentId perp = order.listing().id();
    Position position = account.position(order.listing().instrument());
    Quantity signed = signed(order.terms().quantity(), order.side());
    Quantity before = largest(account, perp, Quantity.ZERO);
    Quantity after = largest(account, perp, signed);
    if (!after.exceeds(before)) {
      return true;
    }
    Optional<Price> mark = mark(perp).or(() -> Optional.of(order.terms().price()));
    Usd more = initial(position, after, mark).minus(initial(position, before, mark));
    return !initial(account).plus(more).exceeds(equity(account));
  }

  /** The largest position that the resting orders, and {@code added}, could make. */
  private Quantity largest(Account account, InstrumentId perp, Quantity added) {
    Quantity size =
        Optional.ofNullable(account.positions().get(perp))
            .map(Position::size)
            .orElse(Quantity.ZERO);
    Quantity bought = account.orders().adding(perp, Side.BUY).plus(added.max(Quantity.ZERO));
    Quantity sold = account.orders().adding(perp, Side.SELL).minus(added.min(Quantity.ZERO));
    return size.abs().max(size.plus(bought).abs()).max(size.minus(sold).abs());
  }

  private static Usd initial(Position position, Quantity size, Optional<Price> mark) {
    return mark.map(price -> divide(price.times(size), position.leverage()))
        .orElse(divide(position.entry(), position.leverage()));
  }

  Optional<Price> mark(InstrumentId perp) {
    return state.listing(perp).mark();
  }

  private static Quantity signed(Quantity quantity, Side side) {
    return side == Side.BUY ? quantity : quantity.negated();
  }

  private static Usd divide(Usd amount, int by) {
    return new Usd(amount.value().divide(BigDecimal.valueOf(by), DECIMALS, RoundingMode.CEILING));
  }

  // ---- the account's state

  /** The account as its owner sees it. */
  AccountState accountState(Account account) {
    Usd freeForSpot = account.spotQuote().minus(account.orders().heldQuote());
    return new AccountState(
        false,
        freeForSpot,
        free(account),
        equity(account),
        maintenance(account),
        account.spotQuote(),
        balances(account),
        positions(account),
        account.orders().resting().stream().map(Margin::openOrder).toList());
  }

  private static List<SpotBalance> balances(Account account) {
    return account.coins().entrySet().stream()
        .filter(coin -> !coin.getValue().isZero())
        .map(coin ->
            new SpotBalance(
                coin.getKey(), coin.getValue(), account.orders().heldCoins(coin.getKey())))
        .toList();
  }

  /** A flat position is none, whatever the leverage of its coin. */
  private List<PerpPosition> positions(Account account) {
    return account.positions().entrySet().stream()
        .filter(held -> !held.getValue().isFlat())
        .map(held -> position(held.getKey(), held.getValue()))
        .toList();
  }

  private PerpPosition position(InstrumentId perp, Position held) {
    return new PerpPosition(perp, held.size(), held.entry(), held.leverage(), mark(perp));
  }

  private static OpenOrder openOrder(Order order) {
    return new OpenOrder(
        order.clientId(),
        order.listing().id(),
        order.side(),
        order.terms().price(),
        order.remaining());
  }
}
