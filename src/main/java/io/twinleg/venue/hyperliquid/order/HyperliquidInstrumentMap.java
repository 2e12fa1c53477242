package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.model.InstrumentId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The legs that this run trades, by instrument id and by coin. */
public final class HyperliquidInstrumentMap {
  private final Map<InstrumentId, HyperliquidLegAdapter> byId = new LinkedHashMap<>();

  public synchronized void bind(HyperliquidLegAdapter leg) {
    byId.put(leg.instrument().id(), leg);
  }

  synchronized HyperliquidLegAdapter of(InstrumentId id) {
    HyperliquidLegAdapter leg = byId.get(id);
    if (leg == null) {
      throw new IllegalStateException(id + " is traded before it is resolved");
    }
    return leg;
  }

  public synchronized List<HyperliquidLegAdapter> all() {
    return List.copyOf(byId.values());
  }

  /** Empty for a coin that this run does not trade. */
  public synchronized Optional<HyperliquidLegAdapter> ofCoin(String coin) {
    return byId.values().stream().filter(leg -> leg.coin().equals(coin)).findFirst();
  }
}
