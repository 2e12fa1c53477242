package io.twinleg.stress;

import io.twinleg.core.event.Command;
import io.twinleg.journal.ForwardingJournal;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A journal whose process may crash before or after each write. */
public final class CrashingJournal extends ForwardingJournal {
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
