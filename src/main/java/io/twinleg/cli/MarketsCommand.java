package io.twinleg.cli;

import io.twinleg.bootstrap.ProgramPaths;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.bootstrap.VenueWait;
import io.twinleg.config.Credentials;
import io.twinleg.core.model.ExitCode;
import io.twinleg.venue.PublicMarket;
import io.twinleg.venue.aster.AsterMarket;
import io.twinleg.venue.aster.AsterSettings;
import io.twinleg.venue.hyperliquid.market.PublicClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "markets",
    description = "Show all spot and perp markets of a venue.",
    footer = {
      "",
      "Examples:",
      "  ./twinleg markets --base-url https://api.hyperliquid-testnet.xyz",
      "  ./twinleg markets --venue aster"
    })
final class MarketsCommand implements Callable<Integer> {
  private static final int COLUMNS = 80;
  private static final int GAP = 2;
  private static final String ASTER_MAINNET = "https://fapi.asterdex.com";

  @Option(
      names = "--venue",
      paramLabel = "VENUE",
      description = "hyperliquid or aster (default: ${DEFAULT-VALUE}).")
  String venue = "hyperliquid";

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "The venue, futures on Aster (default: its mainnet); it is only read.")
  @Nullable String baseUrl;

  @Option(
      names = "--spot-base-url",
      paramLabel = "URL",
      description = "Aster's spot (default: --base-url with sapi for fapi).")
  @Nullable String spotBaseUrl;

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Override
  public Integer call() {
    Supplier<PublicMarket.Listing> read =
        switch (venue) {
          case "hyperliquid" -> hyperliquid();
          case "aster" -> aster();
          default ->
              throw new UsageException("--venue is " + venue + ": expected hyperliquid or aster");
        };
    PublicMarket.Listing listing = VenueWait.ofACommand().untilAnswered(read);
    if (json || ProgramPaths.terminalColumns().isEmpty()) {
      System.out.println(object(listing.spot(), listing.perps()));
    } else {
      print("spot", listing.spot());
      print("perp", listing.perps());
    }
    return ExitCode.CLEAN.code();
  }

  private Supplier<PublicMarket.Listing> hyperliquid() {
    if (spotBaseUrl != null) {
      throw new UsageException(
          "--spot-base-url is " + spotBaseUrl + ": Hyperliquid has one host; leave it out");
    }
    String site = url("--base-url", baseUrl == null ? Credentials.MAINNET : baseUrl);
    return () -> PublicClient.listing(site);
  }

  private Supplier<PublicMarket.Listing> aster() {
    String futures = url("--base-url", baseUrl == null ? ASTER_MAINNET : baseUrl);
    String spot =
        url(
            "--spot-base-url",
            spotBaseUrl == null ? futures.replace("://fapi", "://sapi") : spotBaseUrl);
    return () -> AsterMarket.listing(AsterSettings.of(Optional.empty(), futures, spot));
  }

  private static String url(String option, String text) {
    return Credentials.normalUrl(text)
        .orElseThrow(() ->
            new UsageException(option + " is " + text + ": expected " + Credentials.EXPECTED_URL));
  }

  private static ObjectNode object(List<String> spot, List<String> perps) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.set("spot", array(spot));
    object.set("perp", array(perps));
    return object;
  }

  private static ArrayNode array(List<String> names) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    names.forEach(array::add);
    return array;
  }

  private static void print(String title, List<String> names) {
    System.out.println(title + " (" + names.size() + ")");
    int width = GAP + names.stream().mapToInt(String::length).max().orElse(1);
    int across = Math.max(1, ProgramPaths.terminalColumns().orElse(COLUMNS) / width);
    for (int from = 0; from < names.size(); from += across) {
      StringBuilder line = new StringBuilder();
      names
          .subList(from, Math.min(names.size(), from + across))
          .forEach(name -> line.append(name).append(" ".repeat(width - name.length())));
      System.out.println(line.toString().stripTrailing());
    }
  }
}
