package io.twinleg.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Some markets side by side, each in its own time. */
final class SyntheticPairs {
  private final List<SyntheticPair> markets;

  SyntheticPairs(List<SyntheticPair> markets) {
    this.markets = List.copyOf(markets);
  }

  Optional<Instant> nextMove() {
    long next = nextMs();
    return next == PricePath.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
  }

  void move(WorldGateway street) {
    long now = nextMs();
    for (SyntheticPair market : markets) {
      if (market.nextMs() == now) {
        market.move(street, now);
      }
    }
  }

  private long nextMs() {
    long next = PricePath.NEVER;
    for (SyntheticPair market : markets) {
      next = Math.min(next, market.nextMs());
    }
    return next;
  }
}
