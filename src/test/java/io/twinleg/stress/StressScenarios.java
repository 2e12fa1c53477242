package io.twinleg.stress;

import io.twinleg.config.Config;
import io.twinleg.core.Settings;
import io.twinleg.core.model.MarketId;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.stress.invariants.MarketRules;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.nio.file.Path;
import java.time.Duration;
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
    MarketSymbols names = config.markets().getFirst();
    MarketId market = names.market();
    var execution = settings.markets().getFirst().execution();
    MarketRules rules =
        new MarketRules(
            InstrumentCatalog.HYPE.spot(market),
            InstrumentCatalog.HYPE.perp(market),
            settings.markets().getFirst().strategy().targetUsdNotional(),
            execution.maxClip(),
            settings.risk().perSymbolNotionalCap(),
            execution.hedgeRatio(),
            execution.repairTimeout(),
            execution.maxSlippageBps().movePointLeft(4));
    StressScenario.Market hype =
        new StressScenario.Market(names, rules, InstrumentCatalog.HYPE.price());
    return new StressScenario(
        List.of(hype),
        settings,
        config.canonicalJson(),
        text -> settings,
        config.fees(),
        SimulatedVenue.DEFAULT_BALANCE,
        SimulatedVenueSettings.STANDARD,
        faultKinds,
        length);
  }
}
