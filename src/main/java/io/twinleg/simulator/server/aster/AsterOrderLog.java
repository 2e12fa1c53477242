package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import io.twinleg.wire.aster.request.NewOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The orders that came in through this face, of those that are over the newest. The exchange knows
 * them by a name of 16 bytes that is made here, since the venue's clients name theirs with any 36
 * letters and may use one name again.
 */
final class AsterOrderLog {
  private static final long FIRST = 450_000_000L;
  private static final int KEPT = 10_000;

  private final Map<ClientOrderId, AsterOrderRecord> byName = new TreeMap<>();
  private final Map<Long, AsterOrderRecord> byId = new TreeMap<>();
  private long last = FIRST;

  AsterOrderRecord open(AccountId account, NewOrder terms, String nonce, long now) {
    long id = ++last;
    ClientOrderId name = new ClientOrderId(String.format("0x%032x", id));
    AsterOrderRecord placed = new AsterOrderRecord(id, account, name, terms, nonce, now);
    byName.put(name, placed);
    byId.put(id, placed);
    if (byId.size() > KEPT) {
      byId.values().stream().filter(old -> !old.isOpen()).findFirst().ifPresent(this::forget);
    }
    return placed;
  }

  /** The exchange took it not: it never was. */
  void forget(AsterOrderRecord placed) {
    byName.remove(placed.name());
    byId.remove(placed.id());
  }

  Optional<AsterOrderRecord> find(ClientOrderId name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** By the id or by the client's name, of which the newest counts. */
  Optional<AsterOrderRecord> find(
      AccountId account, Leg leg, String symbol, Predicate<AsterOrderRecord> which) {
    List<AsterOrderRecord> found =
        all(account, placed -> placed.isOf(leg, symbol) && which.test(placed));
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
  }

  /** Oldest first. */
  List<AsterOrderRecord> all(AccountId account, Predicate<AsterOrderRecord> which) {
    List<AsterOrderRecord> found = new ArrayList<>();
    for (AsterOrderRecord placed : byId.values()) {
      if (placed.account().equals(account) && which.test(placed)) {
        found.add(placed);
      }
    }
    return found;
  }
}
