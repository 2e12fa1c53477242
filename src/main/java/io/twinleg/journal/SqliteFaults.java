package io.twinleg.journal;

import io.twinleg.journal.JournalException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;

/** What SQLite's error codes mean to an operator. */
final class SqliteFaults {
  /** The extended codes keep the primary one in their lowest byte. */
  private static final int PRIMARY = 0xff;

  private static final int PERM = 3;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  private SqliteFaults() {}

  static JournalException fault(Path path, SQLException e) {
    int code = e.getErrorCode() & PRIMARY;
    return new JournalException(kind(code), path + " " + sentence(code, e), e);
  }

  private static Kind kind(int code) {
    return switch (code) {
      case BUSY, LOCKED -> Kind.LOCKED;
      case NOTADB, CANTOPEN -> Kind.NO_JOURNAL;
      default -> Kind.UNUSABLE;
    };
  }

  private static String sentence(int code, SQLException e) {
    return switch (code) {
      case BUSY, LOCKED ->
          "is kept locked by another process: end whatever else has this file open for writing";
      case NOTADB ->
          "is not an SQLite database, and was left as it is: give --state-db another path";
      case CORRUPT ->
          "is damaged: keep the file, put a backup in its place, or start on a new --state-db and"
              + " adopt the positions";
      case FULL -> "could not be written because the disk is full: free some space and start again";
      case IOERR ->
          "could not be read or written (" + e.getMessage() + "): check the disk and start again";
      case READONLY, PERM ->
          "is write-protected: give this user the right to write it and its directory, or another"
              + " --state-db";
      case CANTOPEN ->
          "cannot be opened: check that it is a file in a directory that this user may write";
      default -> "cannot be used (" + e.getMessage() + ")";
    };
  }
}
