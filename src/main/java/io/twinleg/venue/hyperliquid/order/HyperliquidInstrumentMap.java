package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.venue.hyperliquid.order.HyperliquidLegAdapter.HyperliquidSpotAdapter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The legs that this run trades, by instrument id and by coin. */
public final class HyperliquidInstrumentMap {
  private final Map<InstrumentId, HyperliquidLegAdapter> byId = new LinkedHashMap<>();
  private final Map<MarketId, Instrument> pinned = new TreeMap<>();

  /** What the journal resolved: it stays so, whatever is listed beside it later. */
  public synchronized void pin(Event.InstrumentsResolved resolved) {
    pinned.put(resolved.market(), resolved.spot());
  }

  public synchronized Optional<Instrument> pinned(MarketId market) {
    return Optional.ofNullable(pinned.get(market));
  }

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

  /** The spot pair of a token, by its name. */
  synchronized Optional<HyperliquidSpotAdapter> ofBase(String token) {
    return byId.values().stream()
        .filter(HyperliquidSpotAdapter.class::isInstance)
        .map(HyperliquidSpotAdapter.class::cast)
        .filter(pair -> pair.baseName().equals(token))
        .findFirst();
  }

  /** Empty for a coin that this run does not trade. */
  public synchronized Optional<HyperliquidLegAdapter> ofCoin(String coin) {
    return byId.values().stream().filter(leg -> leg.coin().equals(coin)).findFirst();
  }
}
