package io.twinleg.simulator;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Usd;
import java.time.Instant;
import java.util.Optional;

/**
 * What the exchange tells one account. A client order id is empty for an order placed without one.
 */
public sealed interface ExecutionReport {

  /** The order rests in the book. */
  record Accepted(Optional<ClientOrderId> order, long orderId) implements ExecutionReport {}

  record Rejected(Optional<ClientOrderId> order, RejectReason reason, String text)
      implements ExecutionReport {}

  record Filled(Fill fill) implements ExecutionReport {}

  /** Nothing more can fill; {@code filled} is all that ever did. */
  record Closed(Optional<ClientOrderId> order, long orderId, Quantity filled, String reason)
      implements ExecutionReport {}

  record CancelRejected(ClientOrderId order, RejectReason reason, String text)
      implements ExecutionReport {}

  record NotFound(ClientOrderId order) implements ExecutionReport {}

  record NonceBurnt(ClientOrderId order, boolean burnt) implements ExecutionReport {}

  record LeverageAnswered(
      InstrumentId instrument, int leverage, boolean cross, boolean accepted, String response)
      implements ExecutionReport {}

  /** The answer to a transfer between the wallets, or to the question what became of one. */
  record TransferAnswered(long transfer, Outcome outcome, String text) implements ExecutionReport {
    public enum Outcome {
      DONE,
      REFUSED,
      /** It has not come, and will not be executed any more. */
      NEVER_CAME
    }
  }

  record AccountTold(AccountState account) implements ExecutionReport {}

  record FundingPaid(FundingPayment payment) implements ExecutionReport {}

  /** {@code usd}: signed, into the account from outside; zero for a move between its wallets. */
  record Transferred(Usd usd, String what, Instant time) implements ExecutionReport {}
}
