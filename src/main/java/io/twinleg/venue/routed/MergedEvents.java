package io.twinleg.venue.routed;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.EventInbox;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The events of several venues as one stream, each with its venue. The venues take turns. Every
 * clock of theirs runs at one speed; the latest of them dates the run, and never runs back.
 */
final class MergedEvents implements EventSource {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  /** Of a venue that is back, to a question of a start. */
  private record LateAnswer(RoutedBranch branch, Event event) {}

  private final List<RoutedBranch> branches;
  private final Consumer<LogEvent> log;
  private final Semaphore arrivals = new Semaphore(0);
  private final ArrayDeque<LateAnswer> answers = new ArrayDeque<>();
  private Instant lastReceived = Instant.MIN;
  private int turn;

  MergedEvents(List<RoutedBranch> branches, Consumer<LogEvent> log) {
    this.branches = branches;
    this.log = log;
    branches.forEach(branch -> branch.onArrival(arrivals::release));
  }

  /**
   * @throws VenueException where two of our own exchanges run at different speeds
   */
  void requireOneSpeed() {
    List<BigDecimal> speeds =
        branches.stream()
            .flatMap(branch -> branch.inbox().stream())
            .map(EventInbox::speed)
            .distinct()
            .toList();
    if (speeds.size() > 1) {
      throw new VenueException(
          "one venue's clock runs at %s times real time and another's at %s: start both exchanges with one --speed"
              .formatted(speeds.getFirst(), speeds.get(1)),
          false);
    }
  }

  @Override
  public InstantSource clock() {
    return this::now;
  }

  private Instant now() {
    branches.stream()
        .flatMap(branch -> branch.inbox().stream())
        .map(inbox -> inbox.clock().instant())
        .filter(instant -> instant.isAfter(lastReceived))
        .max(Instant::compareTo)
        .ifPresent(latest -> lastReceived = latest);
    return lastReceived;
  }

  @Override
  public Optional<Received> await(Instant until) {
    arrivals.drainPermits();
    Optional<Received> next = next();
    if (next.isEmpty() && now().isBefore(until)) {
      pause(until);
      next = next();
    }
    return next;
  }

  private Optional<Received> next() {
    branches.forEach(this::takeReturn);
    if (!answers.isEmpty()) {
      LateAnswer answer = answers.removeFirst();
      Instant now = now();
      return Optional.of(new Received(now, now, answer.event(), answer.branch().id()));
    }
    for (int i = 0; i < branches.size(); i++) {
      RoutedBranch branch = branches.get(turn);
      turn = (turn + 1) % branches.size();
      Optional<Received> event = branch.inbox().flatMap(EventInbox::poll);
      if (event.isPresent()) {
        return event.map(received -> dated(received, branch));
      }
    }
    return Optional.empty();
  }

  static LogEvent away(RoutedBranch branch, String cause) {
    return LogEvent.warn("venue_away").with("venue", branch.name()).with("cause", cause);
  }

  private void takeReturn(RoutedBranch branch) {
    branch.newFailure().ifPresent(cause -> log.accept(away(branch, cause)));
    List<Event> found = branch.takeReturn().orElse(List.of());
    if (found.isEmpty()) {
      return;
    }
    found.forEach(event -> answers.add(new LateAnswer(branch, event)));
    log.accept(LogEvent.info("venue_back").with("venue", branch.name()));
  }

  private Received dated(Received item, RoutedBranch branch) {
    if (item.receivedTime().isAfter(lastReceived)) {
      lastReceived = item.receivedTime();
    }
    return new Received(item.venueTime(), lastReceived, item.event(), branch.id());
  }

  private void pause(Instant until) {
    Duration shortest =
        branches.stream()
            .flatMap(branch -> branch.inbox().stream())
            .map(inbox -> inbox.longestWait(until))
            .min(Duration::compareTo)
            .orElse(LONGEST_WAIT);
    try {
      var unused = arrivals.tryAcquire(shortest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VenueException("interrupted while waiting for the venues", false);
    }
  }
}
