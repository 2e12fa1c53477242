package io.twinleg.journal;

import io.twinleg.core.model.OrderIdTag;

/**
 * The run that a journal belongs to, and the tag in the ids of its orders: written when the journal
 * is created, never changed.
 *
 * @param mode live, paper, dry-run or backtest
 * @param account the account it trades; empty where there is none
 * @param network the network of that account
 * @param seed of a simulated world; 0 where there is none
 * @param world the simulated world; empty where there is none
 */
public record JournalIdentity(
    String mode, String account, String network, long seed, String world, OrderIdTag orderIdTag) {

  /** What must be the same for another run to continue this journal. */
  public JournalOwner owner() {
    return new JournalOwner(mode, account, network, seed, world);
  }
}
