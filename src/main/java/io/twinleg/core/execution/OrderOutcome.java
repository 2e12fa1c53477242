package io.twinleg.core.execution;

import io.twinleg.core.model.RejectReason;
import java.util.Optional;

/**
 * How an order of ours ended: filled, cancelled, run dry, or rejected.
 *
 * @param response in the venue's words, or ours
 */
public record OrderOutcome(WorkingOrder order, Optional<RejectReason> rejected, String response) {
  boolean isWhole() {
    return !order.remaining().isPositive();
  }

  /** Sending the same again is pointless until something outside has changed. */
  boolean isRejectedForGood() {
    return rejected.filter(reason -> !reason.isCurable()).isPresent();
  }
}
