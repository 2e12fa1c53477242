package io.twinleg.cli;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import java.nio.file.Path;

/** A flatten where no runner is running: it starts one, which closes and ends. */
final class FlattenRun {
  private FlattenRun() {}

  /**
   * @param consent that real money may be traded
   */
  static int on(Path file, ConfigOptions common, boolean consent) {
    JournalIdentity identity;
    try (JournalReader journal = SqliteJournal.openReadOnly(file)) {
      identity = journal.identity();
    }
    SignalBuffer desk = new SignalBuffer();
    desk.say(new Event.OperatorCommand(Operation.FLATTEN, "end"));
    return switch (identity.mode()) {
      case "dry-run" -> dryRun(file, common, identity, desk);
      case "live" -> live(file, common, consent, desk);
      default ->
          throw new UsageException(
              "flatten can start a runner for the journal of a live or a dry run; this is of a "
                  + identity.mode()
                  + " run");
    };
  }

  private static int live(Path file, ConfigOptions common, boolean consent, SignalBuffer desk) {
    RunFlags flags = new RunFlags();
    flags.stateDbPath = file.toString();
    return new LiveRun(flags, common, consent).run(desk);
  }

  private static int dryRun(
      Path file, ConfigOptions common, JournalIdentity identity, SignalBuffer desk) {
    if (!identity.world().equals("synthetic")) {
      throw new UsageException(
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
    return run.dryRun(desk);
  }
}
