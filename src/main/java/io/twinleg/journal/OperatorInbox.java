package io.twinleg.journal;

import java.nio.file.Path;

/**
 * Where another process leaves word for the runner of a journal. What is put here is durable; the
 * runner takes it within moments, or, when none is running, the next one at its start.
 */
public final class OperatorInbox {
  private OperatorInbox() {}

  /**
   * @param args may be empty
   * @throws JournalException when there is no journal at this path
   */
  public static void put(Path journal, String command, String args) {
    try (Database database = JournalFile.open(journal, Database.Access.WRITE)) {
      Schema.requireLatest(database);
      Inbox.put(database, command, args);
    }
  }
}
