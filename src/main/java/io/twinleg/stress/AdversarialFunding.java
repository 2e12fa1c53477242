package io.twinleg.stress;

import io.twinleg.core.model.Rate;
import io.twinleg.simulator.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The rate of one perp: rich in quiet times, and so poor while a fault turns it that a mean of a
 * week is poor too; the next one turns it back as far.
 */
final class AdversarialFunding {
  private final long seed;
  private final String market;
  private final List<InjectedFault> turns;
  private final long quietE9;

  AdversarialFunding(long seed, String market, List<InjectedFault> turns) {
    this.seed = seed;
    this.market = market;
    this.turns = turns;
    quietE9 = SeededRandom.of(seed, market + " funding").between(30_000, 90_000);
  }

  Rate at(Instant now) {
    long e9 = quietE9 + noise(now.getEpochSecond() / 3600);
    for (int i = 0; i < turns.size(); i++) {
      if (turns.get(i).isOn(now)) {
        return AdversarialPair.rate(i % 2 == 0 ? -turn(i) : turn(i));
      }
    }
    return AdversarialPair.rate(e9);
  }

  private long turn(int index) {
    return turns.get(index - index % 2).dice(seed).between(8_000_000, 20_000_000);
  }

  Rate before(int hoursAgo) {
    return AdversarialPair.rate(quietE9 + noise(-hoursAgo));
  }

  private long noise(long hour) {
    return SeededRandom.of(seed, market + " rates", hour).bell(10_000);
  }

  /** What an hour settles at is what was shown just before it ended. */
  Rate settled(Instant hour) {
    return at(hour.minus(Duration.ofMillis(1)));
  }
}
