package io.twinleg.simulator;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.simulator.Request.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Executes requests one after the other; those about orders itself. Returns the answers; fills and
 * closes are reported on the stream.
 */
final class RequestHandler {
  private final transient ExchangeState state;
  private final transient OrderValidator validator;
  private final MatchingEngine matching;
  private final transient Margin margin;
  private final transient CollateralHandler collateral;
  private final transient NetworkModel network;
  private long lastOrderId;

  RequestHandler(
      ExchangeState state,
      MatchingEngine matching,
      Margin margin,
      CollateralHandler collateral,
      NetworkModel network) {
    this.state = state;
    this.matching = matching;
    this.margin = margin;
    this.collateral = collateral;
    this.network = network;
    validator = new OrderValidator(margin);
  }

  void executeAll(Account account, List<Request> requests) {
    for (Request request : requests) {
      execute(account, request).forEach(answer -> network.answer(account, request, answer));
    }
  }

  List<ExecutionReport> execute(Account account, Request request) {
    return switch (request) {
      case Request.Place place -> place(account, place);
      case Request.Cancel cancel -> cancel(account, cancel);
      case Request.SetLeverage leverage -> List.of(collateral.setLeverage(account, leverage));
      case Request.QueryOrder query -> query(account, query.order());
      case Request.InvalidateNonce invalidate -> invalidateNonce(account, invalidate.order());
      case Request.TransferCollateral transfer -> collateral.transfer(account, transfer);
      case Request.ConfirmTransfer confirm -> collateral.confirm(account, confirm);
      case Request.QueryAccount query ->
          List.of(new ExecutionReport.AccountReported(margin.accountState(account)));
    };
  }

  void numberAfter(long order) {
    lastOrderId = Math.max(lastOrderId, order);
  }

  // ---- placing

  /** An order whose nonce was invalidated has no answer, as if it had never arrived. */
  private List<ExecutionReport> place(Account account, Request.Place terms) {
    Account.Orders orders = account.orders();
    if (terms.order().filter(orders::isInvalidated).isPresent()) {
      return List.of();
    }
    if (terms.order().filter(orders::isKnown).isPresent()) {
      return List.of(rejected(terms, RejectReason.OTHER, "Duplicate client order id."));
    }
    return state
        .findListing(terms.instrument())
        .map(listing -> place(new Order(++lastOrderId, account, listing, terms)))
        .orElseGet(() -> List.of(rejected(terms, RejectReason.OTHER, "Unknown asset.")));
  }

  private List<ExecutionReport> place(Order order) {
    order.account().orders().register(order);
    Optional<Rejection> rejection =
        network
            .rejection(order.account().id(), order.terms())
            .or(() -> validator.check(order, state.now()));
    if (rejection.isPresent()) {
      return reject(order, rejection.get());
    }
    order.setLots(allowed(order));
    matching.match(order.listing(), order.side(), order.limit(), order);
    return afterMatching(order);
  }

  /** A reduce-only order is cut to the position, a spot IOC to what the wallet can pay. */
  private static long allowed(Order order) {
    ListedInstrument listing = order.listing();
    Request.Place terms = order.terms();
    if (!listing.isPerp() && terms.timeInForce() == TimeInForce.IOC) {
      return OrderValidator.payableLots(order);
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

  /** Filled as far as the wallet could pay, which is less than its size. */
  private static boolean isCut(Order order) {
    return !order.listing().isPerp() && order.terms().quantity().exceeds(order.filled());
  }

  private static List<ExecutionReport> rest(Order order) {
    order.listing().book().rest(order);
    order.account().orders().rest(order);
    order.account().touch();
    return List.of(new ExecutionReport.Accepted(order.clientId(), order.id()));
  }

  private static List<ExecutionReport> reject(Order order, Rejection rejection) {
    order.end(new Order.Status.Rejected(rejection));
    return List.of(rejected(order.terms(), rejection.reason(), rejection.text()));
  }

  private static ExecutionReport rejected(Request.Place terms, RejectReason reason, String text) {
    return new ExecutionReport.Rejected(terms.order(), reason, text);
  }

  // ---- after placing

  private List<ExecutionReport> cancel(Account account, Request.Cancel request) {
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

  /** All reports of the order from its beginning; the reader skips those that it has. */
  private static List<ExecutionReport> query(Account account, ClientOrderId id) {
    return account
        .orders()
        .find(id)
        .map(RequestHandler::history)
        .orElseGet(() -> List.of(new ExecutionReport.NotFound(id)));
  }

  private static List<ExecutionReport> history(Order order) {
    List<ExecutionReport> history = new ArrayList<>();
    switch (order.status()) {
      case Order.Status.Working working -> {
        history.add(new ExecutionReport.Accepted(order.clientId(), order.id()));
        order.fills().forEach(fill -> history.add(new ExecutionReport.Filled(fill)));
      }
      case Order.Status.Closed closed -> {
        order.fills().forEach(fill -> history.add(new ExecutionReport.Filled(fill)));
        history.add(order.closing(closed.reason()));
      }
      case Order.Status.Rejected rejected ->
          history.add(
              rejected(order.terms(), rejected.rejection().reason(), rejected.rejection().text()));
    }
    return history;
  }

  private static List<ExecutionReport> invalidateNonce(Account account, ClientOrderId id) {
    return List.of(new ExecutionReport.NonceInvalidated(id, account.orders().invalidate(id)));
  }

  /**
   * An order of the exchange itself against an account's position, without a client order id and
   * without a limit.
   */
  Order forced(Account account, ListedInstrument perp, Quantity quantity, FillOrigin origin) {
    Quantity size = account.position(perp.instrument()).size();
    Order order = Order.toReduce(++lastOrderId, account, perp, size, quantity, origin);
    order.setLots(perp.lots(quantity.min(size.abs())));
    return order;
  }
}
