package io.twinleg.venue.hyperliquid.account;

import io.twinleg.venue.hyperliquid.order.Deduplicator;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.InfoApi;
import java.time.Instant;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Requests fills and funding payments from a little before the last known one. Each is published
 * once, so that an overlap is harmless (specification 2.7).
 */
final class HyperliquidBackfill {
  private static final int FILLS_A_PAGE = 2000;
  private static final int ROWS_A_PAGE = 500;
  private static final int MAX_PAGES = 20;

  /**
   * @param isNew whether anything was published
   * @param areFillsClean whether every fill of ours could be read, {@code isClean} every row
   */
  record Result(boolean isNew, boolean areFillsClean, boolean isClean) {}

  private final String account;
  private final Deduplicator deduplicator;
  private final EventPublisher events;

  HyperliquidBackfill(String account, Deduplicator deduplicator, EventPublisher events) {
    this.account = account;
    this.deduplicator = deduplicator;
    this.events = events;
  }

  /**
   * @throws io.twinleg.venue.VenueException when there is no response
   * @throws io.twinleg.wire.MalformedMessage when a page is no list
   */
  Result run(InfoApi info) {
    Result fills =
        pages(info, "userFillsByTime", deduplicator.fillsFrom(), FILLS_A_PAGE, events::fills);
    Result payments =
        pages(info, "userFunding", deduplicator.paymentsFrom(), ROWS_A_PAGE, events::payments);
    return new Result(
        fills.isNew() || payments.isNew(), fills.isClean(), fills.isClean() && payments.isClean());
  }

  private Result pages(
      InfoApi info,
      String type,
      Instant from,
      int rowsAPage,
      Function<JsonNode, EventPublisher.Read> reader) {
    boolean isNew = false;
    boolean isClean = true;
    Instant next = from;
    for (int page = 0; page < MAX_PAGES; page++) {
      EventPublisher.Read read = reader.apply(info.requestSince(type, account, next));
      isNew |= read.isNew();
      isClean &= read.isClean();
      Instant newest = Instant.ofEpochMilli(read.newest().orElse(next.toEpochMilli()));
      if (read.size() < rowsAPage || !newest.isAfter(next)) {
        break;
      }
      next = newest;
    }
    return new Result(isNew, isClean, isClean);
  }
}
