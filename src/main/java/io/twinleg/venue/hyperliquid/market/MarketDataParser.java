package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads public bodies and frames. Unknown keys and values are ignored; a body that lacks a required
 * field is empty, never partial.
 */
final class MarketDataParser {
  private MarketDataParser() {}

  /** A book and the venue's time of it: REST and WebSocket have one shape. */
  record TimedBook(Instant time, BookSnapshot book) {}

  static Optional<TimedBook> book(JsonNode data) {
    JsonNode levels = data.path("levels");
    if (!levels.isArray() || levels.size() != 2) {
      return Optional.empty();
    }
    return time(data)
        .flatMap(time ->
            levels(levels.get(0))
                .flatMap(bids ->
                    levels(levels.get(1))
                        .map(asks -> new TimedBook(time, new BookSnapshot(bids, asks)))));
  }

  /** The best level of each side, where there is one: {@code bbo} with null for an empty side. */
  static Optional<TimedBook> bestLevels(JsonNode data) {
    JsonNode best = data.path("bbo");
    if (!best.isArray() || best.size() != 2) {
      return Optional.empty();
    }
    return time(data)
        .flatMap(time ->
            side(best.get(0))
                .flatMap(bids ->
                    side(best.get(1))
                        .map(asks -> new TimedBook(time, new BookSnapshot(bids, asks)))));
  }

  private static Optional<List<PriceLevel>> side(JsonNode level) {
    return level.isNull() ? Optional.of(List.of()) : level(level).map(List::of);
  }

  private static Optional<List<PriceLevel>> levels(JsonNode side) {
    List<PriceLevel> levels = new ArrayList<>();
    for (JsonNode row : side.values()) {
      Optional<PriceLevel> level = level(row);
      if (level.isEmpty()) {
        return Optional.empty();
      }
      level.filter(found -> found.quantity().signum() > 0).ifPresent(levels::add);
    }
    return Optional.of(levels);
  }

  private static Optional<PriceLevel> level(JsonNode level) {
    return price(level.path("px"))
        .flatMap(px -> decimal(level.path("sz")).map(sz -> new PriceLevel(px, new Quantity(sz))));
  }

  static Optional<Price> price(JsonNode text) {
    return decimal(text).filter(value -> value.signum() > 0).map(Price::reference);
  }

  static Optional<BigDecimal> decimal(JsonNode value) {
    try {
      if (value.isNumber()) {
        return Optional.of(value.decimalValue());
      }
      return value.isString() ? Optional.of(new BigDecimal(value.stringValue())) : Optional.empty();
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  static Optional<Instant> time(JsonNode data) {
    JsonNode time = data.path("time");
    return time.isIntegralNumber()
        ? Optional.of(Instant.ofEpochMilli(time.longValue()))
        : Optional.empty();
  }

  /** A row of the funding history, dated to the full hour that it settled. */
  static Optional<FundingHour> fundingHour(JsonNode row) {
    return time(row)
        .flatMap(time ->
            decimal(row.path("fundingRate"))
                .map(rate ->
                    new FundingHour(time.truncatedTo(ChronoUnit.HOURS), Rate.hourly(rate))));
  }
}
