package io.hypercarry.venue.hyperliquid;

import io.hypercarry.core.model.InstrumentId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The legs that this run trades, by their name here and by their name on the wire. */
final class Legs {
  private final Map<InstrumentId, LegAdapter> byId = new LinkedHashMap<>();

  synchronized void pin(LegAdapter leg) {
    byId.put(leg.instrument().id(), leg);
  }

  synchronized LegAdapter of(InstrumentId id) {
    LegAdapter leg = byId.get(id);
    if (leg == null) {
      throw new IllegalStateException(id + " is traded before it is pinned");
    }
    return leg;
  }

  synchronized List<LegAdapter> all() {
    return List.copyOf(byId.values());
  }

  /** Empty for a coin that somebody else trades on this account. */
  synchronized Optional<LegAdapter> ofCoin(String coin) {
    return byId.values().stream().filter(leg -> leg.coin().equals(coin)).findFirst();
  }
}
