package io.twinleg.stress;

import io.twinleg.core.Settings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.runtime.JournalReplay.SettingsReader;
import io.twinleg.stress.invariants.MarketRules;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What all worlds of a batch share.
 *
 * @param venue what the venue can do
 * @param config the configuration as the journal carries it, {@code reader} makes settings of it
 * @param faultKinds that may occur; empty for worlds without faults
 * @param length of one world
 */
public record StressScenario(
    List<Market> markets,
    Settings settings,
    String config,
    SettingsReader reader,
    FeeSchedule fees,
    Usd wallet,
    SimulatedVenueSettings venue,
    List<FaultKind> faultKinds,
    Duration length) {
  static final Instant START = Instant.parse("2026-01-05T00:00:10Z");

  /**
   * A market as the configuration names it.
   *
   * @param rules the limits of its configuration, with its instruments on our exchange
   * @param price at which its world starts
   */
  public record Market(MarketSymbols names, MarketRules rules, Price price) {
    Instrument spot() {
      return rules.spot();
    }

    Instrument perp() {
      return rules.perp();
    }
  }

  public StressScenario {
    markets = List.copyOf(markets);
    faultKinds = List.copyOf(faultKinds);
  }

  /** The target of all markets together, of one leg. */
  Usd fullTarget() {
    return markets.stream().map(each -> each.rules().target()).reduce(Usd.ZERO, Usd::plus);
  }

  FaultSchedule schedule(long seed) {
    return FaultSchedule.draw(seed, faultKinds, START, length);
  }
}
