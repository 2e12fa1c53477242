package io.twinleg.simulator;

import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/**
 * What the perp wallet is worth and what of it is bound. Initial margin is asked for the largest
 * position that resting orders could make, at the mark: notional / leverage. Maintenance margin is
 * notional / (2 × the coin's greatest leverage). Cross only: the account stands or falls as a
 * whole.
 */
final class Margin {
  /**
   * Margin asked for is rounded up, at a hundred-millionth of quote: never less than the formula.
   */
  private static final int DECIMALS = 8;

  /** One in ten. */
  private static final int LEAST_SHARE_THAT_STAYS = 10;

  private final Listings listings;

  Margin(Listings listings) {
    this.listings = listings;
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
      Quantity worst = worst(account, held.getKey(), Quantity.ZERO);
      sum = sum.plus(initial(held.getValue(), worst, mark(held.getKey())));
    }
    return sum;
  }

  Usd maintenance(Account account) {
    Usd sum = Usd.ZERO;
    for (Map.Entry<InstrumentId, Position> held : account.positions().entrySet()) {
      int greatest = listings.get(held.getKey()).instrument().maxLeverage();
      Usd notional = held.getValue().notional(mark(held.getKey()));
      sum = sum.plus(divide(notional, 2 * greatest));
    }
    return sum;
  }

  /** Collateral that may open positions or leave the wallet; never negative. */
  Usd free(Account account) {
    return equity(account).minus(initial(account)).max(Usd.ZERO);
  }

  /**
   * Collateral that may leave the wallet: what stays must be worth the initial margin, and a tenth
   * of all that is held.
   */
  Usd transferable(Account account) {
    Usd held = Usd.ZERO;
    for (Map.Entry<InstrumentId, Position> each : account.positions().entrySet()) {
      held = held.plus(each.getValue().notional(mark(each.getKey())));
    }
    Usd stays = initial(account).max(divide(held, LEAST_SHARE_THAT_STAYS));
    return equity(account).minus(stays).max(Usd.ZERO);
  }

  /**
   * Whether the account can carry the order. One that does not make the worst case worse always
   * passes: an account that is short of margin must be able to reduce.
   */
  boolean carries(Order order) {
    Account account = order.account();
    InstrumentId perp = order.listing().id();
    Position position = account.position(order.listing().instrument());
    Quantity signed = signed(order.terms().quantity(), order.side());
    Quantity before = worst(account, perp, Quantity.ZERO);
    Quantity after = worst(account, perp, signed);
    if (!after.exceeds(before)) {
      return true;
    }
    Optional<Price> mark = mark(perp).or(() -> Optional.of(order.terms().price()));
    Usd more = initial(position, after, mark).minus(initial(position, before, mark));
    return !initial(account).plus(more).exceeds(equity(account));
  }

  private Quantity worst(Account account, InstrumentId perp, Quantity more) {
    Quantity size =
        Optional.ofNullable(account.positions().get(perp))
            .map(Position::size)
            .orElse(Quantity.ZERO);
    Quantity bought = account.orders().adding(perp, Side.BUY).plus(more.max(Quantity.ZERO));
    Quantity sold = account.orders().adding(perp, Side.SELL).minus(more.min(Quantity.ZERO));
    return size.abs().max(size.plus(bought).abs()).max(size.minus(sold).abs());
  }

  private static Usd initial(Position position, Quantity size, Optional<Price> mark) {
    return mark.map(price -> divide(price.times(size), position.leverage()))
        .orElse(divide(position.entry(), position.leverage()));
  }

  Optional<Price> mark(InstrumentId perp) {
    return listings.get(perp).mark();
  }

  private static Quantity signed(Quantity quantity, Side side) {
    return side == Side.BUY ? quantity : quantity.negated();
  }

  private static Usd divide(Usd amount, int by) {
    return new Usd(amount.value().divide(BigDecimal.valueOf(by), DECIMALS, RoundingMode.CEILING));
  }
}
