package io.twinleg.venue.aster;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.transport.VenueClock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * While an order of ours rests on futures, the venue is told again and again that we live; when it
 * hears nothing for two minutes it cancels what rests in that symbol. Spot has no such switch.
 */
final class AsterDeadMansSwitch {
  private static final Duration BEAT = Duration.ofSeconds(30);
  private static final Duration COUNTDOWN = Duration.ofMinutes(2);

  private final VenueExecutor door;
  private final AsterPerpAdapter perp;
  private final AsterOrderClient orders;
  private final AsterInstrumentMap pins;
  private final Set<InstrumentId> armed = new TreeSet<>();

  AsterDeadMansSwitch(
      VenueExecutor door, AsterPerpAdapter perp, AsterOrderClient orders, AsterInstrumentMap pins) {
    this.door = door;
    this.perp = perp;
    this.orders = orders;
    this.pins = pins;
  }

  void start(VenueClock clock) {
    door.every(clock.realTime(BEAT), this::beat);
  }

  private void beat() {
    for (Instrument instrument : pins.all(Leg.PERP)) {
      if (orders.rests(instrument)) {
        armed.add(instrument.id());
        say(instrument, COUNTDOWN);
      } else if (armed.remove(instrument.id())) {
        say(instrument, Duration.ZERO);
      }
    }
  }

  private void say(Instrument instrument, Duration time) {
    door.ask(() -> perp.countdown(instrument.wireName(), time), answer -> {}, fault -> {});
  }
}
