package io.twinleg.journal;

import io.twinleg.core.model.ExitCode;

/** The journal cannot be used, or no longer. Its message is one sentence that says what to do. */
public final class JournalException extends RuntimeException {
  public enum Kind {
    /** Damaged, full, write-protected: a journal that cannot be gone on with, or not safely. */
    UNUSABLE(ExitCode.JOURNAL),
    /** What stands at the path is none, or nothing that can be read: the command line is wrong. */
    NO_JOURNAL(ExitCode.USAGE),
    /** A journal, in a schema that this program does not speak. */
    OTHER_VERSION(ExitCode.USAGE),
    /** Another run's journal. */
    OTHER_IDENTITY(ExitCode.USAGE),
    /** In use by another process. */
    LOCKED(ExitCode.LOCKED);

    private final ExitCode exitCode;

    Kind(ExitCode exitCode) {
      this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  JournalException(Kind kind, String sentence) {
    super(sentence);
    this.kind = kind;
  }

  JournalException(Kind kind, String sentence, Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  public ExitCode exitCode() {
    return kind.exitCode();
  }
}
