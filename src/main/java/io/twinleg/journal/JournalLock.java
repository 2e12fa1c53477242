package io.twinleg.journal;

import io.twinleg.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;

/**
 * The exclusive right to write one journal: a lock on the file {@code PATH.lock} beside it, which
 * holds the process id of its owner. The system frees it when the process ends, however it ends;
 * the file stays, because removing it could part two processes that each hold "the" lock.
 *
 * <p>On Unix a process loses its lock when it closes <em>any</em> channel on that file. So what
 * this process holds is known from {@link #HELD}, and such a file is never opened a second time.
 */
public final class JournalLock implements AutoCloseable {
  private static final Set<Path> HELD = new TreeSet<>();

  /**
   * {@link #isHeld} in another process takes the lock for an instant, so one failed attempt proves
   * nothing.
   */
  private static final int ATTEMPTS = 5;

  private static final long PAUSE_MS = 50;

  private final Path file;
  private final FileChannel channel;

  private JournalLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @param journal the path of the journal, which need not exist; its directory must
   * @throws JournalException of kind LOCKED when another owner has it
   */
  public static JournalLock acquire(Path journal) {
    synchronized (HELD) {
      try {
        Path file = lockFile(journal);
        if (HELD.contains(file)) {
          throw locked(journal, file, "this process");
        }
        JournalLock lock = acquire(journal, file);
        HELD.add(file);
        return lock;
      } catch (IOException e) {
        throw new JournalException(
            Kind.UNUSABLE,
            "no lock can be made beside "
                + journal
                + " ("
                + e
                + "): check that this user may write its directory",
            e);
      }
    }
  }

  /**
   * The right to trade one account from this machine, whichever journal is written: two journals
   * that each believe the account to be theirs would hedge each other's positions.
   *
   * @param folder the same for all runs of this user
   * @throws JournalException of kind LOCKED when another run trades the account
   */
  public static JournalLock acquireAccount(Path folder, String network, String account) {
    Path file = folder.resolve(network.replaceAll("[^A-Za-z0-9.-]", "_") + "-" + account);
    Database.createDirectory(file);
    try {
      return acquire(file);
    } catch (JournalException e) {
      throw e.kind() == Kind.LOCKED ? accountLocked(account, file) : e;
    }
  }

  private static JournalException accountLocked(String account, Path file) {
    return new JournalException(
        Kind.LOCKED,
        "the account %s is traded by another run on this machine, which holds %s.lock: stop that run first, also where it has another --state-db"
            .formatted(account, file));
  }

  private static JournalLock acquire(Path journal, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!tryLock(channel)) {
        throw locked(journal, file, holder(file));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid().getBytes(StandardCharsets.US_ASCII)));
      return new JournalLock(file, channel);
    } catch (IOException | JournalException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    for (int attempt = 1; channel.tryLock() == null; attempt++) {
      if (attempt == ATTEMPTS) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String pid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static String holder(Path file) throws IOException {
    String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
    return pid.isEmpty() ? "another process" : "process " + pid;
  }

  private static JournalException locked(Path journal, Path file, String holder) {
    return new JournalException(
        Kind.LOCKED,
        "%s is in use by %s, which holds %s: stop that runner first, or give another --state-db"
            .formatted(journal, holder, file.getFileName()));
  }

  /** Whether a runner, in this process or another, has the journal open for writing. */
  public static boolean isHeld(Path journal) {
    synchronized (HELD) {
      try {
        Path file = lockFile(journal);
        return HELD.contains(file) || (Files.exists(file) && isHeldElsewhere(file));
      } catch (IOException e) {
        return false;
      }
    }
  }

  private static boolean isHeldElsewhere(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.tryLock(0, Long.MAX_VALUE, true) == null;
    }
  }

  /** One file for one journal, whichever link leads to it. */
  private static Path lockFile(Path journal) throws IOException {
    Path real =
        Files.exists(journal)
            ? journal.toRealPath()
            : directory(journal).toRealPath().resolve(journal.getFileName());
    return real.resolveSibling(real.getFileName() + ".lock");
  }

  private static Path directory(Path journal) {
    Path parent = journal.toAbsolutePath().getParent();
    if (parent == null) {
      throw new JournalException(Kind.UNUSABLE, journal + " is no file: give --state-db a file");
    }
    return parent;
  }

  @Override
  public void close() {
    synchronized (HELD) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new JournalException(Kind.UNUSABLE, file + " could not be closed (" + e + ")", e);
      } finally {
        HELD.remove(file);
      }
    }
  }
}
