package io.hypercarry.venue.sim;

import io.hypercarry.core.event.Fact;
import io.hypercarry.core.event.Fact.CollateralAnswered.Outcome;
import io.hypercarry.core.model.ClientOrderId;
import io.hypercarry.exchange.Report;
import java.util.Optional;

/** The exchange's words for an account in the words of facts. */
final class Translation {
  private Translation() {}

  /** The order that a report proves to have been judged. */
  static Optional<ClientOrderId> order(Report report) {
    return switch (report) {
      case Report.Accepted accepted -> accepted.order();
      case Report.Rejected rejected -> rejected.order();
      case Report.Filled filled -> filled.fill().clientOrderId();
      case Report.Closed closed -> closed.order();
      case Report.CancelRejected rejected -> Optional.empty();
      case Report.NotFound missing -> Optional.empty();
      case Report.NonceBurnt burnt -> Optional.empty();
      case Report.LeverageAnswered leverage -> Optional.empty();
      case Report.TransferAnswered transfer -> Optional.empty();
      case Report.AccountTold account -> Optional.empty();
      case Report.FundingPaid funding -> Optional.empty();
      case Report.Transferred transferred -> Optional.empty();
    };
  }

  /** Empty for an order without a client order id: only its fills are told. */
  static Optional<Fact> fact(Report report) {
    return switch (report) {
      case Report.Accepted told ->
          told.order().map(name -> new Fact.OrderAccepted(name, told.orderId()));
      case Report.Rejected told ->
          told.order().map(name -> new Fact.OrderRejected(name, told.reason(), told.text()));
      case Report.Filled told -> Optional.of(new Fact.OrderFilled(told.fill()));
      case Report.Closed told ->
          told.order().map(name -> new Fact.OrderClosed(name, told.filled(), told.reason()));
      case Report.CancelRejected told ->
          Optional.of(new Fact.CancelRejected(told.order(), told.reason(), told.text()));
      case Report.NotFound told -> Optional.of(new Fact.OrderNotFound(told.order()));
      case Report.NonceBurnt told -> Optional.of(new Fact.NonceBurnt(told.order(), told.burnt()));
      case Report.LeverageAnswered told -> Optional.of(leverage(told));
      case Report.TransferAnswered told -> Optional.of(collateral(told));
      case Report.AccountTold told -> Optional.of(new Fact.AccountReported(told.account()));
      case Report.FundingPaid told -> Optional.of(new Fact.FundingReceived(told.payment()));
      case Report.Transferred told ->
          Optional.of(new Fact.Transferred(told.usd(), told.what(), told.time()));
    };
  }

  private static Fact collateral(Report.TransferAnswered told) {
    Outcome outcome =
        switch (told.outcome()) {
          case DONE -> Outcome.MOVED;
          case REFUSED -> Outcome.REFUSED;
          case NEVER_CAME -> Outcome.NEVER_LANDED;
        };
    return new Fact.CollateralAnswered(told.transfer(), outcome, told.text());
  }

  private static Fact leverage(Report.LeverageAnswered told) {
    return new Fact.LeverageAnswered(
        told.instrument(), told.leverage(), told.cross(), told.accepted(), told.response());
  }
}
