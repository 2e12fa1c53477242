package io.hypercarry.app;

import io.hypercarry.core.model.SettingRefused;
import io.hypercarry.history.HistoryFault;
import io.hypercarry.journal.JournalFault;
import io.hypercarry.keys.KeyFault;
import io.hypercarry.venue.VenueFault;

/** The exit codes of semantics 1.4, and which trouble ends with which. */
final class Exit {
  static final int CLEAN = 0;
  static final int USAGE = 2;
  static final int PRECONDITION = 3;
  static final int MISMATCH = 4;
  static final int RESIDUAL = 6;
  static final int JOURNAL = 7;
  static final int INTERNAL = 70;

  private Exit() {}

  static int of(Throwable trouble) {
    return switch (trouble) {
      case ConfigFault fault -> USAGE;
      case SettingRefused refused -> USAGE;
      case HistoryFault fault -> USAGE;
      case Usage usage -> USAGE;
      case JournalFault fault -> fault.exitCode();
      case VenueFault fault -> PRECONDITION;
      case KeyFault fault -> PRECONDITION;
      default -> INTERNAL;
    };
  }

  /** Trouble that we expected comes with a sentence of its own; any other needs one. */
  static String sentence(Throwable trouble) {
    String message = trouble.getMessage() == null ? "no reason given" : trouble.getMessage();
    return of(trouble) == INTERNAL
        ? "internal error ("
            + trouble.getClass().getSimpleName()
            + "): "
            + message
            + "; run again with --debug and report what it prints"
        : message;
  }
}
