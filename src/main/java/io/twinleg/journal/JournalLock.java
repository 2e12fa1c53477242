package io.twinleg.journal;

import io.twinleg.files.OwnerOnly;
import io.twinleg.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;

/**
 * The exclusive right to write one journal: a lock on the file {@code PATH.lock} beside it, which
 * holds the process id of its owner. The system frees it when the process ends, however it ends;
 * the file stays, because removing it could part two processes that each hold "the" lock. (The
 * locks of accounts lie in a folder of their own, which has a lock itself; they are removed.)
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

  /** In the folder of the accounts' locks: held for the instant that takes or removes one. */
  private static final String FOLDER_LOCK = "folder";

  private final Path file;
  private final FileChannel channel;
  private final boolean isOfAccount;

  private JournalLock(Path file, FileChannel channel, boolean isOfAccount) {
    this.file = file;
    this.channel = channel;
    this.isOfAccount = isOfAccount;
  }

  /**
   * @param journal the path of the journal, which need not exist; its directory must
   * @throws JournalException of kind LOCKED when another owner has it
   */
  public static JournalLock acquire(Path journal) {
    return acquire(journal, false);
  }

  private static JournalLock acquire(Path journal, boolean isOfAccount) {
    synchronized (HELD) {
      try {
        Path file = lockFile(journal);
        if (HELD.contains(file)) {
          throw locked(journal, file, "this process");
        }
        JournalLock lock = acquire(journal, file, isOfAccount);
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
    synchronized (HELD) {
      try (FileChannel alone = opened(folder.resolve(FOLDER_LOCK))) {
        alone.lock();
        removeUnused(folder);
        return acquire(file, true);
      } catch (JournalException e) {
        throw e.kind() == Kind.LOCKED ? accountLocked(account, file) : e;
      } catch (IOException e) {
        throw new JournalException(
            Kind.UNUSABLE,
            "no lock of an account can be made in "
                + folder
                + " ("
                + e
                + "): check that this user may write it",
            e);
      }
    }
  }

  /** Files that a killed run left, also of accounts that are traded no more. */
  private static void removeUnused(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.toRealPath(), "*.lock")) {
      for (Path file : files) {
        if (!HELD.contains(file)) {
          removeUnlessHeld(file);
        }
      }
    }
  }

  private static void removeUnlessHeld(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null) {
        Files.delete(file);
      }
    }
  }

  private static JournalException accountLocked(String account, Path file) {
    return new JournalException(
        Kind.LOCKED,
        "the account %s is traded by another run on this machine, which holds %s.lock: stop that run first, also where it has another --state-db"
            .formatted(account, file));
  }

  private static FileChannel opened(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        OwnerOnly.mode(file.toAbsolutePath()));
  }

  private static JournalLock acquire(Path journal, Path file, boolean isOfAccount)
      throws IOException {
    FileChannel channel = opened(file);
    try {
      if (!tryLock(channel)) {
        throw locked(journal, file, holder(file));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid().getBytes(StandardCharsets.US_ASCII)));
      return new JournalLock(file, channel, isOfAccount);
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
        close(channel);
      } catch (IOException e) {
        throw new JournalException(Kind.UNUSABLE, file + " could not be closed (" + e + ")", e);
      } finally {
        HELD.remove(file);
      }
    }
  }

  /** An account's file goes while it is locked, and while no other process is about to take it. */
  private void close(FileChannel held) throws IOException {
    try (held) {
      if (isOfAccount) {
        try (FileChannel alone = opened(file.resolveSibling(FOLDER_LOCK))) {
          alone.lock();
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
