package io.hypercarry.exchange;

import io.hypercarry.core.model.ClientOrderId;
import io.hypercarry.core.model.FillCause;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.RejectReason;
import io.hypercarry.core.model.TimeInForce;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Executes what accounts ask about orders. Returns the answers; fills and closes are told by the
 * wire.
 */
final class OrderDesk {
  private final Listings listings;
  private final OrderRules rules;
  private final Matching matching;
  private final Wire wire;
  private final InstantSource clock;
  private long lastOrderId;

  OrderDesk(
      Listings listings, OrderRules rules, Matching matching, Wire wire, InstantSource clock) {
    this.listings = listings;
    this.rules = rules;
    this.matching = matching;
    this.wire = wire;
    this.clock = clock;
  }

  /** A name that was burnt is as if it had never been sent: whoever burnt it counts on that. */
  List<Report> place(Account account, Request.Place terms) {
    OwnOrders orders = account.orders();
    if (terms.order().filter(orders::isBurnt).isPresent()) {
      return List.of();
    }
    if (terms.order().filter(orders::isKnown).isPresent()) {
      return List.of(rejected(terms, RejectReason.OTHER, "Duplicate client order id."));
    }
    return listings
        .find(terms.instrument())
        .map(listing -> place(new Order(++lastOrderId, account, listing, terms)))
        .orElseGet(() -> List.of(rejected(terms, RejectReason.OTHER, "Unknown asset.")));
  }

  private List<Report> place(Order order) {
    order.account().orders().remember(order);
    Optional<Rejection> objection =
        wire.verdict(order.account().id(), order.terms())
            .or(() -> rules.judge(order, clock.instant()));
    if (objection.isPresent()) {
      return reject(order, objection.get());
    }
    order.setLots(allowed(order));
    matching.take(order.listing(), order.side(), order.limit(), order);
    return afterMatching(order);
  }

  /** A reduce-only order is cut to the position, a spot IOC to what the wallet can pay. */
  private static long allowed(Order order) {
    Listing listing = order.listing();
    Request.Place terms = order.terms();
    if (!listing.isPerp() && terms.timeInForce() == TimeInForce.IOC) {
      return SpotFunds.of(order).payableLots();
    }
    boolean clamped = terms.reduceOnly() && listing.isPerp();
    return listing.lots(
        clamped ? terms.quantity().min(OrderRules.reducible(order)) : terms.quantity());
  }

  private List<Report> afterMatching(Order order) {
    if (order.lots() == 0 && !isCut(order)) {
      matching.end(order, "filled");
      return List.of();
    }
    if (order.terms().timeInForce() != TimeInForce.IOC) {
      return rest(order);
    }
    if (order.fills().isEmpty()) {
      return reject(
          order,
          new Rejection(
              RejectReason.IOC_CANCEL,
              "Order could not immediately match against any resting orders."));
    }
    matching.end(order, "iocCancel");
    return List.of();
  }

  /** Filled as far as the wallet reached, and no further. */
  private static boolean isCut(Order order) {
    return !order.listing().isPerp() && order.terms().quantity().exceeds(order.filled());
  }

  private List<Report> rest(Order order) {
    order.listing().book().rest(order);
    order.account().orders().rest(order);
    order.account().touch();
    return List.of(new Report.Accepted(order.name(), order.id()));
  }

  private static List<Report> reject(Order order, Rejection why) {
    order.end(new Order.Status.Rejected(why));
    return List.of(rejected(order.terms(), why.reason(), why.text()));
  }

  private static Report rejected(Request.Place terms, RejectReason reason, String text) {
    return new Report.Rejected(terms.order(), reason, text);
  }

  List<Report> cancel(Account account, Request.Cancel request) {
    Optional<Order> resting =
        account
            .orders()
            .find(request.order())
            .filter(order -> order.status() instanceof Order.Status.Working);
    resting.ifPresent(order -> matching.cancel(order, "canceled"));
    return resting.isPresent() ? List.of() : List.of(nothingToCancel(request));
  }

  private static Report nothingToCancel(Request.Cancel request) {
    return new Report.CancelRejected(
        request.order(),
        RejectReason.MISSING_ORDER,
        "Order was never placed, already canceled, or filled.");
  }

  /** Everything there is to know of the order, from its beginning: the reader skips what he has. */
  List<Report> query(Account account, ClientOrderId name) {
    return account
        .orders()
        .find(name)
        .map(OrderDesk::story)
        .orElseGet(() -> List.of(new Report.NotFound(name)));
  }

  private static List<Report> story(Order order) {
    List<Report> story = new ArrayList<>();
    switch (order.status()) {
      case Order.Status.Working working -> {
        story.add(new Report.Accepted(order.name(), order.id()));
        order.fills().forEach(fill -> story.add(new Report.Filled(fill)));
      }
      case Order.Status.Closed closed -> {
        order.fills().forEach(fill -> story.add(new Report.Filled(fill)));
        story.add(order.closing(closed.reason()));
      }
      case Order.Status.Rejected rejected ->
          story.add(rejected(order.terms(), rejected.why().reason(), rejected.why().text()));
    }
    return story;
  }

  List<Report> burn(Account account, ClientOrderId name) {
    return List.of(new Report.NonceBurnt(name, account.orders().burn(name)));
  }

  /**
   * An order of the exchange itself against an account's position, without a name and without a
   * limit.
   */
  Order forced(Account account, Listing perp, Quantity quantity, FillCause cause) {
    Quantity size = account.position(perp.instrument()).size();
    Order order = Order.toReduce(++lastOrderId, account, perp, size, quantity, cause);
    order.setLots(perp.lots(quantity.min(size.abs())));
    return order;
  }
}
