package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
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

  void recall(Event fact) {
    if (fact instanceof Event.OrderFilled filled) {
      fills.add(filled.fill().identity());
    } else if (fact instanceof Event.FundingReceived received) {
      payments.add(Payment.of(received.payment()));
    }
  }

  List<Event> missed() {
    List<Event> missed = new ArrayList<>();
    for (Fill fill : exchange.fills(account)) {
      if (!fills.contains(fill.identity())) {
        missed.add(new Event.OrderFilled(fill));
      }
    }
    for (FundingPayment payment : exchange.payments(account)) {
      if (!payments.contains(Payment.of(payment))) {
        missed.add(new Event.FundingReceived(payment));
      }
    }
    return missed;
  }
}
