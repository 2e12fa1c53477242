package io.hypercarry.venue.sim;

import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.Fill;
import io.hypercarry.core.model.FundingPayment;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What happened to the account while no runner was there to hear it: the venue's history of fills
 * and payments, less what the journal holds already.
 */
final class SimulatedBackfill {
  private record Payment(InstrumentId perp, Instant time) {
    static Payment of(FundingPayment payment) {
      return new Payment(payment.instrument(), payment.time());
    }
  }

  private final Exchange exchange;
  private final AccountId account;
  private final Set<Fill.Identity> fills = new LinkedHashSet<>();
  private final Set<Payment> payments = new LinkedHashSet<>();

  SimulatedBackfill(Exchange exchange, AccountId account) {
    this.exchange = exchange;
    this.account = account;
  }

  void recall(Fact fact) {
    if (fact instanceof Fact.OrderFilled filled) {
      fills.add(filled.fill().identity());
    } else if (fact instanceof Fact.FundingReceived received) {
      payments.add(Payment.of(received.payment()));
    }
  }

  List<Fact> missed() {
    List<Fact> missed = new ArrayList<>();
    for (Fill fill : exchange.fills(account)) {
      if (!fills.contains(fill.identity())) {
        missed.add(new Fact.OrderFilled(fill));
      }
    }
    for (FundingPayment payment : exchange.payments(account)) {
      if (!payments.contains(Payment.of(payment))) {
        missed.add(new Fact.FundingReceived(payment));
      }
    }
    return missed;
  }
}
