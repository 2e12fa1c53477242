package io.twinleg.cli.research;

import io.twinleg.bootstrap.HistoryFetch;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.cli.options.FlagValues;
import io.twinleg.config.Credentials;
import io.twinleg.config.Redaction;
import io.twinleg.core.model.ExitCode;
import io.twinleg.history.HistoryFiles;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.venue.hyperliquid.market.HistoryClient;
import io.twinleg.venue.hyperliquid.market.ListedAssets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "fetch",
    description =
        "Brings a folder of recordings up to what a Hyperliquid venue has, without a key; goes on"
            + " from what is there.",
    footer = {"", "Example:", "  ./twinleg history fetch --history history --market HYPE"})
final class HistoryFetchCommand implements Callable<Integer> {
  @Mixin HistoryOption history = new HistoryOption();

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "The venue (default: its mainnet); it is only read.")
  String baseUrl = Credentials.MAINNET;

  @Option(
      names = "--market",
      paramLabel = "NAME",
      description = "Such as HYPE; may be repeated (default: all that have a hedge).")
  List<String> names = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = FlagValues.InstantText.class,
      description =
          "The first hour of a file that has none yet (default: 2023-05-12). The venue has no more"
              + " than the newest 5000 candles.")
  Instant from = Instant.parse("2023-05-12T00:00:00Z");

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = FlagValues.InstantText.class,
      description = "No hour that ends later (default: the last that is over).")
  @Nullable Instant until;

  @Override
  public Integer call() {
    PeriodOptions.check(from, until);
    String site =
        Credentials.normalUrl(baseUrl)
            .orElseThrow(() ->
                new UsageException(
                    "--base-url is "
                        + Redaction.of(baseUrl)
                        + ": expected "
                        + Credentials.EXPECTED_URL));
    List<InstrumentCatalog> markets = markets();
    try (HistoryClient client = new HistoryClient(site)) {
      ListedAssets listed = client.listed();
      HistoryFetch fetch =
          new HistoryFetch(
              history.folder,
              client,
              from,
              until == null ? Instant.MAX : until,
              HistoryFetchCommand::print);
      markets.forEach(market -> fetch.market(market, listed));
    }
    System.out.println("all rows are in " + history.folder);
    return ExitCode.CLEAN.code();
  }

  private List<InstrumentCatalog> markets() {
    List<InstrumentCatalog> all = Arrays.asList(InstrumentCatalog.values());
    for (String name : names) {
      if (all.stream().noneMatch(listed -> listed.name().equals(name))) {
        throw new UsageException("--market is " + name + ": expected one of " + all);
      }
    }
    return all.stream().filter(listed -> names.isEmpty() || names.contains(listed.name())).toList();
  }

  private static void print(HistoryFiles.Imported page) {
    System.err.println(
        "%s of %s: %d rows added, up to %s"
            .formatted(page.kind().folder(), page.coin(), page.added(), page.until()));
  }
}
