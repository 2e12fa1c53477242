package io.twinleg.venue.routed;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.RoutedExecution;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Several live venues as one. A start needs one of them: another that does not answer is opened in
 * the background, and its events begin when it has answered all that a start asks.
 */
public final class RoutedVenue implements Venue {
  /** How long a start with one venue waits for the others. */
  public static final Duration STANDARD_WAIT = Duration.ofSeconds(15);

  private final TreeMap<VenueId, RoutedBranch> branches = new TreeMap<>();
  private final Consumer<LogEvent> log;
  private final MergedEvents events;
  private final ExecutionClient execution;
  private final DataClient data = new RoutedData();

  private RoutedVenue(Map<VenueId, BranchOpening> openings, Consumer<LogEvent> log) {
    this.log = log;
    Object opened = new Object();
    openings.forEach((id, opening) -> branches.put(id, new RoutedBranch(id, opening, opened)));
    events = new MergedEvents(List.copyOf(branches.values()), log);
    execution = new Execution(branches);
  }

  /**
   * Opens all of them at once.
   *
   * @param wait for the others, once one is open
   * @param log for what an operator has to know of one that is away; called on the reader's thread
   * @throws VenueException when none can be asked, or what a person has to mend was found at one
   */
  public static RoutedVenue open(
      Map<VenueId, BranchOpening> openings, Duration wait, Consumer<LogEvent> log) {
    RoutedVenue venue = new RoutedVenue(openings, log);
    try {
      venue.branches.values().forEach(RoutedBranch::begin);
      venue.awaitOpening(wait);
      return venue;
    } catch (RuntimeException refused) {
      venue.close();
      throw refused;
    }
  }

  private void awaitOpening(Duration wait) {
    RoutedBranch.awaitAny(branches.values());
    long latest = System.nanoTime() + wait.toNanos();
    for (RoutedBranch branch : branches.values()) {
      branch.awaitDecided(Math.max(1, TimeUnit.NANOSECONDS.toMillis(latest - System.nanoTime())));
    }
    for (RoutedBranch branch : branches.values()) {
      branch
          .failure()
          .filter(failure -> !RoutedBranch.isRetryable(failure))
          .ifPresent(failure -> {
            throw failure;
          });
    }
    if (branches.values().stream().noneMatch(RoutedBranch::isOpen)) {
      throw branches.values().stream()
          .flatMap(branch -> branch.failure().stream())
          .findFirst()
          .orElseGet(() -> new VenueException("no venue has answered", true));
    }
    events.requireOneSpeed();
  }

  private RoutedBranch branch(VenueId venue) {
    return Objects.requireNonNull(branches.get(venue), () -> "no account is at " + venue);
  }

  @Override
  public DataClient marketData() {
    return data;
  }

  @Override
  public ExecutionClient trading() {
    return execution;
  }

  @Override
  public EventSource events() {
    return events;
  }

  @Override
  public void close() {
    branches.values().forEach(RoutedBranch::close);
  }

  private final class Execution extends RoutedExecution {
    private Execution(Map<VenueId, ? extends ExecutionClient> clients) {
      super(clients);
    }

    @Override
    public void startWithout(VenueId venue, VenueException cause) {
      branch(venue).leave(cause);
      if (branches.values().stream().noneMatch(RoutedBranch::isOpen)) {
        throw cause;
      }
      log.accept(MergedEvents.away(branch(venue), String.valueOf(cause.getMessage())));
    }
  }

  private final class RoutedData implements DataClient {
    @Override
    public Pair resolve(MarketSymbols symbols) {
      return at(symbols.market().venue()).resolve(symbols);
    }

    @Override
    public List<FundingHour> fundingHistory(Instrument perp, int hours) {
      return at(perp.id().market().venue()).fundingHistory(perp, hours);
    }

    @Override
    public void subscribe(Instrument instrument, Usd clip) {
      at(instrument.id().market().venue()).subscribe(instrument, clip);
    }

    private DataClient at(VenueId venue) {
      return branch(venue);
    }
  }
}
