package io.twinleg.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What goes wrong between an account and the exchange. Each question is asked once, in the order of
 * events, so that a fault may count ("the next order"), and a second run asks the same again.
 */
public interface FaultModel {
  FaultModel NONE = new FaultModel() {};

  /** What becomes of a request on its way to the exchange. */
  default Passage request(AccountId from, Request request, Instant sent) {
    return Passage.ON_TIME;
  }

  /** What becomes of the answer to a request on its way back. */
  default Passage answer(AccountId to, Request request, ExecutionReport answer, Instant executed) {
    return Passage.ON_TIME;
  }

  /** What becomes of a message of the user stream. */
  default Passage stream(AccountId to, ExecutionReport report, Instant executed) {
    return Passage.ON_TIME;
  }

  /** A rejection that the exchange would not have found itself: of an order, or of a leverage. */
  default Optional<Rejection> verdict(AccountId from, Request request, Instant now) {
    return Optional.empty();
  }

  /** How a message travels. */
  sealed interface Passage {
    Passage ON_TIME = new Late(Duration.ZERO);
    Passage LOST = new Lost();

    record Late(Duration by) implements Passage {}

    record Lost() implements Passage {}

    /** On time, and once more so much later; a request is never doubled: its nonce forbids it. */
    record Doubled(Duration again) implements Passage {}
  }
}
