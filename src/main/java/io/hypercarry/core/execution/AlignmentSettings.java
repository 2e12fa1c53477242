package io.hypercarry.core.execution;

import io.hypercarry.core.model.Setting;

/** How the books are compared with the venue's (semantics 1.11). */
public record AlignmentSettings(boolean enabled, Mode mode, int minDiffQuanta) {
  public enum Mode {
    LOG
  }

  public AlignmentSettings {
    Setting.within("alignment.min_diff_quanta", minDiffQuanta, 1, Integer.MAX_VALUE);
  }
}
