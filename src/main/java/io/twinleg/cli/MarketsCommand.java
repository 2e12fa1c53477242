package io.twinleg.cli;

import io.twinleg.bootstrap.UsageException;
import io.twinleg.bootstrap.VenueWait;
import io.twinleg.config.Credentials;
import io.twinleg.config.Redaction;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.Rate;
import io.twinleg.venue.PublicMarket;
import io.twinleg.venue.aster.AsterMarket;
import io.twinleg.venue.aster.AsterSettings;
import io.twinleg.venue.hyperliquid.market.ListingClient;
import java.math.BigDecimal;
import java.math.RoundingMode;
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
    description =
        "Show all spot and perp markets of a venue: price and yearly funding (of Hyperliquid),"
            + " tick, size step.",
    footer = {
      "",
      "Examples:",
      "  ./twinleg markets --base-url https://api.hyperliquid-testnet.xyz",
      "  ./twinleg markets --venue aster"
    })
final class MarketsCommand implements Callable<Integer> {
  private static final String UNKNOWN = "-";
  private static final String FORM = "%-20s %14s %16s %12s %12s%n";
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

  @Option(names = "--json", description = "One JSON object, of the names.")
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
    if (json) {
      System.out.println(object(listing));
    } else {
      print("spot", listing.spot());
      System.out.println();
      print("perp", listing.perps());
    }
    return ExitCode.CLEAN.code();
  }

  private Supplier<PublicMarket.Listing> hyperliquid() {
    if (spotBaseUrl != null) {
      throw new UsageException(
          "--spot-base-url is "
              + Redaction.of(spotBaseUrl)
              + ": Hyperliquid has one host; leave it out");
    }
    String site = url("--base-url", baseUrl == null ? Credentials.MAINNET : baseUrl);
    return () -> ListingClient.request(site, !json);
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
            new UsageException(
                option + " is " + Redaction.of(text) + ": expected " + Credentials.EXPECTED_URL));
  }

  private static ObjectNode object(PublicMarket.Listing listing) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.set("spot", names(listing.spot()));
    object.set("perp", names(listing.perps()));
    return object;
  }

  private static ArrayNode names(List<PublicMarket.Listing.Row> rows) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    rows.forEach(row -> array.add(row.name()));
    return array;
  }

  private static void print(String title, List<PublicMarket.Listing.Row> rows) {
    System.out.printf(
        FORM, title + " (" + rows.size() + ")", "price", "funding a year", "tick", "size step");
    for (PublicMarket.Listing.Row row : rows) {
      BigDecimal funding = row.hourlyFunding();
      System.out.printf(
          FORM,
          row.name(),
          text(row.price()),
          funding == null ? UNKNOWN : yearly(funding),
          text(row.tick()),
          row.sizeStep().toPlainString());
    }
  }

  /** What is not known is a dash. */
  private static String text(@Nullable BigDecimal value) {
    return value == null ? UNKNOWN : value.toPlainString();
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
