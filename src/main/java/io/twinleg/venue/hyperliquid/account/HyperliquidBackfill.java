package io.twinleg.venue.hyperliquid.account;

import io.twinleg.venue.hyperliquid.order.Deduplicator;
import io.twinleg.venue.hyperliquid.order.EventPublisher;
import io.twinleg.venue.hyperliquid.order.InfoApi;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Requests fills and funding payments from a little before the last known one. Each is published
 * once, so that an overlap is harmless (specification 2.7).
 */
final class HyperliquidBackfill {
  private static final int FILLS_A_PAGE = 2000;
  private static final int ROWS_A_PAGE = 500;
  private static final int MAX_PAGES = 20;

  private final String account;
  private final InfoApi info;
  private final Deduplicator deduplicator;
  private final EventPublisher events;

  HyperliquidBackfill(
      String account, InfoApi info, Deduplicator deduplicator, EventPublisher events) {
    this.account = account;
    this.info = info;
    this.deduplicator = deduplicator;
    this.events = events;
  }

  /** Returns whether anything was new. */
  boolean run() {
    boolean fills = fills();
    boolean payments = payments();
    return fills || payments;
  }

  private boolean fills() {
    boolean any = false;
    Instant from = deduplicator.fillsFrom();
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonNode rows = info.requestSince("userFillsByTime", account, from);
      any |= events.fills(rows);
      if (rows.size() < FILLS_A_PAGE) {
        return any;
      }
      from = EventPublisher.time(rows.get(rows.size() - 1), "time");
    }
    return any;
  }

  private boolean payments() {
    boolean any = false;
    Instant from = deduplicator.paymentsFrom();
    for (int page = 0; page < MAX_PAGES; page++) {
      JsonNode rows = info.requestSince("userFunding", account, from);
      any |= events.payments(rows);
      if (rows.size() < ROWS_A_PAGE) {
        return any;
      }
      from = EventPublisher.time(rows.get(rows.size() - 1), "time");
    }
    return any;
  }
}
