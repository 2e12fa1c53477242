package io.twinleg.cli;

import io.twinleg.core.model.InvalidSetting;
import io.twinleg.history.HistoryException;
import io.twinleg.journal.JournalException;
import io.twinleg.keys.KeyException;
import io.twinleg.venue.VenueException;

/** The exit codes of specification 1.4, and which trouble ends with which. */
final class ExitCode {
  static final int CLEAN = 0;
  static final int USAGE = 2;
  static final int PRECONDITION = 3;
  static final int MISMATCH = 4;
  static final int RESIDUAL = 6;
  static final int JOURNAL = 7;
  static final int INTERNAL = 70;

  private ExitCode() {}

  static int of(Throwable trouble) {
    return switch (trouble) {
      case ConfigException fault -> USAGE;
      case InvalidSetting refused -> USAGE;
      case HistoryException fault -> USAGE;
      case UsageException usage -> USAGE;
      case JournalException fault -> fault.exitCode();
      case VenueException fault -> PRECONDITION;
      case KeyException fault -> PRECONDITION;
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
