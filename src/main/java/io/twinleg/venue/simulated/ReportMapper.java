package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.TransferResult.Outcome;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.simulator.ExecutionReport;
import java.util.Optional;

/** The exchange's words for an account in the words of facts. */
final class ReportMapper {
  private ReportMapper() {}

  /** The order that a report proves to have been judged. */
  static Optional<ClientOrderId> order(ExecutionReport report) {
    return switch (report) {
      case ExecutionReport.Accepted accepted -> accepted.order();
      case ExecutionReport.Rejected rejected -> rejected.order();
      case ExecutionReport.Filled filled -> filled.fill().clientOrderId();
      case ExecutionReport.Closed closed -> closed.order();
      case ExecutionReport.CancelRejected rejected -> Optional.empty();
      case ExecutionReport.NotFound missing -> Optional.empty();
      case ExecutionReport.NonceBurnt burnt -> Optional.empty();
      case ExecutionReport.LeverageAnswered leverage -> Optional.empty();
      case ExecutionReport.TransferAnswered transfer -> Optional.empty();
      case ExecutionReport.AccountTold account -> Optional.empty();
      case ExecutionReport.FundingPaid funding -> Optional.empty();
      case ExecutionReport.Transferred transferred -> Optional.empty();
    };
  }

  /** Empty for an order without a client order id: only its fills are told. */
  static Optional<Event> fact(ExecutionReport report) {
    return switch (report) {
      case ExecutionReport.Accepted told ->
          told.order().map(name -> new Event.OrderAccepted(name, told.orderId()));
      case ExecutionReport.Rejected told ->
          told.order().map(name -> new Event.OrderRejected(name, told.reason(), told.text()));
      case ExecutionReport.Filled told -> Optional.of(new Event.OrderFilled(told.fill()));
      case ExecutionReport.Closed told ->
          told.order().map(name -> new Event.OrderEnded(name, told.filled(), told.reason()));
      case ExecutionReport.CancelRejected told ->
          Optional.of(new Event.CancelRejected(told.order(), told.reason(), told.text()));
      case ExecutionReport.NotFound told -> Optional.of(new Event.OrderNotFound(told.order()));
      case ExecutionReport.NonceBurnt told ->
          Optional.of(new Event.NonceInvalidated(told.order(), told.burnt()));
      case ExecutionReport.LeverageAnswered told -> Optional.of(leverage(told));
      case ExecutionReport.TransferAnswered told -> Optional.of(collateral(told));
      case ExecutionReport.AccountTold told ->
          Optional.of(new Event.AccountReported(told.account()));
      case ExecutionReport.FundingPaid told ->
          Optional.of(new Event.FundingReceived(told.payment()));
      case ExecutionReport.Transferred told ->
          Optional.of(new Event.CashTransfer(told.usd(), told.what(), told.time()));
    };
  }

  private static Event collateral(ExecutionReport.TransferAnswered told) {
    Outcome outcome =
        switch (told.outcome()) {
          case DONE -> Outcome.MOVED;
          case REFUSED -> Outcome.REFUSED;
          case NEVER_CAME -> Outcome.NEVER_LANDED;
        };
    return new Event.TransferResult(told.transfer(), outcome, told.text());
  }

  private static Event leverage(ExecutionReport.LeverageAnswered told) {
    return new Event.LeverageResult(
        told.instrument(), told.leverage(), told.cross(), told.accepted(), told.response());
  }
}
