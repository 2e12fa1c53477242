package io.twinleg.stress;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Rate;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.WorldGateway;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Adversarial markets side by side, as one market model. */
final class AdversarialWorld implements MarketModel {
  private final Instant start;
  private final List<AdversarialPair> markets;

  AdversarialWorld(Instant start, List<AdversarialPair> markets) {
    this.start = start;
    this.markets = List.copyOf(markets);
  }

  @Override
  public List<String> assumptions() {
    return List.of("Every fault occurs, and more often than at any venue.");
  }

  @Override
  public Instant start() {
    return start;
  }

  @Override
  public List<FundingHour> historyBeforeStart(InstrumentId perp, int hours) {
    return market(perp).map(it -> it.history(hours)).orElse(List.of());
  }

  private Optional<AdversarialPair> market(InstrumentId perp) {
    return markets.stream().filter(each -> each.perpId().equals(perp)).findFirst();
  }

  @Override
  public Optional<Instant> nextMove() {
    Instant next = Instant.MAX;
    for (AdversarialPair each : markets) {
      next = each.nextMove().isBefore(next) ? each.nextMove() : next;
    }
    return Optional.of(next.isBefore(start) ? start : next);
  }

  @Override
  public void move(WorldGateway gateway) {
    for (AdversarialPair each : markets) {
      if (!each.nextMove().isAfter(gateway.now())) {
        each.move(gateway);
      }
    }
  }

  @Override
  public Settlement settlement(InstrumentId perp, Instant hour) {
    return market(perp)
        .<Settlement>map(it -> new Settlement.Prescribed(it.funding().settled(hour)))
        .orElse(new Settlement.ByFormula());
  }

  @Override
  public Optional<Rate> runningEstimate(InstrumentId perp, Instant now) {
    return market(perp).map(it -> it.funding().at(now));
  }
}
