package io.twinleg.simulator;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a spot order may be paid with: free quote for a buy, free coins for a sale. An order that
 * rests must be covered whole; one that trades at once is filled as far as the wallet reaches, as
 * the venue does (measured on testnet).
 */
final class SpotBuyingPower {
  private final Order order;
  private final Usd quote;
  private final Quantity coins;

  private SpotBuyingPower(Order order, Usd quote, Quantity coins) {
    this.order = order;
    this.quote = quote;
    this.coins = coins;
  }

  static SpotBuyingPower of(Order order) {
    Account account = order.account();
    AccountOrders own = account.orders();
    Quantity held = account.coins(order.listing().id());
    return new SpotBuyingPower(
        order,
        account.spotQuote().minus(own.heldQuote()),
        held.minus(own.heldCoins(order.listing().id())));
  }

  boolean any() {
    return order.side() == Side.BUY ? quote.signum() > 0 : coins.isPositive();
  }

  boolean coverAll() {
    Quantity quantity = order.terms().quantity();
    return order.side() == Side.BUY
        ? !order.terms().price().times(quantity).exceeds(quote)
        : !quantity.exceeds(coins);
  }

  /** Whole lots of the order that can be paid at the prices at which they would trade. */
  long payableLots() {
    long wanted = order.listing().lots(order.terms().quantity());
    if (coverAll()) {
      return wanted;
    }
    return order.side() == Side.BUY
        ? buyable(wanted)
        : order.listing().lots(order.listing().instrument().floor(coins.max(Quantity.ZERO)));
  }

  /**
   * An account's own offers in the way are cancelled and not bought; then only the limit is a price
   * that is never exceeded.
   */
  private long buyable(long wanted) {
    Side against = order.side().opposite();
    boolean ownInTheWay =
        !order
            .account()
            .orders()
            .resting(other -> other.listing() == order.listing() && other.side() == against)
            .isEmpty();
    return ownInTheWay
        ? Math.min(wanted, affordable(quote, order.terms().price()))
        : alongTheBook(order.listing().book().side(against), wanted);
  }

  private long alongTheBook(BookSide offers, long wanted) {
    long bought = 0;
    Usd left = quote;
    for (BookLevel level : offers.levels()) {
      long lots = Math.min(level.total(), wanted - bought);
      Price price = new Price(level.price());
      long paid = Math.min(lots, affordable(left, price));
      bought += paid;
      left = left.minus(price.times(order.listing().quantity(paid)));
      if (paid < lots || bought == wanted || level.price() > order.limit()) {
        break;
      }
    }
    return bought;
  }

  private long affordable(Usd money, Price price) {
    BigDecimal aLot = price.times(order.listing().instrument().lot()).value();
    return money.max(Usd.ZERO).value().divide(aLot, 0, RoundingMode.DOWN).longValue();
  }
}
