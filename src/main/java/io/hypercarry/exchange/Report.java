package io.hypercarry.exchange;

import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.ClientOrderId;
import io.hypercarry.core.model.Fill;
import io.hypercarry.core.model.FundingPayment;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.RejectReason;
import io.hypercarry.core.model.Usd;
import java.time.Instant;
import java.util.Optional;

/**
 * What the exchange tells one account. A client order id is empty for an order placed without one.
 */
public sealed interface Report {

  /** The order rests in the book. */
  record Accepted(Optional<ClientOrderId> order, long orderId) implements Report {}

  record Rejected(Optional<ClientOrderId> order, RejectReason reason, String text)
      implements Report {}

  record Filled(Fill fill) implements Report {}

  /** Nothing more can fill; {@code filled} is all that ever did. */
  record Closed(Optional<ClientOrderId> order, long orderId, Quantity filled, String reason)
      implements Report {}

  record CancelRejected(ClientOrderId order, RejectReason reason, String text) implements Report {}

  record NotFound(ClientOrderId order) implements Report {}

  record NonceBurnt(ClientOrderId order, boolean burnt) implements Report {}

  record LeverageAnswered(
      InstrumentId instrument, int leverage, boolean cross, boolean accepted, String response)
      implements Report {}

  /** The answer to a transfer between the wallets, or to the question what became of one. */
  record TransferAnswered(long transfer, Outcome outcome, String text) implements Report {
    public enum Outcome {
      DONE,
      REFUSED,
      /** It has not come, and will not be executed any more. */
      NEVER_CAME
    }
  }

  record AccountTold(AccountState account) implements Report {}

  record FundingPaid(FundingPayment payment) implements Report {}

  /** {@code usd}: signed, into the account from outside; zero for a move between its wallets. */
  record Transferred(Usd usd, String what, Instant time) implements Report {}
}
