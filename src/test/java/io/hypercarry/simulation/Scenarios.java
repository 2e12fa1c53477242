package io.hypercarry.simulation;

import io.hypercarry.app.Config;
import io.hypercarry.core.Settings;
import io.hypercarry.core.model.MarketId;
import io.hypercarry.exchange.Catalogue;
import io.hypercarry.simulation.checker.MarketRules;
import io.hypercarry.venue.MarketNames;
import io.hypercarry.venue.sim.SimVenue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The example configuration in worlds of a test's choice. */
final class Scenarios {
  private Scenarios() {}

  static Scenario of(Duration length, List<Hazard> hazards, String... overrides) {
    Config config =
        Config.load(
            Path.of("config_example.json"),
            List.of(overrides),
            Config.Mode.DRY_RUN,
            name -> Optional.empty());
    Settings settings = config.settings(false, Duration.ofSeconds(1));
    MarketNames names = config.markets().getFirst();
    MarketId market = names.market();
    var execution = settings.markets().getFirst().execution();
    MarketRules rules =
        new MarketRules(
            Catalogue.HYPE.spot(market),
            Catalogue.HYPE.perp(market),
            settings.markets().getFirst().strategy().targetUsdNotional(),
            execution.maxClip(),
            settings.risk().perSymbolNotionalCap(),
            execution.hedgeRatio(),
            execution.repairTimeout(),
            execution.maxSlippageBps().movePointLeft(4));
    Scenario.Market hype = new Scenario.Market(names, rules, Catalogue.HYPE.price());
    return new Scenario(
        List.of(hype),
        settings,
        config.canonicalJson(),
        text -> settings,
        config.fees(),
        SimVenue.DEFAULT_BALANCE,
        hazards,
        length);
  }
}
