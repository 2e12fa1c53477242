package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.ClockSkew;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.ClockOffset;
import io.twinleg.venue.transport.VenueClock;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

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
    JsonNode status = info.request(Requests.of("exchangeStatus"), InfoClient.CHEAP);
    Instant venue =
        MarketDataParser.time(status)
            .orElseThrow(() ->
                new VenueException(
                    baseUrl + " does not state its time: check that it is the venue", false));
    Optional<BigDecimal> speed =
        isLoopback(baseUrl) ? MarketDataParser.decimal(status.path("speed")) : Optional.empty();
    if (speed.filter(factor -> factor.signum() > 0).isPresent()) {
      return VenueClock.from(venue, speed.get(), System::nanoTime);
    }
    wall.offset().addSample(requested, venue, wall.instant());
    requireSmallOffset(baseUrl, wall.offset());
    return wall;
  }

  private static boolean isLoopback(String baseUrl) {
    return LOOPBACK.contains(String.valueOf(URI.create(baseUrl).getHost()));
  }

  private static void requireSmallOffset(String baseUrl, ClockOffset clockOffset) {
    if (clockOffset.verdict() == ClockSkew.Verdict.NO_RUN) {
      throw new VenueException(
          "this machine's clock is %d s from that of %s: set it right, orders would be refused"
              .formatted(clockOffset.median().orElseThrow().abs().toSeconds(), baseUrl),
          false);
    }
  }
}
