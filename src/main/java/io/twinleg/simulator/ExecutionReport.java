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
import org.jspecify.annotations.Nullable;

/**
 * What the exchange reports to one account. A client order id is empty for an order placed without
 * one.
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

  record NonceInvalidated(ClientOrderId order, boolean invalidated) implements ExecutionReport {}

  record LeverageResult(
      InstrumentId instrument, int leverage, boolean cross, boolean accepted, String response)
      implements ExecutionReport {}

  /** The answer to a transfer between the wallets, or to a request for its outcome. */
  record TransferResult(long transfer, Outcome outcome, String text) implements ExecutionReport {
    public enum Outcome {
      DONE,
      REFUSED,
      /** Its request has not arrived, and will not be executed any more. */
      NEVER_LANDED
    }
  }

  record AccountReported(AccountState account) implements ExecutionReport {}

  record FundingPaid(FundingPayment payment) implements ExecutionReport {}

  /** {@code usd}: signed, into the account from outside; zero for a move between its wallets. */
  record CashTransfer(Usd usd, String text, Instant time) implements ExecutionReport {}

  /**
   * Receives one account's reports: called when they happen, with the time at which they arrive.
   */
  interface ReportListener {
    void deliver(Delivery delivery);
  }

  /** By which connection a report comes: these may fail separately. */
  enum Channel {
    ANSWER,
    STREAM
  }

  /**
   * A report on its way to its account.
   *
   * @param request what it answers; null on the stream
   * @param received when it arrives
   */
  record Delivery(
      Channel channel,
      @Nullable Request request,
      ExecutionReport report,
      Instant executed,
      Instant received) {}
}
