package io.twinleg.stress;

import io.twinleg.core.event.Command;
import io.twinleg.journal.ForwardingJournal;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ForwardingVenue;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.Venue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Counts the input and output steps of a process, and crashes it at a chosen one: before or after a
 * journal write, before or after a send, after an event has arrived.
 */
public final class CrashPoint {
  private static final long NEVER = Long.MAX_VALUE;

  private long steps;
  private long last = NEVER;
  private boolean atNextOrder;
  private long stepsAfterOrder;

  /** Crashes so many steps from now. */
  public void crashIn(long more) {
    last = Math.min(last, steps + more);
  }

  /** Crashes so many steps after the next order is appended. */
  public void crashAfterNextOrder(long more) {
    atNextOrder = true;
    stepsAfterOrder = more;
  }

  void orderAppended() {
    if (atNextOrder) {
      atNextOrder = false;
      crashIn(stepsAfterOrder);
    }
  }

  /** For the next process: no crash is planned. */
  public void reset() {
    last = NEVER;
    atNextOrder = false;
  }

  void step(String what) {
    steps++;
    if (steps >= last) {
      last = NEVER;
      throw new SimulatedCrash(what);
    }
  }

  public long steps() {
    return steps;
  }

  /** The process has crashed. An Error, so that no handler of exceptions catches it on the way. */
  public static final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    private final String where;

    SimulatedCrash(String where) {
      super("killed " + where, null, false, false);
      this.where = where;
    }

    String where() {
      return where;
    }
  }

  /** A venue whose runner may crash before or after each send, and after each event. */
  public static final class CrashingVenue extends ForwardingVenue {
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

  /** A journal whose process may crash before or after each write. */
  public static final class CrashingJournal extends ForwardingJournal {
    private final CrashPoint crashPoint;
    private final Consumer<Command> durable;
    private final List<Command> pending = new ArrayList<>();

    /**
     * @param durable receives each command once it is durable
     */
    public CrashingJournal(Journal journal, CrashPoint crashPoint, Consumer<Command> durable) {
      super(journal);
      this.crashPoint = crashPoint;
      this.durable = durable;
    }

    @Override
    public boolean commit() {
      if (uncommitted() == 0) {
        return super.commit();
      }
      crashPoint.step("before a journal write");
      boolean written = super.commit();
      pending.forEach(durable);
      pending.clear();
      crashPoint.step("after a journal write");
      return written;
    }

    @Override
    public boolean prune() {
      crashPoint.step("before market data are dropped");
      boolean more = super.prune();
      crashPoint.step("after market data were dropped");
      return more;
    }

    @Override
    public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
      for (PendingCommand command : commands) {
        pending.add(command.command());
        if (command.command() instanceof Command.PlaceOrder) {
          crashPoint.orderAppended();
        }
      }
      return super.append(cause, commands);
    }

    @Override
    public void logEvent(Instant ts, String kind, Map<String, Object> data) {
      // not read in a simulation
    }
  }
}
