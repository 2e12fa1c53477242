package io.twinleg.venue.hyperliquid;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Asks for fills and payments that nobody heard, from a little before the last one that is known:
 * each is told once, so asking for too much does no harm (specification 2.7).
 */
final class HyperliquidBackfill {
  private static final int FILLS_A_PAGE = 2000;
  private static final int ROWS_A_PAGE = 500;
  private static final int MOST_PAGES = 20;

  private final String account;
  private final InfoApi info;
  private final Deduplicator told;
  private final EventPublisher desk;

  HyperliquidBackfill(String account, InfoApi info, Deduplicator told, EventPublisher desk) {
    this.account = account;
    this.info = info;
    this.told = told;
    this.desk = desk;
  }

  /** Returns whether there was anything new. */
  boolean tell() {
    boolean fills = fills();
    boolean payments = payments();
    return fills || payments;
  }

  private boolean fills() {
    boolean any = false;
    Instant from = told.fillsFrom();
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode rows = info.since("userFillsByTime", account, from);
      any |= desk.fills(rows);
      if (rows.size() < FILLS_A_PAGE) {
        return any;
      }
      from = EventPublisher.time(rows.get(rows.size() - 1), "time");
    }
    return any;
  }

  private boolean payments() {
    boolean any = false;
    Instant from = told.paymentsFrom();
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode rows = info.since("userFunding", account, from);
      any |= desk.payments(rows);
      if (rows.size() < ROWS_A_PAGE) {
        return any;
      }
      from = EventPublisher.time(rows.get(rows.size() - 1), "time");
    }
    return any;
  }
}
