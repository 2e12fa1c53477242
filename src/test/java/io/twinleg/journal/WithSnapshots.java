package io.twinleg.journal;

import java.util.List;

/** The same journal with other snapshots, such as damaged ones or none. */
public class WithSnapshots extends ForwardingJournal {
  private final List<Snapshot> snapshots;

  public WithSnapshots(Journal journal, List<Snapshot> snapshots) {
    super(journal);
    this.snapshots = snapshots;
  }

  @Override
  public List<Snapshot> snapshots() {
    return snapshots;
  }
}
