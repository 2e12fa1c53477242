package io.twinleg.stress;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What may go wrong in a simulated world, how often in a hundred days, and for how long at most. A
 * fault without a duration happens at one instant.
 */
public enum FaultKind {
  // the market
  /** The price jumps, and stays. */
  GAP(400, 0),
  /** One book's price is off by up to a fifth for a moment. */
  WICK(600, 3_000),
  /** One side or all of one book or of both is gone. */
  VANISH(600, 8_000),
  /** What rests is worth less than a clip. */
  THIN(200, 600_000),
  /** Large quotes that are withdrawn as soon as an order is filled. */
  SPOOF(300, 3_600_000),
  /** The perp stands far from the spot. */
  BASIS(200, 1_800_000),
  /** Funding turns against the short, or back. */
  FUNDING(1200, 3_600_000),
  /** The price climbs until shorts are in danger. */
  SQUEEZE(30, 2_400_000),

  // the venue
  /** No request is answered and all feeds are silent. */
  OUTAGE(200, 60_000),
  /** Every order is refused for too many requests. */
  RATE_LIMIT(200, 60_000),
  /** Every other order is rejected, for reasons that change. */
  REJECTS(300, 1_800_000),
  /** A trading halt of the coin. */
  HALT(20, 120_000),
  /** The coin is delisted. */
  DELISTING(5, 0),
  /** Part of the short is closed at the mark by the venue. */
  DELEVERAGING(30, 0),
  /** Part of the short is closed in the book by the venue. */
  LIQUIDATION(30, 0),

  // the network
  LOST_REQUESTS(300, 7_200_000),
  LOST_ANSWERS(300, 7_200_000),
  LATE_MESSAGES(300, 10_800_000),
  DOUBLED_MESSAGES(300, 10_800_000),
  /** Book, funding or account: one feed is silent. */
  SILENT_FEED(600, 30_000),

  // the account owner
  /** The owner buys back a part of the short by hand. */
  MANUAL_PERP(30, 0),
  /** The owner trades coins of the same kind. */
  MANUAL_SPOT(100, 0),
  /** The owner leaves an order in the book. */
  FOREIGN_ORDER(100, 0),

  /** The operator stops entries, and resumes later. */
  KILL_SWITCH(200, 0),

  // the machine
  /** The process crashes at one of the next input or output steps. */
  KILL(400, 0),
  /** The process crashes shortly after its next order. */
  KILL_AT_ORDER(500, 0),
  /** The journal cannot be written. */
  DISK_FULL(30, 0),
  /** The machine's wall clock jumps. */
  CLOCK_STEP(200, 0);

  private final long perHundredDays;
  private final long maxMs;

  FaultKind(long perHundredDays, long maxMs) {
    this.perHundredDays = perHundredDays;
    this.maxMs = maxMs;
  }

  /** The kinds are ordered: those of the market first. */
  boolean isOfTheMarket() {
    return compareTo(SQUEEZE) <= 0;
  }

  /** How many in a hundred days. */
  long perHundredDays() {
    return perHundredDays;
  }

  Duration maxDuration() {
    return Duration.ofMillis(maxMs);
  }

  public static List<FaultKind> all() {
    return Arrays.asList(values());
  }
}
