package io.twinleg.journal;

import io.twinleg.core.model.ExitCode;

/** The journal cannot be used, or no longer. The message is one sentence that says what to do. */
public final class JournalException extends RuntimeException {
  public enum Kind {
    /** Damaged, full or write-protected: the journal cannot be continued safely. */
    UNUSABLE(ExitCode.JOURNAL),
    /** The path holds no journal, or nothing that can be read: the command line is wrong. */
    NO_JOURNAL(ExitCode.USAGE),
    /** A journal of a schema version that this program cannot read. */
    OTHER_VERSION(ExitCode.USAGE),
    /** The journal of another run. */
    OTHER_IDENTITY(ExitCode.USAGE),
    /** The Engine gives other commands for its events than those it holds. */
    OTHER_DECISIONS(ExitCode.MISMATCH),
    /** In use by another process. */
    LOCKED(ExitCode.LOCKED);

    private final ExitCode exitCode;

    Kind(ExitCode exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the program (specification 1.4). */
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

  /** Of a journal whose replay differs. */
  public static JournalException otherDecisions(String sentence) {
    return new JournalException(Kind.OTHER_DECISIONS, sentence);
  }

  public Kind kind() {
    return kind;
  }

  public ExitCode exitCode() {
    return kind.exitCode();
  }
}
