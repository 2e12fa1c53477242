package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RejectReason;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.request.ApiVersion;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Settles an order whose fate is unknown, so that it is either found or can never land. Its nonce
 * is used up by a noop; the venue promises no success for what it has taken meanwhile, so that the
 * order is looked for once more. Where orders cannot be read, a cancel looks for it; where there is
 * no noop, the nonce has to expire. Runs on the executor's owner thread.
 */
final class AsterNonceInvalidator {
  /** An order may be invisible for so long after it was taken. */
  private static final Duration INVISIBLE = Duration.ofMillis(1200);

  private final AsterMarket market;
  private final VenueExecutor executor;
  private final EventInbox inbox;
  private final VenueClock clock;
  private final AsterOrders orders;
  private final AsterOrderClient client;
  private final Set<Leg> withoutNoop = EnumSet.noneOf(Leg.class);

  AsterNonceInvalidator(
      AsterMarket market, VenueClock clock, AsterOrders orders, AsterOrderClient client) {
    this.market = market;
    this.executor = market.executor();
    this.inbox = market.inbox();
    this.clock = clock;
    this.orders = orders;
    this.client = client;
  }

  /** Without an answer nothing is published: it is asked for again. */
  void settle(AsterWorkingOrder order) {
    if (!order.beginSettling()) {
      return;
    }
    if (order.isVoided()) {
      find(order);
    } else if (order.nonce().isEmpty() || withoutNoop.contains(order.instrument().leg())) {
      awaitExpiry(order);
    } else {
      AsterLegAdapter adapter = adapter(order);
      executor.request(
          VenueExecutor.Lane.QUESTIONS,
          () -> adapter.noop(order.nonce().orElseThrow()),
          result -> onNoop(order, result),
          failure -> order.endSettling());
    }
  }

  private AsterLegAdapter adapter(AsterWorkingOrder order) {
    return market.adapter(order.instrument());
  }

  private void onNoop(AsterWorkingOrder order, ApiResult result) {
    switch (result) {
      case ApiResult.Success success -> {
        order.markVoided();
        executor.executeAfter(clock.venueTime(INVISIBLE), () -> find(order));
      }
      case ApiResult.Rejected refused when refused.error().code() == ErrorReply.NONCE ->
          judgedBefore(order);
      case ApiResult.Rejected refused when isNoSuchRequest(refused.error()) -> withoutNoop(order);
      case ApiResult.Unknown unknown when unknown.isNoSuchPath() -> withoutNoop(order);
      case ApiResult.Rejected refused -> order.endSettling();
      case ApiResult.Throttled throttled -> order.endSettling();
      case ApiResult.Unknown unknown -> order.endSettling();
    }
  }

  private static boolean isNoSuchRequest(ErrorReply error) {
    return error.reason(Leg.PERP) != RejectReason.RATE_LIMIT && !error.isAboutCredentials();
  }

  private void withoutNoop(AsterWorkingOrder order) {
    withoutNoop.add(order.instrument().leg());
    awaitExpiry(order);
  }

  private void awaitExpiry(AsterWorkingOrder order) {
    Duration left =
        order
            .landsUntil()
            .map(at -> Duration.between(clock.venueNow(), at))
            .filter(Duration::isPositive)
            .orElse(Duration.ZERO);
    executor.executeAfter(left.plus(clock.venueTime(INVISIBLE)), () -> find(order));
  }

  /** The nonce was used: by the order, or by a noop whose answer was lost. */
  private void judgedBefore(AsterWorkingOrder order) {
    order.endSettling();
    inbox.publish(new Event.NonceInvalidated(order.id(), false));
    client.ask(order, () -> {}, () -> cancel(order));
  }

  private void find(AsterWorkingOrder order) {
    order.endSettling();
    client.ask(order, () -> neverLands(order), () -> cancel(order));
  }

  private void neverLands(AsterWorkingOrder order) {
    if (order.isOver() || order.filled().signum() > 0) {
      return;
    }
    if (market.rest().version() == ApiVersion.V3) {
      order.end(0);
      inbox.publish(new Event.NonceInvalidated(order.id(), true));
    } else {
      inbox.publish(new Event.OrderNotFound(order.id()));
    }
  }

  /** A cancel says what became of an order where a query does not. */
  private void cancel(AsterWorkingOrder order) {
    Instrument instrument = order.instrument();
    AsterLegAdapter adapter = adapter(order);
    executor.request(
        VenueExecutor.Lane.ofOrders(instrument.leg()),
        () -> adapter.cancelGuarded(instrument.wireName(), order),
        result -> {
          if (result instanceof ApiResult.Success success) {
            client.read(order, success).ifPresent(reply -> client.applyStatus(order, reply));
          } else if (result instanceof ApiResult.Rejected refused
              && refused.error().reason(instrument.leg()) == RejectReason.MISSING_ORDER) {
            notResting(order);
          }
        },
        failure -> {});
  }

  /** Nothing rests: it is over or was never there, and a trade of no known order may be its own. */
  private void notResting(AsterWorkingOrder order) {
    Instrument instrument = order.instrument();
    executor.request(
        VenueExecutor.Lane.QUESTIONS,
        () -> adapter(order).trades(instrument.wireName(), order.sentAt()),
        rows -> {
          boolean traded =
              rows.readable().stream()
                  .anyMatch(row -> orders.clientOrderId(row.orderId()).isEmpty());
          if (rows.isWhole() && !traded) {
            notThere(order);
          }
        },
        failure -> {});
  }

  private void notThere(AsterWorkingOrder order) {
    if (order.isVoided() || !order.mayLand(clock.venueNow())) {
      neverLands(order);
    } else if (order.filled().signum() == 0) {
      inbox.publish(new Event.OrderNotFound(order.id()));
    }
  }
}
