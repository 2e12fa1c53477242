package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClockSkew;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.ClockOffset;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.ServerTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Which clock a run lives by, and how far Aster's is from it. Our own exchange may run faster than
 * the world and says so; a run there lives by its clock, and nobody judges the difference.
 */
final class AsterClockSync {
  private final VenueClock clock;
  private final boolean atWallPace;
  private final ClockOffset offset = new ClockOffset();

  private AsterClockSync(VenueClock clock, boolean atWallPace) {
    this.clock = clock;
    this.atWallPace = atWallPace;
  }

  /** For a question that is asked before there is a clock, and that nobody stamps. */
  static AsterClockSync unknown() {
    return new AsterClockSync(VenueClock.wall(), true);
  }

  /**
   * @param wall our clock, and what it showed when the venue was {@code asked}
   * @throws VenueException where this machine's clock is too far off for any run
   */
  static AsterClockSync of(VenueClock wall, Instant asked, ServerTime told) {
    Instant venue = Instant.ofEpochMilli(told.time());
    if (told.speed().compareTo(BigDecimal.ONE) != 0) {
      return new AsterClockSync(VenueClock.from(venue, told.speed(), System::nanoTime), false);
    }
    AsterClockSync time = new AsterClockSync(wall, true);
    time.offset.addSample(asked, venue, wall.instant());
    time.requireSmallOffset();
    return time;
  }

  private void requireSmallOffset() {
    if (offset.verdict() == ClockSkew.Verdict.NO_RUN) {
      Duration ahead = offset.newest().negated();
      throw new VenueException(
          "this machine's clock is %d s %s Aster's: set it by NTP and start again"
              .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"),
          false);
    }
  }

  VenueClock clock() {
    return clock;
  }

  /** Another look at the venue's clock. */
  void update(Instant asked, ServerTime told, Consumer<Event> news) {
    Instant venue = Instant.ofEpochMilli(told.time());
    offset.update(asked, venue, clock.instant()).filter(fact -> atWallPace).ifPresent(news);
  }

  /** While it is no, nothing that the venue tells is a reason to enter. */
  boolean agrees() {
    return !atWallPace || !offset.forbidsEntries();
  }

  /** The venue's own time, as far as it is known: what it judges a stamp by. */
  long millis() {
    return clock.instant().plus(offset.newest()).toEpochMilli();
  }
}
