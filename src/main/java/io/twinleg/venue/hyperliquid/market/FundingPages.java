package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The settled hours of a perp, page by page: a page has at most 500 rows. */
final class FundingPages {
  private static final int PAGE = 500;
  private static final int ROWS_A_WEIGHT = 20;

  private final InfoClient info;

  FundingPages(InfoClient info) {
    this.info = info;
  }

  /** What asking for so many hours weighs. */
  static int weight(int hours) {
    return InfoClient.USUAL + 1 + Math.min(PAGE, hours) / ROWS_A_WEIGHT;
  }

  /** The newest {@code hours}, oldest first; a missing hour is absent. */
  List<FundingHour> newest(Instrument perp, int hours, Instant now) {
    Instant from = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours));
    Map<Instant, FundingHour> found = new TreeMap<>();
    boolean more = true;
    while (more) {
      JsonNode page = info.request(Requests.fundingHistory(perp.wireName(), from), weight(hours));
      Instant next = from;
      for (JsonNode row : page.values()) {
        next =
            MarketDataParser.time(row)
                .map(time -> time.plusMillis(1))
                .filter(from::isBefore)
                .orElse(next);
        MarketDataParser.fundingHour(row).ifPresent(hour -> found.putIfAbsent(hour.hour(), hour));
      }
      more = page.size() >= PAGE && next.isAfter(from);
      from = next;
    }
    List<FundingHour> all = new ArrayList<>(found.values());
    return List.copyOf(all.subList(Math.max(0, all.size() - hours), all.size()));
  }
}
