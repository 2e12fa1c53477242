package io.hypercarry.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Some markets side by side, each in its own time. */
final class CrowdMarkets {
  private final List<CrowdMarket> markets;

  CrowdMarkets(List<CrowdMarket> markets) {
    this.markets = List.copyOf(markets);
  }

  Optional<Instant> nextMove() {
    long next = nextMs();
    return next == CrowdPath.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
  }

  void move(Street street) {
    long now = nextMs();
    for (CrowdMarket market : markets) {
      if (market.nextMs() == now) {
        market.move(street, now);
      }
    }
  }

  private long nextMs() {
    long next = CrowdPath.NEVER;
    for (CrowdMarket market : markets) {
      next = Math.min(next, market.nextMs());
    }
    return next;
  }
}
