package io.twinleg.wire.hyperliquid.market;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One coin of {@code predictedFundings}: each venue's rate for its own interval. */
public record PredictedFunding(String coin, List<Venue> venues) {
  public PredictedFunding {
    venues = List.copyOf(venues);
  }

  /** Nothing but a name where the venue does not list the coin. */
  public record Venue(String name, Optional<Estimate> estimate) {
    static Venue read(JsonNode pair) {
      JsonNode body = pair.path(1);
      return new Venue(
          pair.path(0).asString(""),
          body.isObject() ? Optional.of(Estimate.read(body)) : Optional.empty());
    }

    ArrayNode json() {
      ArrayNode pair = HyperliquidJson.array().add(name);
      return estimate.map(body -> pair.add(body.json())).orElseGet(pair::addNull);
    }
  }

  public record Estimate(BigDecimal rate, long nextTime, Optional<Long> intervalHours) {
    static Estimate read(JsonNode node) {
      return new Estimate(
          LenientJson.decimal(node, "fundingRate"),
          LenientJson.number(node, "nextFundingTime"),
          LenientJson.optionalNumber(node, "fundingIntervalHours"));
    }

    ObjectNode json() {
      ObjectNode node = HyperliquidJson.object();
      LenientJson.put(node, "fundingRate", rate);
      node.put("nextFundingTime", nextTime);
      intervalHours.ifPresent(hours -> node.put("fundingIntervalHours", hours));
      return node;
    }
  }

  /** This venue's own estimate, for one hour. */
  public Optional<Estimate> own() {
    return venues.stream()
        .filter(venue -> venue.name.equals("HlPerp"))
        .findFirst()
        .flatMap(Venue::estimate);
  }

  public static PredictedFunding read(JsonNode pair) {
    return new PredictedFunding(
        pair.path(0).asString(""), LenientJson.list(pair.path(1), Venue::read));
  }

  public ArrayNode json() {
    return HyperliquidJson.array().add(coin).add(LenientJson.array(venues, Venue::json));
  }
}
