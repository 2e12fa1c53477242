package io.twinleg.simulator.server.hyperliquid;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** How much each address of the net has asked in the last minute, of the 1200 that it may. */
final class RequestWeights {
  static final int A_MINUTE = 1200;
  private static final int ORDERS_A_WEIGHT = 40;
  private static final int ROWS_A_WEIGHT = 20;
  private static final int CANDLES_A_WEIGHT = 60;
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private record Use(long nanos, int weight) {}

  private final LongSupplier nanos;
  private final Map<String, Deque<Use>> uses = new TreeMap<>();

  RequestWeights(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Returns whether so much was left; where it was not, nothing is taken. */
  synchronized boolean take(String who, int weight) {
    Deque<Use> own = uses.computeIfAbsent(who, each -> new ArrayDeque<>());
    long now = nanos.getAsLong();
    while (!own.isEmpty() && now - own.peekFirst().nanos() >= MINUTE_NANOS) {
      own.removeFirst();
    }
    int taken = own.stream().mapToInt(Use::weight).sum();
    if (taken + weight > A_MINUTE) {
      return false;
    }
    own.addLast(new Use(now, weight));
    return true;
  }

  static int ofAction(int elements) {
    return 1 + elements / ORDERS_A_WEIGHT;
  }

  static int ofInfo(String type) {
    return switch (type) {
      case "l2Book",
          "allMids",
          "clearinghouseState",
          "orderStatus",
          "spotClearinghouseState",
          "exchangeStatus" ->
          2;
      case "userRole" -> 60;
      default -> 20;
    };
  }

  /** What a long answer costs beside its question. */
  static int ofRows(String type, int rows) {
    return switch (type) {
      case "candleSnapshot" -> rows / CANDLES_A_WEIGHT;
      case "recentTrades",
          "historicalOrders",
          "userFills",
          "userFillsByTime",
          "fundingHistory",
          "userFunding",
          "userNonFundingLedgerUpdates" ->
          rows / ROWS_A_WEIGHT;
      default -> 0;
    };
  }
}
