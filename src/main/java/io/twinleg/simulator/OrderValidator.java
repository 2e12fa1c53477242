package io.twinleg.simulator;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.Request.Rejection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;

/** Why an order is rejected: the venue's rules and texts, in the order in which it applies them. */
final class OrderValidator {
  private static final Optional<Rejection> NONE = Optional.empty();

  private final Margin margin;

  OrderValidator(Margin margin) {
    this.margin = margin;
  }

  Optional<Rejection> check(Order order, Instant now) {
    return expiry(order, now)
        .or(() -> status(order))
        .or(() -> numbers(order))
        .or(() -> reduceOnly(order))
        .or(() -> postOnly(order))
        .or(() -> nothingToMatch(order))
        .or(() -> emptyWallet(order))
        .or(() -> minNotional(order))
        .or(() -> funds(order));
  }

  private static Optional<Rejection> expiry(Order order, Instant now) {
    boolean late = order.terms().expiresAfter().filter(now::isAfter).isPresent();
    return when(late, RejectReason.EXPIRED, "Order has expired.");
  }

  /** A coin that is to be delisted still takes orders that reduce. */
  private static Optional<Rejection> status(Order order) {
    ListedInstrument listing = order.listing();
    if (listing.isHalted()) {
      return Optional.of(new Rejection(RejectReason.HALTED, "Trading is halted."));
    }
    boolean leaves = listing.isPerp() ? order.terms().reduceOnly() : order.side() == Side.SELL;
    return when(listing.isDelisted() && !leaves, RejectReason.DELISTED, "Asset is being delisted.");
  }

  private static Optional<Rejection> numbers(Order order) {
    Request.Place terms = order.terms();
    ListedInstrument listing = order.listing();
    if (!terms.quantity().isPositive() || !listing.instrument().isLegal(terms.quantity())) {
      return Optional.of(new Rejection(RejectReason.OTHER, "Order has invalid size."));
    }
    return when(
        !listing.instrument().prices().isLegal(terms.price()),
        RejectReason.TICK,
        "Price must be divisible by tick size.");
  }

  /** Spot has no positions; the flag has no meaning there. */
  private static Optional<Rejection> reduceOnly(Order order) {
    boolean increases =
        order.terms().reduceOnly() && order.listing().isPerp() && reducible(order).isZero();
    return when(increases, RejectReason.REDUCE_ONLY, "Reduce only order would increase position.");
  }

  /** What a spot IOC is cut to: the whole lots that its account can pay. */
  static long payableLots(Order order) {
    return SpotBuyingPower.of(order).payableLots();
  }

  /** How much of the position an order of this side can close. */
  static Quantity reducible(Order order) {
    Quantity size = order.account().position(order.listing().instrument()).size();
    return size.signum() == -order.side().sign() ? size.abs() : Quantity.ZERO;
  }

  /** Before the value and the funds: an IOC that would not trade has no price to value it at. */
  private static Optional<Rejection> nothingToMatch(Order order) {
    boolean trades = order.listing().book().wouldTrade(order.side(), order.limit());
    return when(
        isIoc(order) && !trades,
        RejectReason.IOC_CANCEL,
        "Order could not immediately match against any resting orders.");
  }

  private static boolean isIoc(Order order) {
    return order.terms().timeInForce() == TimeInForce.IOC;
  }

  /**
   * Measured on testnet: an IOC without any funds is rejected for that before its value is checked.
   */
  private static Optional<Rejection> emptyWallet(Order order) {
    boolean pays = order.listing().isPerp() || !isIoc(order) || SpotBuyingPower.of(order).any();
    return pays ? NONE : Optional.of(insufficientSpot(order));
  }

  /**
   * Measured: below the minimum a perp order passes when it closes the position entirely, and a
   * spot IOC is valued at the first price that it would trade at.
   */
  private static Optional<Rejection> minNotional(Order order) {
    Request.Place terms = order.terms();
    Usd minNotional = order.account().minNotional(order.listing().instrument());
    boolean small = valuedAt(order).times(terms.quantity()).isBelow(minNotional);
    return when(
        small && !closesAll(order),
        RejectReason.MIN_NOTIONAL,
        "Order must have minimum value of " + minNotional + " USDC.");
  }

  private static Price valuedAt(Order order) {
    Price limit = order.terms().price();
    return order.listing().isPerp() || !isIoc(order)
        ? limit
        : order.listing().book().best(order.side().opposite()).orElse(limit);
  }

  /** A reduce-only order may exceed the position: it is cut to it. */
  private static boolean closesAll(Order order) {
    if (!order.listing().isPerp() || reducible(order).isZero()) {
      return false;
    }
    int excess = order.terms().quantity().compareTo(reducible(order));
    return excess == 0 || (order.terms().reduceOnly() && excess > 0);
  }

  private Optional<Rejection> funds(Order order) {
    if (order.listing().isPerp()) {
      boolean covered = order.terms().reduceOnly() || margin.covers(order);
      return when(
          !covered, RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin to place order.");
    }
    SpotBuyingPower funds = SpotBuyingPower.of(order);
    boolean covered = isIoc(order) ? funds.payableLots() > 0 : funds.coverAll();
    return covered ? NONE : Optional.of(insufficientSpot(order));
  }

  private static Rejection insufficientSpot(Order order) {
    return new Rejection(
        RejectReason.INSUFFICIENT_SPOT_BALANCE,
        "Insufficient spot balance asset=" + order.listing().instrument().assetId());
  }

  private static Optional<Rejection> postOnly(Order order) {
    OrderBook book = order.listing().book();
    boolean crosses =
        order.terms().timeInForce() == TimeInForce.ALO
            && book.wouldTrade(order.side(), order.limit());
    return when(
        crosses,
        RejectReason.BAD_ALO_PRICE,
        "Post only order would have immediately matched, bbo was %s@%s."
            .formatted(text(book.best(Side.BUY)), text(book.best(Side.SELL))));
  }

  private static String text(Optional<Price> price) {
    return price.map(Price::toString).orElse("none");
  }

  private static Optional<Rejection> when(boolean rejected, RejectReason reason, String text) {
    return rejected ? Optional.of(new Rejection(reason, text)) : NONE;
  }

  /**
   * What a spot order may be paid with: free quote for a buy, free coins for a sale. An order that
   * rests must be covered whole; one that trades at once is filled as far as the wallet reaches, as
   * the venue does (measured on testnet).
   */
  private static final class SpotBuyingPower {
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
      Account.Orders own = account.orders();
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
     * An account's own offers in the way are cancelled and not bought; then the limit is the only
     * price that is certain not to be exceeded.
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
          : buyableAlongTheBook(order.listing().book().side(against), wanted);
    }

    private long buyableAlongTheBook(OrderBook.BookSide offers, long wanted) {
      long bought = 0;
      Usd left = quote;
      for (OrderBook.BookLevel level : offers.levels()) {
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
}
