package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClockSkew;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.hyperliquid.market.ExchangeStatus;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Chooses the clock of a run and measures the venue's offset from it. */
final class HyperliquidClockSync {
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

  private final InfoClient info;

  HyperliquidClockSync(InfoClient info) {
    this.info = info;
  }

  /**
   * A simulated exchange may run faster than real time and states its speed: a run there uses the
   * exchange's clock. Any other run uses the wall clock, which must be close to the venue's.
   */
  VenueClock clock(String baseUrl) {
    VenueClock wall = VenueClock.wall();
    Instant requested = wall.instant();
    ExchangeStatus status = status();
    Instant venue = Instant.ofEpochMilli(status.time());
    Optional<BigDecimal> speed =
        isLoopback(baseUrl) ? status.speed().map(BigDecimal::valueOf) : Optional.empty();
    if (speed.filter(factor -> factor.signum() > 0).isPresent()) {
      return VenueClock.from(venue, speed.get(), System::nanoTime);
    }
    wall.offset().addSample(requested, venue, wall.instant());
    return wall;
  }

  /**
   * Measures the offset once more, and as often as it takes to be certain. Returns an event where
   * it means something for the run, other than it did before.
   *
   * @throws VenueException where no run is possible with it
   */
  Optional<Event> measure(String baseUrl, VenueClock clock) {
    Optional<Event> event = Optional.empty();
    do {
      Instant requested = clock.instant();
      Instant venue = Instant.ofEpochMilli(status().time());
      Optional<Event> changed = clock.offset().update(requested, venue, clock.instant());
      event = changed.isPresent() ? changed : event;
    } while (!clock.offset().isCertain());
    if (clock.offset().verdict() == ClockSkew.Verdict.NO_RUN) {
      throw new VenueException(
          "this machine's clock is %d s from that of %s: set it right, orders would be refused"
              .formatted(clock.offset().median().orElseThrow().abs().toSeconds(), baseUrl),
          false);
    }
    return event;
  }

  private ExchangeStatus status() {
    return info.request(Requests.of("exchangeStatus"), ExchangeStatus::read);
  }

  private static boolean isLoopback(String baseUrl) {
    return LOOPBACK.contains(String.valueOf(URI.create(baseUrl).getHost()));
  }
}
