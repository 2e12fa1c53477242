package io.twinleg.venue.aster;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.VenueClock;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * While an order of ours rests on futures, the venue's countdown is restarted regularly; when it
 * runs out after two minutes, the venue cancels what rests in that symbol. Spot has no such switch.
 */
final class AsterDeadMansSwitch {
  private static final Duration REFRESH_EVERY = Duration.ofSeconds(30);
  private static final Duration COUNTDOWN = Duration.ofMinutes(2);

  private final VenueExecutor executor;
  private final AsterPerpAdapter perp;
  private final AsterOrders orders;
  private final AsterInstrumentMap instruments;
  private final Set<InstrumentId> armed = new TreeSet<>();

  AsterDeadMansSwitch(
      VenueExecutor executor,
      AsterPerpAdapter perp,
      AsterOrders orders,
      AsterInstrumentMap instruments) {
    this.executor = executor;
    this.perp = perp;
    this.orders = orders;
    this.instruments = instruments;
  }

  void start(VenueClock clock) {
    executor.repeat(clock.realTime(REFRESH_EVERY), this::refresh);
  }

  private void refresh() {
    for (Instrument instrument : instruments.all(Leg.PERP)) {
      if (orders.rests(instrument)) {
        armed.add(instrument.id());
        sendCountdown(instrument, COUNTDOWN);
      } else if (armed.remove(instrument.id())) {
        sendCountdown(instrument, Duration.ZERO);
      }
    }
  }

  private void sendCountdown(Instrument instrument, Duration time) {
    executor.request(
        VenueExecutor.Lane.QUESTIONS,
        () -> perp.countdown(instrument.wireName(), time),
        answer -> {},
        fault -> {});
  }
}
