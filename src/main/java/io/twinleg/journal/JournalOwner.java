package io.twinleg.journal;

import io.twinleg.core.model.OrderIdTag;
import java.util.ArrayList;
import java.util.List;

/**
 * The run that a journal belongs to, as a caller states it: a {@link JournalIdentity} without the
 * order id tag, which only the journal holds.
 */
public record JournalOwner(String mode, String account, String network, long seed, String world) {

  public JournalIdentity with(OrderIdTag orderIdTag) {
    return new JournalIdentity(mode, account, network, seed, world, orderIdTag);
  }

  /** A phrase for each component that differs from the one found; empty when none does. */
  List<String> differencesFrom(JournalOwner found) {
    List<String> differences = new ArrayList<>();
    compare("mode", found.mode, mode, differences);
    compare("account", found.account, account, differences);
    compare("network", found.network, network, differences);
    compare("seed", Long.toString(found.seed), Long.toString(seed), differences);
    compare("world", found.world, world, differences);
    return differences;
  }

  private static void compare(
      String what, String found, String expected, List<String> differences) {
    if (!found.equals(expected)) {
      differences.add(what + " '" + found + "' where this run has '" + expected + "'");
    }
  }
}
