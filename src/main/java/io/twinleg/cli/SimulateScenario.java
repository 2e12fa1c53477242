package io.twinleg.cli;

import io.twinleg.bootstrap.DryRunSpec;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.ConfigOptions;
import io.twinleg.config.Config;
import io.twinleg.config.Environment;
import io.twinleg.config.RunConfig;
import io.twinleg.core.Settings;
import io.twinleg.core.Settings.MarketSettings;
import io.twinleg.stress.FaultKind;
import io.twinleg.stress.StressScenario;
import io.twinleg.stress.invariants.MarketRules;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.simulated.SimulatedVenue;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/** The scenario of {@code simulate}: a configuration, and the kinds of faults that may occur. */
final class SimulateScenario {
  private static final BigDecimal BPS = BigDecimal.valueOf(10_000);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private SimulateScenario() {}

  /**
   * Of each seed.
   *
   * @param settings what is drawn of each seed beside its faults
   */
  static LongFunction<StressScenario> of(
      ConfigOptions common, String faults, DrawnSettings settings, Duration length) {
    List<FaultKind> kinds = faultKinds(faults);
    StressScenario same = of(common, kinds, settings.of(0), length);
    return settings.isDrawn() ? seed -> of(common, kinds, settings.of(seed), length) : seed -> same;
  }

  private static StressScenario of(
      ConfigOptions common, List<FaultKind> kinds, DrawnSettings.Draw draw, Duration length) {
    List<String> overrides = new ArrayList<>(common.overrides);
    overrides.addAll(draw.overrides());
    Config config =
        Config.load(common.file(true), overrides, Config.Mode.DRY_RUN, Environment.system());
    return of(config, kinds, draw.venue(), length);
  }

  static StressScenario of(Config config, List<FaultKind> faultKinds, Duration length) {
    return of(config, faultKinds, SimulatedVenueSettings.STANDARD, length);
  }

  private static StressScenario of(
      Config config, List<FaultKind> faultKinds, SimulatedVenueSettings venue, Duration length) {
    RunConfig run = new RunConfig(config, false, INTERVAL);
    Settings settings = run.settings();
    return new StressScenario(
        markets(config, settings),
        settings,
        run.text(),
        text -> settings,
        config.fees(),
        SimulatedVenue.DEFAULT_BALANCE,
        venue,
        faultKinds,
        length);
  }

  private static List<StressScenario.Market> markets(Config config, Settings settings) {
    List<StressScenario.Market> markets = new ArrayList<>();
    for (int i = 0; i < config.markets().size(); i++) {
      MarketSymbols names = config.markets().get(i);
      DryRunSpec.Listed entry = DryRunSpec.Listed.of(names);
      MarketRules rules = rules(entry.pair(), settings.markets().get(i), settings);
      markets.add(new StressScenario.Market(names, rules, entry.price()));
    }
    return markets;
  }

  private static MarketRules rules(DataClient.Pair pair, MarketSettings market, Settings settings) {
    return new MarketRules(
        pair.spot(),
        pair.perp(),
        market.strategy().targetUsdNotional(),
        market.execution().maxClip(),
        settings.risk().perSymbolNotionalCap(),
        market.execution().hedgeRatio(),
        market.execution().repairTimeout(),
        market.execution().maxSlippageBps().divide(BPS),
        settings.portfolio().isPresent());
  }

  private static List<FaultKind> faultKinds(String faults) {
    return switch (faults) {
      case "all" -> FaultKind.all();
      case "none" -> List.of();
      default -> read(Path.of(faults));
    };
  }

  /** One name a line; a # begins a comment. */
  private static List<FaultKind> read(Path file) {
    List<FaultKind> faultKinds = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String name = line.replaceFirst("#.*", "").strip();
        if (!name.isEmpty()) {
          faultKinds.add(faultKind(file, name));
        }
      }
    } catch (IOException trouble) {
      throw new UsageException(
          "--faults is "
              + file
              + ": expected all, none, or a file that can be read and names one"
              + " fault kind a line");
    }
    return faultKinds;
  }

  private static FaultKind faultKind(Path file, String name) {
    Optional<FaultKind> found =
        FaultKind.all().stream().filter(kind -> kind.name().equalsIgnoreCase(name)).findFirst();
    return found.orElseThrow(() ->
        new UsageException(
            file
                + " names the fault kind "
                + name
                + ": expected one of "
                + Arrays.toString(FaultKind.values()).toLowerCase(Locale.ROOT)));
  }
}
