package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.wire.aster.request.ApiRequest;
import java.math.BigDecimal;

/** What each host grants an address in a minute, and what of it is kept for safety. */
final class AsterWeights {
  private static final int FUTURES = 2400;
  private static final int SPOT = 6000;

  /** A quarter: enough for a hundred orders, their questions and their cancels. */
  private static final int RESERVED_PART = 4;

  private AsterWeights() {}

  static RateLimiter budget(Leg leg, BigDecimal speed) {
    int aMinute = leg == Leg.SPOT ? SPOT : FUTURES;
    RateLimiter budget = new RateLimiter(aMinute, aMinute / RESERVED_PART, System::nanoTime);
    budget.scaleWindow(speed);
    return budget;
  }

  /**
   * Orders, what became of them, the streams that tell it, and the time that stamps them: these are
   * asked for whatever the budget says.
   */
  static boolean isForSafety(ApiRequest call) {
    return switch (call.resource()) {
      case "order", "userTrades", "listenKey", "countdownCancelAll", "time" -> true;
      default -> false;
    };
  }
}
