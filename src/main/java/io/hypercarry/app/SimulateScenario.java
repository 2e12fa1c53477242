package io.hypercarry.app;

import io.hypercarry.core.Settings;
import io.hypercarry.exchange.Catalogue;
import io.hypercarry.simulation.Hazard;
import io.hypercarry.simulation.Scenario;
import io.hypercarry.venue.MarketNames;
import io.hypercarry.venue.sim.SimVenue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code simulate} puts to the test: a configuration, and what may go wrong. */
final class SimulateScenario {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private SimulateScenario() {}

  static Scenario of(Common common, String faults, Duration length) {
    Config config =
        Config.load(
            common.file(true), common.overrides, Config.Mode.DRY_RUN, EnvironmentReader.system());
    return of(config, hazards(faults), length);
  }

  static Scenario of(Config config, List<Hazard> hazards, Duration length) {
    RunConfig run = new RunConfig(config, false, INTERVAL);
    Settings settings = run.settings();
    return new Scenario(
        config.markets().stream().map(SimulateScenario::market).toList(),
        settings,
        run.text(),
        text -> settings,
        config.fees(),
        SimVenue.DEFAULT_BALANCE,
        hazards,
        length);
  }

  private static Scenario.Market market(MarketNames names) {
    Catalogue entry = DryRun.find(names);
    return new Scenario.Market(
        names, entry.spot(names.market()), entry.perp(names.market()), entry.price());
  }

  private static List<Hazard> hazards(String faults) {
    return switch (faults) {
      case "all" -> Hazard.all();
      case "none" -> List.of();
      default -> read(Path.of(faults));
    };
  }

  /** One name a line; what follows a # is for people. */
  private static List<Hazard> read(Path file) {
    List<Hazard> hazards = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String name = line.replaceFirst("#.*", "").strip();
        if (!name.isEmpty()) {
          hazards.add(hazard(file, name));
        }
      }
    } catch (IOException trouble) {
      throw new Usage(
          "--faults is " + file + ": expected all, none, or a file that can be read and names one"
              + " hazard a line");
    }
    return hazards;
  }

  private static Hazard hazard(Path file, String name) {
    Optional<Hazard> found =
        Hazard.all().stream().filter(it -> it.name().equalsIgnoreCase(name)).findFirst();
    return found.orElseThrow(() ->
        new Usage(
            file + " names the hazard " + name + ": expected one of "
                + Arrays.toString(Hazard.values()).toLowerCase(Locale.ROOT)));
  }
}
