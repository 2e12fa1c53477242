package io.twinleg.stress;

import io.twinleg.core.Settings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.runtime.JournalReplay.SettingsReader;
import io.twinleg.stress.invariants.MarketRules;
import io.twinleg.venue.MarketSymbols;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What all worlds of a campaign have in common.
 *
 * @param config the configuration as the journal carries it, {@code reader} makes settings of it
 * @param hazards what may go wrong; none: worlds without faults
 * @param length of one world
 */
public record StressScenario(
    List<Market> markets,
    Settings settings,
    String config,
    SettingsReader reader,
    FeeSchedule fees,
    Usd wallet,
    List<FaultKind> hazards,
    Duration length) {
  static final Instant START = Instant.parse("2026-01-05T00:00:10Z");

  /**
   * A market as the configuration names it.
   *
   * @param rules what its configuration promises, with the instruments that it is on our exchange
   * @param price at which its world begins
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
    hazards = List.copyOf(hazards);
  }

  /** What all markets together may hold of one leg. */
  Usd fullTarget() {
    return markets.stream().map(each -> each.rules().target()).reduce(Usd.ZERO, Usd::plus);
  }

  FaultSchedule plan(long seed) {
    return FaultSchedule.draw(seed, hazards, START, length);
  }
}
