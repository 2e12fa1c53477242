package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.event.Event.TransferResult.Outcome;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.Exchange.Due;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.ExecutionReport.Channel;
import io.twinleg.simulator.ExecutionReport.Delivery;
import io.twinleg.simulator.ExecutionReport.ReportListener;
import io.twinleg.simulator.MarketListener;
import io.twinleg.simulator.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The exchange's reports to our account, as events. While the account's feed is cut the user
 * stream's reports are held back and published when it returns, like a venue's snapshot after a
 * reconnect; answers to requests come by another connection and are not held.
 */
final class SimulatedAccountFeed implements ReportListener, MarketListener {
  private final transient Exchange exchange;
  private final transient AccountId account;
  private final transient VenueId venue;
  private final transient SimulatedEventSource events;
  private final transient SimulatedExecutionClient orders;
  private final transient SimulatedVenueSettings settings;
  private final List<Delivery> held = new ArrayList<>();
  private Instant lastReported;
  private Due nextReport;

  SimulatedAccountFeed(
      Exchange exchange,
      AccountId account,
      VenueId venue,
      SimulatedEventSource events,
      SimulatedExecutionClient orders,
      SimulatedVenueSettings settings) {
    this.exchange = exchange;
    this.account = account;
    this.venue = venue;
    this.events = events;
    this.orders = orders;
    this.settings = settings;
    lastReported = exchange.now();
    nextReport = planReport();
  }

  @Override
  public void deliver(Delivery delivery) {
    if (delivery.channel() == Channel.STREAM && events.isCut(Feed.ACCOUNT, venue)) {
      held.add(delivery);
    } else {
      publish(delivery, delivery.received());
    }
  }

  private void publish(Delivery delivery, Instant received) {
    Optional<ClientOrderId> order = order(delivery.report());
    if (isTooLate(delivery, received)) {
      return;
    }
    order.ifPresent(id -> orders.setAnswered(id, received));
    if (delivery.report() instanceof ExecutionReport.AccountReported) {
      lastReported = exchange.now();
    }
    event(delivery.report())
        .ifPresent(event -> events.add(venue, delivery.executed(), received, event));
  }

  /** Whether it answers an order whose deadline has passed. */
  private boolean isTooLate(Delivery delivery, Instant received) {
    return delivery.request() instanceof Request.Place place
        && place.order().filter(id -> !orders.isAwaited(id, received)).isPresent();
  }

  @Override
  public void turnEnded(Instant now) {
    if (!held.isEmpty() && !events.isCut(Feed.ACCOUNT, venue)) {
      Instant received = now.plus(exchange.latency().stream());
      held.forEach(delivery -> publish(delivery, received));
      held.clear();
    }
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {}

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {}

  private Due planReport() {
    return exchange.remember(lastReported.plus(settings.accountEvery()), this::reportIfSilent);
  }

  /** After it was restored. */
  void resume() {
    exchange.again(nextReport, this::reportIfSilent);
  }

  private void reportIfSilent() {
    Instant now = exchange.now();
    if (events.isClosed()) {
      return;
    }
    if (!lastReported.plus(settings.accountEvery()).isAfter(now)) {
      Instant received = now.plus(exchange.latency().account());
      ExecutionReport state = new ExecutionReport.AccountReported(exchange.account(account));
      deliver(new Delivery(Channel.STREAM, null, state, now, received));
      lastReported = now;
    }
    nextReport = planReport();
  }

  // ---- the exchange's reports as events

  /** The order that a report shows to have reached the exchange. */
  private static Optional<ClientOrderId> order(ExecutionReport report) {
    return switch (report) {
      case ExecutionReport.Accepted accepted -> accepted.order();
      case ExecutionReport.Rejected rejected -> rejected.order();
      case ExecutionReport.Filled filled -> filled.fill().clientOrderId();
      case ExecutionReport.Closed closed -> closed.order();
      case ExecutionReport.CancelRejected rejected -> Optional.empty();
      case ExecutionReport.NotFound missing -> Optional.empty();
      case ExecutionReport.NonceInvalidated invalidated -> Optional.empty();
      case ExecutionReport.LeverageResult leverage -> Optional.empty();
      case ExecutionReport.TransferResult transfer -> Optional.empty();
      case ExecutionReport.AccountReported account -> Optional.empty();
      case ExecutionReport.FundingPaid funding -> Optional.empty();
      case ExecutionReport.CashTransfer transferred -> Optional.empty();
    };
  }

  /** Empty for an order without a client order id: only its fills are published. */
  private static Optional<Event> event(ExecutionReport report) {
    return switch (report) {
      case ExecutionReport.Accepted accepted ->
          accepted.order().map(id -> new Event.OrderAccepted(id, accepted.orderId()));
      case ExecutionReport.Rejected rejected ->
          rejected
              .order()
              .map(id -> new Event.OrderRejected(id, rejected.reason(), rejected.text()));
      case ExecutionReport.Filled filled -> Optional.of(new Event.OrderFilled(filled.fill()));
      case ExecutionReport.Closed closed ->
          closed.order().map(id -> new Event.OrderEnded(id, closed.filled(), closed.reason()));
      case ExecutionReport.CancelRejected rejected ->
          Optional.of(
              new Event.CancelRejected(rejected.order(), rejected.reason(), rejected.text()));
      case ExecutionReport.NotFound missing ->
          Optional.of(new Event.OrderNotFound(missing.order()));
      case ExecutionReport.NonceInvalidated nonce ->
          Optional.of(new Event.NonceInvalidated(nonce.order(), nonce.invalidated()));
      case ExecutionReport.LeverageResult leverage -> Optional.of(leverageResult(leverage));
      case ExecutionReport.TransferResult transfer -> Optional.of(transferResult(transfer));
      case ExecutionReport.AccountReported account ->
          Optional.of(new Event.AccountReported(account.account()));
      case ExecutionReport.FundingPaid funding ->
          Optional.of(new Event.FundingReceived(funding.payment()));
      case ExecutionReport.CashTransfer transfer ->
          Optional.of(new Event.CashTransfer(transfer.usd(), transfer.text(), transfer.time()));
    };
  }

  private static Event transferResult(ExecutionReport.TransferResult transfer) {
    Outcome outcome =
        switch (transfer.outcome()) {
          case DONE -> Outcome.MOVED;
          case REFUSED -> Outcome.REFUSED;
          case NEVER_LANDED -> Outcome.NEVER_LANDED;
        };
    return new Event.TransferResult(transfer.transfer(), outcome, transfer.text());
  }

  private static Event leverageResult(ExecutionReport.LeverageResult leverage) {
    return new Event.LeverageResult(
        leverage.instrument(),
        leverage.leverage(),
        leverage.cross(),
        leverage.accepted(),
        leverage.response());
  }
}
