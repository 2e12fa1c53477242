package io.twinleg.journal;

/** The journal cannot be used, or no longer. The message is one sentence that says what to do. */
public final class JournalException extends RuntimeException {
  public enum Kind {
    /** Damaged, full or write-protected: the journal cannot be continued safely. */
    UNUSABLE(7),
    /** The path holds no journal, or nothing that can be read: the command line is wrong. */
    NO_JOURNAL(2),
    /** A journal of a schema version that this program cannot read. */
    OTHER_VERSION(2),
    /** The journal of another run. */
    OTHER_IDENTITY(2),
    /** In use by another process. */
    LOCKED(8);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of the program (specification 1.4). */
    public int exitCode() {
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

  public int exitCode() {
    return kind.exitCode();
  }
}
