package io.twinleg.stress;

import io.twinleg.venue.EventSource;
import io.twinleg.venue.ForwardingVenue;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A venue whose runner may crash before or after each send, and after each event. */
public final class CrashingVenue extends ForwardingVenue {
  private final CrashPoint crashPoint;
  private final TraceBuffer trace;

  public CrashingVenue(Venue venue, CrashPoint crashPoint) {
    this(venue, crashPoint, new TraceBuffer(0));
  }

  CrashingVenue(Venue venue, CrashPoint crashPoint, TraceBuffer trace) {
    super(venue);
    this.crashPoint = crashPoint;
    this.trace = trace;
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    crashPoint.step("before a send");
    commands.forEach(command -> trace.sent(clock().instant(), command.command()));
    super.send(commands);
    crashPoint.step("after a send");
  }

  @Override
  public Optional<EventSource.Received> await(Instant until) {
    Optional<EventSource.Received> received = super.await(until);
    if (received.isPresent()) {
      crashPoint.step("after an event arrived");
      trace.received(received.get());
    }
    return received;
  }
}
