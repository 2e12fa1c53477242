package io.twinleg.simulator;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Usd;
import java.util.Optional;

/**
 * What a venue asks of those who have an account with it. Several venues may stand over one street:
 * each keeps its own tariff.
 *
 * @param leastOrder what an order is worth at least; empty: what its instrument says
 */
public record FeeTerms(FeeSchedule fees, Optional<Usd> leastOrder) {
  static FeeTerms of(FeeSchedule fees) {
    return new FeeTerms(fees, Optional.empty());
  }

  Usd leastOrder(Instrument instrument) {
    return leastOrder.orElse(instrument.minNotional());
  }
}
