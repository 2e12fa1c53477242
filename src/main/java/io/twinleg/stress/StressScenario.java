package io.twinleg.stress;

import io.twinleg.core.Settings;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.runtime.JournalReplay.SettingsReader;
import io.twinleg.simulator.SeededRandom;
import io.twinleg.stress.FaultSchedule.InjectedFault;
import io.twinleg.stress.invariants.MarketRules;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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

  /** Of its markets; one in most scenarios. */
  Set<VenueId> venues() {
    Set<VenueId> venues = new TreeSet<>();
    markets.forEach(market -> venues.add(market.names().market().venue()));
    return venues;
  }

  /** Whether an outage or a silence is of this venue: where there are several, mostly of one. */
  boolean concerns(InjectedFault fault, long seed, VenueId venue) {
    List<VenueId> all = List.copyOf(venues());
    if (all.size() == 1) {
      return true;
    }
    int which = SeededRandom.of(seed, "venue of a fault", fault.number()).below(all.size() + 1);
    return which == all.size() || all.get(which).equals(venue);
  }

  FaultSchedule schedule(long seed) {
    return FaultSchedule.draw(seed, faultKinds, START, length);
  }
}
