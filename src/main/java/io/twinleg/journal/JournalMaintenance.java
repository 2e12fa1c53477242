package io.twinleg.journal;

import io.twinleg.files.OwnerOnly;
import io.twinleg.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** What an operator does with a journal as a file: check it, copy it, make it smaller. */
public final class JournalMaintenance {
  /** Of SQLite's virtual machine, between two reports of progress. */
  private static final int STEPS = 20_000;

  private JournalMaintenance() {}

  /** Receives how far it is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param all 0 where it is not known
     */
    void show(long done, long all);
  }

  // ---- verify

  /**
   * What was found.
   *
   * @param rows of the table journal
   * @param prunedTo up to this sequence the market data were dropped; 0 where all is there
   * @param problems a sentence each; empty where all is well
   */
  public record Verified(
      long rows, long events, long prunedTo, int snapshots, List<String> problems) {
    public Verified {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads every row and snapshot, and the file below them; also while a run writes.
   *
   * @throws JournalException when there is no journal that this program can read
   */
  public static Verified verify(Path journal, Progress progress) {
    try (Database database = Database.openExisting(journal, Database.Access.READ)) {
      int version = Schema.requireReadable(database);
      SqliteReader reader = new SqliteReader(database, version);
      List<String> problems = new ArrayList<>();
      database.rows("PRAGMA quick_check(5)", row -> row.getString(1)).stream()
          .filter(line -> !line.equals("ok"))
          .forEach(line -> problems.add("the file itself: " + line));
      long events = 0;
      try {
        long last = reader.sequences().nextSequence() - 1;
        for (JournalEntry entry : reader.entries()) {
          events++;
          progress.show(entry.event().sequence(), last);
        }
      } catch (JournalException damaged) {
        problems.add(String.valueOf(damaged.getMessage()));
      }
      List<Snapshot> snapshots = reader.snapshots();
      snapshots.stream()
          .filter(snapshot -> !snapshot.isIntact())
          .forEach(snapshot ->
              problems.add(
                  "the snapshot after row %d is damaged: a start uses another one"
                      .formatted(snapshot.sequence())));
      String damage = Schema.hasSnapshots(version) ? Pruning.damage(database) : "";
      if (!damage.isEmpty()) {
        problems.add(damage + ": put a backup of the file in its place");
      }
      return new Verified(
          database.number("SELECT count(*) FROM journal"),
          events,
          reader.prunedTo(),
          snapshots.size(),
          problems);
    }
  }

  // ---- backup

  /**
   * A copy as of one moment, also while a run writes, which is not held up by it. The copy is there
   * whole or not at all.
   *
   * @param to must not exist
   * @throws JournalException when it cannot be read or written
   */
  public static void backup(Path journal, Path to, Progress progress) {
    if (Files.exists(to)) {
      throw new JournalException(
          Kind.NO_JOURNAL, to + " exists already: give the backup another name");
    }
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try (Database database = Database.openExisting(journal, Database.Access.READ)) {
      Schema.requireReadable(database);
      Files.deleteIfExists(part);
      OwnerOnly.createFile(part);
      long pages = database.number("PRAGMA page_count") * database.number("PRAGMA page_size");
      database.watched(
          to,
          STEPS,
          () -> progress.show(size(part), pages),
          "VACUUM INTO '%s'".formatted(part.toString().replace("'", "''")));
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new JournalException(
          Kind.UNUSABLE,
          to + " cannot be written (" + e + "): check its folder and the free space",
          e);
    } finally {
      part.toFile().delete();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  // ---- compact

  /**
   * What it came to.
   *
   * @param prunedTo as of {@link Verified}
   * @param bytesBefore of the file
   */
  public record Compacted(long prunedTo, long bytesBefore, long bytesAfter) {}

  /**
   * Drops the market data that no kept snapshot needs, and gives the space back. A journal of a dry
   * run keeps all: its exchange is made again of them at the next start.
   *
   * @throws JournalException of kind LOCKED while a run has it
   */
  public static Compacted compact(Path journal, Progress progress) {
    try (Database found = Database.openExisting(journal, Database.Access.READ)) {
      Schema.requireReadable(found);
    }
    JournalLock lock = JournalLock.acquire(journal);
    try (Database database = Database.openExisting(journal, Database.Access.WRITE)) {
      JournalIdentity identity = Schema.identity(database);
      Schema.prepare(database, identity.owner(), identity::orderIdTag);
      long before = size(journal);
      SqliteReader reader = new SqliteReader(database, Schema.version(database));
      if (!identity.mode().equals("dry-run")) {
        long limit = Pruning.limit(database);
        while (Pruning.slice(database)) {
          progress.show(reader.prunedTo(), limit);
        }
      }
      long pages = database.number("PRAGMA page_count") * database.number("PRAGMA page_size");
      Path log = journal.resolveSibling(journal.getFileName() + "-wal");
      database.watched(journal, STEPS, () -> progress.show(size(log), pages), "VACUUM");
      database.number("PRAGMA wal_checkpoint(TRUNCATE)");
      return new Compacted(reader.prunedTo(), before, size(journal));
    } finally {
      lock.close();
    }
  }
}
