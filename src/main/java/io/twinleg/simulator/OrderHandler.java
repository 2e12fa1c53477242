package io.twinleg.simulator;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.TimeInForce;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Executes what accounts ask about orders. Returns the answers; fills and closes are told by the
 * wire.
 */
final class OrderHandler {
  private final Listings listings;
  private final OrderValidator rules;
  private final MatchingEngine matching;
  private final NetworkModel wire;
  private final InstantSource clock;
  private long lastOrderId;

  OrderHandler(
      Listings listings,
      OrderValidator rules,
      MatchingEngine matching,
      NetworkModel wire,
      InstantSource clock) {
    this.listings = listings;
    this.rules = rules;
    this.matching = matching;
    this.wire = wire;
    this.clock = clock;
  }

  /** A name that was burnt is as if it had never been sent: whoever burnt it counts on that. */
  List<ExecutionReport> place(Account account, Request.Place terms) {
    AccountOrders orders = account.orders();
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

  private List<ExecutionReport> place(Order order) {
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
    ListedInstrument listing = order.listing();
    Request.Place terms = order.terms();
    if (!listing.isPerp() && terms.timeInForce() == TimeInForce.IOC) {
      return SpotBuyingPower.of(order).payableLots();
    }
    boolean clamped = terms.reduceOnly() && listing.isPerp();
    return listing.lots(
        clamped ? terms.quantity().min(OrderValidator.reducible(order)) : terms.quantity());
  }

  private List<ExecutionReport> afterMatching(Order order) {
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

  private List<ExecutionReport> rest(Order order) {
    order.listing().book().rest(order);
    order.account().orders().rest(order);
    order.account().touch();
    return List.of(new ExecutionReport.Accepted(order.name(), order.id()));
  }

  private static List<ExecutionReport> reject(Order order, Rejection why) {
    order.end(new Order.Status.Rejected(why));
    return List.of(rejected(order.terms(), why.reason(), why.text()));
  }

  private static ExecutionReport rejected(Request.Place terms, RejectReason reason, String text) {
    return new ExecutionReport.Rejected(terms.order(), reason, text);
  }

  List<ExecutionReport> cancel(Account account, Request.Cancel request) {
    Optional<Order> resting =
        account
            .orders()
            .find(request.order())
            .filter(order -> order.status() instanceof Order.Status.Working);
    resting.ifPresent(order -> matching.cancel(order, "canceled"));
    return resting.isPresent() ? List.of() : List.of(nothingToCancel(request));
  }

  private static ExecutionReport nothingToCancel(Request.Cancel request) {
    return new ExecutionReport.CancelRejected(
        request.order(),
        RejectReason.MISSING_ORDER,
        "Order was never placed, already canceled, or filled.");
  }

  /** Everything there is to know of the order, from its beginning: the reader skips what he has. */
  List<ExecutionReport> query(Account account, ClientOrderId name) {
    return account
        .orders()
        .find(name)
        .map(OrderHandler::story)
        .orElseGet(() -> List.of(new ExecutionReport.NotFound(name)));
  }

  private static List<ExecutionReport> story(Order order) {
    List<ExecutionReport> story = new ArrayList<>();
    switch (order.status()) {
      case Order.Status.Working working -> {
        story.add(new ExecutionReport.Accepted(order.name(), order.id()));
        order.fills().forEach(fill -> story.add(new ExecutionReport.Filled(fill)));
      }
      case Order.Status.Closed closed -> {
        order.fills().forEach(fill -> story.add(new ExecutionReport.Filled(fill)));
        story.add(order.closing(closed.reason()));
      }
      case Order.Status.Rejected rejected ->
          story.add(rejected(order.terms(), rejected.why().reason(), rejected.why().text()));
    }
    return story;
  }

  List<ExecutionReport> burn(Account account, ClientOrderId name) {
    return List.of(new ExecutionReport.NonceBurnt(name, account.orders().burn(name)));
  }

  /**
   * An order of the exchange itself against an account's position, without a name and without a
   * limit.
   */
  Order forced(Account account, ListedInstrument perp, Quantity quantity, FillOrigin cause) {
    Quantity size = account.position(perp.instrument()).size();
    Order order = Order.toReduce(++lastOrderId, account, perp, size, quantity, cause);
    order.setLots(perp.lots(quantity.min(size.abs())));
    return order;
  }
}
