package io.twinleg.journal;

/** The journal cannot be used, or no longer. Its message is one sentence that says what to do. */
public final class JournalException extends RuntimeException {
  public enum Kind {
    /** Damaged, full, write-protected: a journal that cannot be gone on with, or not safely. */
    UNUSABLE(7),
    /** What stands at the path is none, or nothing that can be read: the command line is wrong. */
    NO_JOURNAL(2),
    /** A journal, in a schema that this program does not speak. */
    OTHER_VERSION(2),
    /** Another run's journal. */
    OTHER_IDENTITY(2),
    /** In use by another process. */
    LOCKED(8);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** With what the program ends (specification 1.4). */
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
