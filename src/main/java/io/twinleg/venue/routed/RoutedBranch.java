package io.twinleg.venue.routed;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Usd;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.LiveVenue;
import io.twinleg.wire.MalformedMessage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One venue of several. It is open, or away: then it can be asked nothing, what is sent to it is
 * dropped, and a thread opens it again with pauses that grow.
 */
final class RoutedBranch implements ExecutionClient, DataClient {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A venue that has answered all that a start asks, for the reader to take. */
  record Return(LiveVenue venue, List<Event> answers) {}

  private final VenueId id;
  private final BranchOpening opening;

  /** Guards what follows in all branches of one venue. */
  private final Object lock;

  private @Nullable Thread opener;
  private @Nullable LiveVenue opened;
  private @Nullable RuntimeException failure;
  private @Nullable String loggedFailure;
  private @Nullable Return returned;
  private Runnable onReturn = () -> {};
  private boolean startedWithout;
  private boolean closed;

  RoutedBranch(VenueId id, BranchOpening opening, Object lock) {
    this.id = id;
    this.opening = opening;
    this.lock = lock;
  }

  VenueId id() {
    return id;
  }

  String name() {
    return opening.name();
  }

  static boolean isRetryable(RuntimeException failure) {
    return failure instanceof MalformedMessage
        || (failure instanceof VenueException venue && venue.isRetryable());
  }

  // ---- the start

  /** Opens it on a thread of its own. */
  void begin() {
    begin(Duration.ZERO);
  }

  private void begin(Duration after) {
    synchronized (lock) {
      Thread thread =
          new Thread(() -> open(after), "venue-opening" + (id.isFirst() ? "" : "-" + id));
      thread.setDaemon(true);
      opener = thread;
      thread.start();
    }
  }

  private void open(Duration after) {
    Duration pause = after;
    while (sleep(pause)) {
      LiveVenue venue = null;
      try {
        venue = opening.open();
        if (isOpenedForStart(venue)) {
          return;
        }
        bringBack(new Return(venue, opening.answers(venue)));
        return;
      } catch (RuntimeException unanswered) {
        if (venue != null) {
          venue.close();
        }
        if (hasFailedAtStart(unanswered)) {
          return;
        }
      }
      Duration doubled = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException closed) {
      return false;
    }
  }

  /** One that is opened after the run has begun without it has questions to answer first. */
  private boolean isOpenedForStart(LiveVenue venue) {
    synchronized (lock) {
      if (closed) {
        venue.close();
        return true;
      }
      if (startedWithout) {
        return false;
      }
      opened = venue;
      venue.events().onArrival(onReturn);
      lock.notifyAll();
      return true;
    }
  }

  /** The start decides what becomes of it: it ends, or goes on without this venue. */
  private boolean hasFailedAtStart(RuntimeException unanswered) {
    synchronized (lock) {
      failure = unanswered;
      lock.notifyAll();
      return closed || !startedWithout;
    }
  }

  private void bringBack(Return venue) {
    synchronized (lock) {
      if (closed) {
        venue.venue().close();
        return;
      }
      returned = venue;
    }
    onReturn.run();
  }

  /** Waits until one is open or all have failed. */
  static void awaitAny(Collection<RoutedBranch> branches) {
    Object lock = branches.iterator().next().lock;
    synchronized (lock) {
      while (branches.stream().noneMatch(RoutedBranch::isOpen)
          && !branches.stream().allMatch(RoutedBranch::isDecided)) {
        pause(lock, 0);
      }
    }
  }

  /** Waits at most so long until it is open or has failed. */
  void awaitDecided(long millis) {
    long latest = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    synchronized (lock) {
      while (!isDecided() && System.nanoTime() < latest) {
        pause(lock, Math.max(1, Duration.ofNanos(latest - System.nanoTime()).toMillis()));
      }
    }
  }

  /** An early wake-up is harmless: the callers look again. */
  @SuppressWarnings("WaitNotInLoop")
  private static void pause(Object lock, long millis) {
    try {
      lock.wait(millis);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new VenueException("interrupted while waiting for the venues", true);
    }
  }

  boolean isOpen() {
    synchronized (lock) {
      return opened != null;
    }
  }

