package io.twinleg.stress;

import io.twinleg.core.event.Command;
import io.twinleg.journal.ForwardingJournal;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalEntry.PendingCommand;
import java.util.List;
import java.util.function.UnaryOperator;

/** The mistakes that are planted in a journal. */
final class MutatedJournal {
  private MutatedJournal() {}

  /** Reports a commit without writing a byte. */
  static final class Unsynced extends ForwardingJournal {
    Unsynced(Journal journal) {
      super(journal);
    }

    @Override
    public boolean commit() {
      return true;
    }
  }

  /** Stores other commands than it is given. */
  static final class Falsified extends ForwardingJournal {
    private final UnaryOperator<Command> change;

    Falsified(Journal journal, UnaryOperator<Command> change) {
      super(journal);
      this.change = change;
    }

    @Override
    public List<CommandRecord> append(long cause, List<PendingCommand> commands) {
      return super.append(
          cause,
          commands.stream()
              .map(each -> new PendingCommand(change.apply(each.command()), each.envelope()))
              .toList());
    }
  }
}
