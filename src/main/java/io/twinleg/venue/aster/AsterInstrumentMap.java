package io.twinleg.venue.aster;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The instruments of this run, as resolved. */
final class AsterInstrumentMap {
  private final List<Instrument> bound = new CopyOnWriteArrayList<>();

  void bind(Instrument instrument) {
    if (find(instrument.id()).isEmpty()) {
      bound.add(instrument);
    }
  }

  Optional<Instrument> find(InstrumentId id) {
    return bound.stream().filter(instrument -> instrument.id().equals(id)).findFirst();
  }

  Instrument get(InstrumentId id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException(id + " was never resolved"));
  }

  Optional<Instrument> find(Leg leg, String symbol) {
    return bound.stream()
        .filter(instrument -> instrument.leg() == leg && instrument.wireName().equals(symbol))
        .findFirst();
  }

  List<Instrument> all() {
    return List.copyOf(bound);
  }

  List<Instrument> all(Leg leg) {
    return bound.stream().filter(instrument -> instrument.leg() == leg).toList();
  }
}
