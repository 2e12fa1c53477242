package io.twinleg.journal;

import io.twinleg.journal.JournalException.Kind;
import java.nio.file.Path;

/**
 * The right to trade one account from this machine, whichever journal is written: two journals that
 * each believe the account to be theirs would hedge each other's positions. Held as a {@link
 * JournalLock} is, and freed with the process.
 */
public final class AccountLock implements AutoCloseable {
  private final JournalLock lock;

  private AccountLock(JournalLock lock) {
    this.lock = lock;
  }

  /**
   * @param folder the same for all runs of this user
   * @throws JournalException of kind LOCKED when another run trades the account
   */
  public static AccountLock acquire(Path folder, String network, String account) {
    Path file = folder.resolve(network.replaceAll("[^A-Za-z0-9.-]", "_") + "-" + account);
    JournalFile.prepareDirectory(file);
    try {
      return new AccountLock(JournalLock.acquire(file));
    } catch (JournalException fault) {
      throw fault.kind() == Kind.LOCKED ? locked(account, file) : fault;
    }
  }

  private static JournalException locked(String account, Path file) {
    return new JournalException(
        Kind.LOCKED,
        "the account %s is traded by another run on this machine, which holds %s.lock: stop that run first, also where it has another --state-db"
            .formatted(account, file));
  }

  @Override
  public void close() {
    lock.close();
  }
}
