package io.twinleg.simulator;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that is traded here. */
final class Listings {
  private final List<Instrument> instruments;
  private final Map<InstrumentId, ListedInstrument> byId = new TreeMap<>();

  Listings(List<Instrument> instruments) {
    this.instruments = List.copyOf(instruments);
    for (Instrument instrument : instruments) {
      if (byId.put(instrument.id(), new ListedInstrument(instrument)) != null) {
        throw new IllegalArgumentException(instrument.id() + " is listed twice");
      }
    }
  }

  List<Instrument> instruments() {
    return instruments;
  }

  ListedInstrument get(InstrumentId id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException(id + " is not traded here"));
  }

  Optional<ListedInstrument> find(InstrumentId id) {
    return Optional.ofNullable(byId.get(id));
  }

  Collection<ListedInstrument> all() {
    return byId.values();
  }

  List<ListedInstrument> perps() {
    return byId.values().stream().filter(ListedInstrument::isPerp).toList();
  }
}
