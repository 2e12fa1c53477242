package io.hypercarry.app;

import io.hypercarry.core.Settings;
import io.hypercarry.exchange.Catalogue;
import io.hypercarry.simulation.Campaign;
import io.hypercarry.simulation.Hazard;
import io.hypercarry.simulation.Scenario;
import io.hypercarry.simulation.WorldResult;
import io.hypercarry.venue.MarketNames;
import io.hypercarry.venue.sim.SimVenue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description = "Run the strategy in hostile worlds, one a seed, checked at every step.",
    footer = {"", "Example:", "  ./hypercarry simulate --seeds 1..100 --faults all"})
final class SimulateCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(names = "--seeds", paramLabel = "A..B", required = true, description = "Which worlds.")
  String seeds = "";

  @Option(
      names = "--faults",
      paramLabel = "all|none|FILE",
      description = "What may go wrong: all, none, or a file that names hazards, one a line.")
  String faults = "all";

  @Option(names = "--for", paramLabel = "TIME", description = "How long a world is (24h).")
  String length = "24h";

  @Option(names = "--trace", description = "Print the last that happened in each world.")
  boolean trace;

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Override
  public Integer call() {
    Config config =
        Config.load(
            common.file(true), common.overrides, Config.Mode.DRY_RUN, EnvironmentReader.system());
    Campaign campaign = new Campaign(scenario(config));
    String[] ends = seeds.split("\\.\\.");
    List<WorldResult> results = new ArrayList<>();
    long begun = System.nanoTime();
    if (trace) {
      results.add(campaign.world(Long.parseLong(ends[0]), 400));
      results.getFirst().trace().forEach(System.out::println);
    } else {
      results.addAll(
          campaign.run(Long.parseLong(ends[0]), Long.parseLong(ends[1]), done -> {}));
    }
    for (WorldResult each : results) {
      System.out.println(
          each.seed() + " " + each.violation() + " lives " + each.lives() + " events "
              + each.events() + " " + each.findings() + " " + each.counts());
    }
    System.out.println((System.nanoTime() - begun) / 1_000_000 + " ms");
    return results.stream().allMatch(each -> each.violation().isEmpty())
        ? Exit.CLEAN
        : Exit.MISMATCH;
  }

  private Scenario scenario(Config config) {
    List<Scenario.Market> markets = new ArrayList<>();
    for (MarketNames names : config.markets()) {
      Catalogue entry = Catalogue.find(names.spot(), names.perp()).orElseThrow();
      markets.add(
          new Scenario.Market(
              names, entry.spot(names.market()), entry.perp(names.market()), entry.price()));
    }
    RunConfig run = new RunConfig(config, false, Duration.ofSeconds(1));
    Settings settings = run.settings();
    return new Scenario(
        markets,
        settings,
        run.text(),
        text -> settings,
        config.fees(),
        SimVenue.DEFAULT_BALANCE,
        faults.equals("all") ? Hazard.all() : List.of(),
        new Durations().convert(length));
  }
}
