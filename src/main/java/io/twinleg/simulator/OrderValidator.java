package io.twinleg.simulator;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import java.time.Instant;
import java.util.Optional;

/** Why an order is not taken, in the venue's words, in the order in which the venue looks. */
final class OrderValidator {
  private static final Optional<Rejection> FINE = Optional.empty();

  private final Margin margin;

  OrderValidator(Margin margin) {
    this.margin = margin;
  }

  Optional<Rejection> judge(Order order, Instant now) {
    return expiry(order, now)
        .or(() -> status(order))
        .or(() -> numbers(order))
        .or(() -> reduceOnly(order))
        .or(() -> postOnly(order))
        .or(() -> nothingToHit(order))
        .or(() -> emptyWallet(order))
        .or(() -> minNotional(order))
        .or(() -> funds(order));
  }

  private static Optional<Rejection> expiry(Order order, Instant now) {
    boolean late = order.terms().expiresAfter().filter(now::isAfter).isPresent();
    return when(late, RejectReason.EXPIRED, "Order has expired.");
  }

  /** A coin that will be delisted trades on for those who leave it. */
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

  /** Spot knows no positions; the flag says nothing there. */
  private static Optional<Rejection> reduceOnly(Order order) {
    boolean refused =
        order.terms().reduceOnly() && order.listing().isPerp() && reducible(order).isZero();
    return when(refused, RejectReason.REDUCE_ONLY, "Reduce only order would increase position.");
  }

  /** How much of the position the order's side can take away. */
  static Quantity reducible(Order order) {
    Quantity size = order.account().position(order.listing().instrument()).size();
    return size.signum() == -order.side().sign() ? size.abs() : Quantity.ZERO;
  }

  /** Known before anything else is asked: what would not trade is not weighed any further. */
  private static Optional<Rejection> nothingToHit(Order order) {
    boolean hits = order.listing().book().wouldTrade(order.side(), order.limit());
    return when(
        isIoc(order) && !hits,
        RejectReason.IOC_CANCEL,
        "Order could not immediately match against any resting orders.");
  }

  private static boolean isIoc(Order order) {
    return order.terms().timeInForce() == TimeInForce.IOC;
  }

  /**
   * Measured on testnet: an IOC that nothing can pay for is told so before its value is looked at.
   */
  private static Optional<Rejection> emptyWallet(Order order) {
    boolean pays = order.listing().isPerp() || !isIoc(order) || SpotBuyingPower.of(order).any();
    return pays ? FINE : Optional.of(insufficientSpot(order));
  }

  /**
   * Measured: below the minimum a perp order passes when it closes the position entirely, and a
   * spot IOC is valued at the first price that it would trade at.
   */
  private static Optional<Rejection> minNotional(Order order) {
    Request.Place terms = order.terms();
    Usd least = order.account().terms().leastOrder(order.listing().instrument());
    boolean small = valuedAt(order).times(terms.quantity()).isBelow(least);
    return when(
        small && !closesAll(order),
        RejectReason.MIN_NOTIONAL,
        "Order must have minimum value of " + least + " USDC.");
  }

  private static Price valuedAt(Order order) {
    Price limit = order.terms().price();
    return order.listing().isPerp() || !isIoc(order)
        ? limit
        : order.listing().book().best(order.side().opposite()).orElse(limit);
  }

  /** A reduce-only order may name more than there is: it is cut to the position. */
  private static boolean closesAll(Order order) {
    if (!order.listing().isPerp() || reducible(order).isZero()) {
      return false;
    }
    int beyond = order.terms().quantity().compareTo(reducible(order));
    return beyond == 0 || (order.terms().reduceOnly() && beyond > 0);
  }

  private Optional<Rejection> funds(Order order) {
    if (order.listing().isPerp()) {
      boolean carried = order.terms().reduceOnly() || margin.carries(order);
      return when(
          !carried, RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin to place order.");
    }
    SpotBuyingPower funds = SpotBuyingPower.of(order);
    boolean covered = isIoc(order) ? funds.payableLots() > 0 : funds.coverAll();
    return covered ? FINE : Optional.of(insufficientSpot(order));
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

  private static Optional<Rejection> when(boolean refused, RejectReason reason, String text) {
    return refused ? Optional.of(new Rejection(reason, text)) : FINE;
  }
}
