package io.twinleg.cli;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.bootstrap.VenueWait;
import io.twinleg.config.Credentials;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.Rate;
import io.twinleg.venue.hyperliquid.HyperliquidListing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "markets",
    description = "Show all spot and perp markets of a venue, with price, funding and steps.",
    footer = {"", "Example:", "  ./twinleg markets --base-url https://api.hyperliquid-testnet.xyz"})
final class MarketsCommand implements Callable<Integer> {
  private static final String UNKNOWN = "-";
  private static final String FORM = "%-20s %14s %16s %12s %12s%n";

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "The venue (default: ${DEFAULT-VALUE}); it is only read.")
  String baseUrl = Credentials.MAINNET;

  @Option(names = "--json", description = "One JSON object, of the names.")
  boolean json;

  @Override
  public Integer call() {
    String site =
        Credentials.normalUrl(baseUrl)
            .orElseThrow(() ->
                new UsageException(
                    "--base-url is " + baseUrl + ": expected " + Credentials.EXPECTED_URL));
    Listed listing = VenueWait.ofACommand().untilAnswered(() -> listed(site, !json));
    if (json) {
      System.out.println(object(names(listing.spot()), names(listing.perps())));
    } else {
      print("spot", listing.spot());
      System.out.println();
      print("perp", listing.perps());
    }
    return ExitCode.CLEAN.code();
  }

  /** No type of a venue stands in a signature: other commands would load it by reflection. */
  private record Listed(List<Line> spot, List<Line> perps) {}

  /** One market, as it is shown; what is not known is a dash. */
  private record Line(String name, String price, String funding, String tick, String sizeStep) {}

  private static Listed listed(String site, boolean withPrices) {
    return VenueTable.listed(site, withPrices);
  }

  /** Apart, for the same reason. */
  private static final class VenueTable {
    private static Listed listed(String site, boolean withPrices) {
      HyperliquidListing listing = HyperliquidListing.request(site, withPrices);
      return new Listed(lines(listing.spot()), lines(listing.perps()));
    }

    private static List<Line> lines(List<HyperliquidListing.Row> rows) {
      return rows.stream()
          .map(row ->
              new Line(
                  row.name(),
                  Optional.ofNullable(row.price()).map(BigDecimal::toPlainString).orElse(UNKNOWN),
                  Optional.ofNullable(row.funding()).map(VenueTable::yearly).orElse(UNKNOWN),
                  row.tick().map(Object::toString).orElse(UNKNOWN),
                  BigDecimal.ONE.movePointLeft(row.sizeDecimals()).toPlainString()))
          .toList();
    }

    private static String yearly(BigDecimal hourly) {
      return hourly
              .multiply(BigDecimal.valueOf(Rate.HOURS_A_YEAR))
              .movePointRight(2)
              .setScale(2, RoundingMode.HALF_EVEN)
              .toPlainString()
          + " %";
    }
  }

  private static List<String> names(List<Line> lines) {
    return lines.stream().map(Line::name).toList();
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

  private static void print(String title, List<Line> lines) {
    System.out.printf(
        FORM, title + " (" + lines.size() + ")", "price", "funding a year", "tick", "size step");
    lines.forEach(line ->
        System.out.printf(
            FORM, line.name(), line.price(), line.funding(), line.tick(), line.sizeStep()));
  }
}
