package io.hypercarry.app;

import io.hypercarry.core.event.Fact.OperatorCommanded;
import io.hypercarry.core.event.Fact.OperatorCommanded.Operation;
import io.hypercarry.journal.JournalIdentity;
import io.hypercarry.journal.JournalReader;
import io.hypercarry.journal.SqliteJournal;
import java.nio.file.Path;

/** A flatten where no runner is running: it starts one, which closes and ends. */
final class FlattenRun {
  private FlattenRun() {}

  static int on(Path file, Common common) {
    JournalIdentity identity;
    try (JournalReader journal = SqliteJournal.openReadOnly(file)) {
      identity = journal.identity();
    }
    if (!identity.mode().equals("dry-run")) {
      throw new Usage(
          "flatten can start a runner for the journal of a dry run only; this is of a "
              + identity.mode()
              + " run");
    }
    if (!identity.world().equals("synthetic")) {
      throw new Usage(
          "the journal "
              + file
              + " is of the world '"
              + identity.world()
              + "': start it with run --dry-run and its --market, and say flatten --yes meanwhile");
    }
    RunCommand run = new RunCommand();
    run.common = common;
    run.flags.dryRun = true;
    run.flags.seed = identity.seed();
    run.flags.speedText = "max";
    run.flags.stateDbPath = file.toString();
    SignalDesk desk = new SignalDesk();
    desk.say(new OperatorCommanded(Operation.FLATTEN, "end"));
    return run.dryRun(desk);
  }
}
