package io.twinleg.journal;

import io.twinleg.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the file system says before SQLite is asked. The file itself is never opened here: closing
 * it again would free the locks that SQLite holds on it in this process.
 */
final class JournalFile {
  private JournalFile() {}

  /** An existing one. */
  static Database open(Path journal, Database.Access access) {
    refuseDirectory(journal);
    if (!Files.exists(journal)) {
      throw new JournalException(
          Kind.NO_JOURNAL,
          "there is no journal at " + journal + ": start a run first, or check --state-db");
    }
    return Database.open(journal, access);
  }

  static void prepareDirectory(Path journal) {
    refuseDirectory(journal);
    Path directory = journal.toAbsolutePath().getParent();
    try {
      if (directory != null && !Files.isDirectory(directory)) {
        Files.createDirectories(directory);
      }
    } catch (IOException e) {
      throw new JournalException(
          Kind.UNUSABLE,
          "the directory of " + journal + " cannot be made (" + e + "): give another --state-db",
          e);
    }
  }

  private static void refuseDirectory(Path journal) {
    if (Files.isDirectory(journal)) {
      throw new JournalException(
          Kind.NO_JOURNAL,
          journal + " is a directory, and a journal is a file: give --state-db a file in it");
    }
  }
}
