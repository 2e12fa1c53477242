package io.twinleg.core.execution.reconciliation;

import io.twinleg.core.model.SettingChecks;

/**
 * How positions are compared with the venue's (specification 1.11), and what becomes of a position
 * that is found where the journal is new (2.7).
 */
public record ReconciliationSettings(
    boolean enabled, Mode mode, int minDiffQuanta, Adoption adoption) {
  public enum Mode {
    /** A lasting difference is logged, and nothing is begun until an operator resumes. */
    LOG,
    /** A lasting difference is logged, and the books are set to what the venue shows. */
    FORCE
  }

  /** What of a position found at the first start becomes ours. */
  public enum Adoption {
    NONE,
    PERP_ONLY,
    /** The short, and as many coins as it needs. */
    BOTH
  }

  public ReconciliationSettings {
    SettingChecks.within("alignment.min_diff_quanta", minDiffQuanta, 1, Integer.MAX_VALUE);
  }

  public ReconciliationSettings(boolean enabled, Mode mode, int minDiffQuanta) {
    this(enabled, mode, minDiffQuanta, Adoption.NONE);
  }
}