  private boolean isDecided() {
    synchronized (lock) {
      return opened != null || failure != null;
    }
  }

  Optional<RuntimeException> failure() {
    synchronized (lock) {
      return opened != null ? Optional.empty() : Optional.ofNullable(failure);
    }
  }

  // ---- away, and back

  /** The run begins without it. */
  void leave(VenueException cause) {
    synchronized (lock) {
      loggedFailure = String.valueOf(cause.getMessage());
      LiveVenue venue = opened;
      opened = null;
      startedWithout = true;
      boolean isStillOpening = venue == null && failure == null;
      if (venue != null) {
        venue.close();
      }
      if (!isStillOpening) {
        begin(FIRST_PAUSE);
      }
    }
  }

  /** Why it is away, where that has changed since this was last asked. */
  Optional<String> newFailure() {
    synchronized (lock) {
      String now = failure == null ? null : String.valueOf(failure.getMessage());
      if (opened != null || !startedWithout || now == null || now.equals(loggedFailure)) {
        return Optional.empty();
      }
      loggedFailure = now;
      return Optional.of(now);
    }
  }

  /** The queue of one that is open. */
  Optional<EventInbox> inbox() {
    synchronized (lock) {
      return Optional.ofNullable(opened).map(LiveVenue::events);
    }
  }

  /** From now on it is open; what it answered comes before what its inbox has. */
  Optional<List<Event>> takeReturn() {
    synchronized (lock) {
      Return back = returned;
      if (back == null) {
        return Optional.empty();
      }
      returned = null;
      opened = back.venue();
      back.venue().events().onArrival(onReturn);
      return Optional.of(back.answers());
    }
  }

  /** Called on any thread when there is something to read. */
  void onArrival(Runnable listener) {
    synchronized (lock) {
      onReturn = listener;
    }
  }

  void close() {
    LiveVenue open;
    Return waiting;
    synchronized (lock) {
      closed = true;
      open = opened;
      waiting = returned;
      if (opener != null) {
        opener.interrupt();
      }
    }
    if (open != null) {
      open.close();
    }
    if (waiting != null) {
      waiting.venue().close();
    }
  }

  // ---- questions

  private LiveVenue venue() {
    synchronized (lock) {
      LiveVenue venue = opened;
      if (venue == null) {
        String why = failure == null ? "it has not answered" : String.valueOf(failure.getMessage());
        throw new VenueException(why, true);
      }
      return venue;
    }
  }

  private <T> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (MalformedMessage unreadable) {
      throw new VenueException(String.valueOf(unreadable.getMessage()), true);
    }
  }

  @Override
  public Pair resolve(MarketSymbols symbols) {
    return ask(() -> venue().marketData().resolve(symbols));
  }

  @Override
  public List<FundingHour> fundingHistory(Instrument perp, int hours) {
    return ask(() -> venue().marketData().fundingHistory(perp, hours));
  }

  @Override
  public void subscribe(Instrument instrument, Usd clip) {
    venue().marketData().subscribe(instrument, clip);
  }

  @Override
  public VenueCapabilities capabilities() {
    return ask(() -> venue().trading().capabilities());
  }

  @Override
  public FeeSchedule fees() {
    return ask(() -> venue().trading().fees());
  }

  @Override
  public AccountState account() {
    return ask(() -> venue().trading().account());
  }

  @Override
  public List<Event> backfill() {
    return ask(() -> venue().trading().backfill());
  }

  // ---- commands

  private Optional<ExecutionClient> client() {
    synchronized (lock) {
      return Optional.ofNullable(opened).map(LiveVenue::trading);
    }
  }

  @Override
  public PreparedCommand prepare(Command command) {
    return prepare(List.of(command)).getFirst();
  }

  @Override
  public List<PreparedCommand> prepare(List<Command> commands) {
    return client()
        .map(client -> client.prepare(commands))
        .orElseGet(() -> commands.stream().map(PreparedCommand::bare).toList());
  }

  /** What is due while it is away is due again when it is back. */
  @Override
  public void send(List<PreparedCommand> commands) {
    client().ifPresent(client -> client.send(commands));
  }

  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    client().ifPresent(client -> client.replay(event, commands));
  }
}
