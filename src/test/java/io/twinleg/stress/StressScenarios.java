package io.twinleg.stress;

import io.twinleg.bootstrap.DryRunSpec;
import io.twinleg.config.Config;
import io.twinleg.core.Settings;
import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.stress.invariants.MarketRules;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The example configuration in worlds of a test's choice. */
final class StressScenarios {
  private StressScenarios() {}

  static StressScenario of(Duration length, List<FaultKind> faultKinds, String... overrides) {
    Config config =
        Config.load(
            Path.of("config_example.json"),
            List.of(overrides),
            Config.Mode.DRY_RUN,
            name -> Optional.empty());
    Settings settings = config.settings(false, Duration.ofSeconds(1));
    List<StressScenario.Market> markets = new ArrayList<>();
    for (int i = 0; i < config.markets().size(); i++) {
      markets.add(market(config.markets().get(i), settings.markets().get(i), settings));
    }
    return new StressScenario(
        markets,
        settings,
        config.canonicalJson(),
        text -> settings,
        config.fees(),
        SimulatedVenue.DEFAULT_BALANCE,
        SimulatedVenueSettings.STANDARD,
        faultKinds,
        length);
  }

  private static StressScenario.Market market(
      MarketSymbols names, MarketSettings market, Settings settings) {
    DryRunSpec.Listed entry = DryRunSpec.Listed.of(names);
    MarketRules rules =
        new MarketRules(
            entry.pair().spot(),
            entry.pair().perp(),
            market.strategy().targetUsdNotional(),
            market.execution().maxClip(),
            settings.risk().perSymbolNotionalCap(),
            market.execution().hedgeRatio(),
            market.execution().repairTimeout(),
            market.execution().maxSlippageBps().movePointLeft(4),
            settings.portfolio().isPresent());
    return new StressScenario.Market(names, rules, entry.price());
  }
}
