package io.twinleg.journal;

import io.twinleg.core.model.OrderIdTag;

/**
 * Whose journal this is and the mark of its orders: written when it is created, never changed.
 *
 * @param mode live, paper, dry-run or backtest
 * @param account the account it trades; empty where there is none
 * @param network where that account lives
 * @param seed of a simulated world; 0 where there is none
 * @param world the simulated world; empty where there is none
 */
public record JournalIdentity(
    String mode, String account, String network, long seed, String world, OrderIdTag bookId) {

  /** What must be the same for another run to go on with this journal. */
  public JournalOwner owner() {
    return new JournalOwner(mode, account, network, seed, world);
  }
}
