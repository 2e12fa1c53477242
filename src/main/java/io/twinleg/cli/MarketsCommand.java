package io.twinleg.cli;

import io.twinleg.bootstrap.ProgramPaths;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.bootstrap.VenueWait;
import io.twinleg.config.Credentials;
import io.twinleg.core.model.ExitCode;
import io.twinleg.venue.hyperliquid.HyperliquidListing;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "markets",
    description = "Show all spot and perp markets of a venue.",
    footer = {"", "Example:", "  ./twinleg markets --base-url https://api.hyperliquid-testnet.xyz"})
final class MarketsCommand implements Callable<Integer> {
  private static final int COLUMNS = 80;
  private static final int GAP = 2;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "The venue (default: ${DEFAULT-VALUE}); it is only read.")
  String baseUrl = Credentials.MAINNET;

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Override
  public Integer call() {
    String site =
        Credentials.normalUrl(baseUrl)
            .orElseThrow(() ->
                new UsageException(
                    "--base-url is " + baseUrl + ": expected " + Credentials.EXPECTED_URL));
    Names listing = VenueWait.ofACommand().untilAnswered(() -> names(site));
    if (json || ProgramPaths.terminalColumns().isEmpty()) {
      System.out.println(object(listing.spot(), listing.perps()));
    } else {
      print("spot", listing.spot());
      print("perp", listing.perps());
    }
    return ExitCode.CLEAN.code();
  }

  /** No type of a venue stands in a signature: other commands would load it by reflection. */
  private record Names(List<String> spot, List<String> perps) {}

  private static Names names(String site) {
    HyperliquidListing listing = HyperliquidListing.request(site);
    return new Names(listing.spot(), listing.perps());
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
