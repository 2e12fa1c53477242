package io.twinleg.core.execution;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.QueryOrder;
import io.twinleg.core.model.VenueCapabilities;
import java.time.Duration;
import java.util.Optional;

/**
 * How an unknown outcome becomes known (specification 2.6). Pure functions of the order and its
 * doubt.
 */
final class OrderStatusResolver {
  private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
  private static final Duration BURN_ANSWER = Duration.ofSeconds(3);
  private static final Duration JUDGED_AGAIN = Duration.ofMillis(500);

  /** How long a record of a judged nonce may take to appear. */
  private static final Duration RECORD_APPEARS = Duration.ofSeconds(2);

  /** Longest life of what was sent, and the venue's clock, after which it can no longer land. */
  private static final Duration EXPIRED = Duration.ofSeconds(7);

  private OrderStatusResolver() {}

  /** The next question, when it is time for one. */
  static Optional<PairAction> next(WorkingOrder order, PairSnapshot s) {
    return order.doubt().flatMap(doubt -> next(order, doubt, s));
  }

  private static Optional<PairAction> next(WorkingOrder order, UnknownOrder doubt, PairSnapshot s) {
    return switch (doubt.stage()) {
      case NEW -> ask(order);
      case ASKED -> {
        if (doubt.notFound() > 0 && s.capabilities().burnNonce()) {
          yield Optional.of(new PairAction.Burn(new Command.InvalidateNonce(order.id())));
        }
        yield isOver(s, doubt, ASK_AGAIN) ? ask(order) : Optional.empty();
      }
      case BURNING -> isOver(s, doubt, BURN_ANSWER) ? ask(order) : Optional.empty();
      case JUDGED -> isOver(s, doubt, JUDGED_AGAIN) ? ask(order) : Optional.empty();
    };
  }

  private static boolean isOver(PairSnapshot s, UnknownOrder doubt, Duration wait) {
    return s.deadlines().passed(doubt.askedAt().plus(s.capabilities().onTheWire(wait)));
  }

  private static Optional<PairAction> ask(WorkingOrder order) {
    return Optional.of(new PairAction.Ask(new QueryOrder(order.id(), order.instrument())));
  }

  /** How the order ended, once that is proven; empty while it is not. */
  static Optional<String> verdict(
      WorkingOrder order, UnknownOrder doubt, Timers deadlines, VenueCapabilities venue) {
    boolean untouched = order.filled().isZero();
    if (doubt.stage() == UnknownOrder.Stage.JUDGED) {
      boolean longEnough = deadlines.passed(doubt.since().plus(venue.onTheWire(RECORD_APPEARS)));
      return longEnough && doubt.notFound() > 0 && untouched
          ? Optional.of("refused")
          : Optional.empty();
    }
    boolean expired =
        !venue.burnNonce() && deadlines.passed(order.sentAt().plus(venue.onTheWire(EXPIRED)));
    return expired && doubt.notFound() > 1 && untouched
        ? Optional.of("never_landed")
        : Optional.empty();
  }
}
