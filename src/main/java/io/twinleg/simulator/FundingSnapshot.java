package io.twinleg.simulator;

import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who held how much of a perp at a full hour, and its oracle price then, until it is paid. */
final class FundingSnapshot {
  /** A rate that comes later than this is of no use to anybody. */
  private static final Duration KEPT = Duration.ofDays(2);

  record Holdings(Price oracle, Map<AccountId, Quantity> sizes) {}

  private final Map<InstrumentId, TreeMap<Instant, Holdings>> hours = new TreeMap<>();

  /** An hour without an oracle price is paid to nobody. */
  void remember(ListedInstrument perp, Instant hour, Collection<Account> accounts) {
    perp.oracle()
        .ifPresent(oracle -> {
          Map<AccountId, Quantity> sizes = new TreeMap<>();
          accounts.forEach(account -> {
            Position position = account.positions().get(perp.id());
            if (position != null && !position.isFlat()) {
              sizes.put(account.id(), position.size());
            }
          });
          TreeMap<Instant, Holdings> kept = hours.computeIfAbsent(perp.id(), id -> new TreeMap<>());
          kept.headMap(hour.minus(KEPT)).clear();
          kept.put(hour, new Holdings(oracle, sizes));
        });
  }

  /** Once: an hour is paid once. */
  Optional<Holdings> take(InstrumentId perp, Instant hour) {
    return Optional.ofNullable(hours.get(perp)).map(kept -> kept.remove(hour));
  }
}
