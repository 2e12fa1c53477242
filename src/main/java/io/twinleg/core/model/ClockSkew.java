package io.twinleg.core.model;

import java.time.Duration;

/**
 * How far the venue's clock is from ours, and what that means for a run (specification 2.8).
 *
 * @param offset venue less ours
 */
public record ClockSkew(Duration offset) {
  public static final ClockSkew NONE = new ClockSkew(Duration.ZERO);

  private static final Duration WARN = Duration.ofSeconds(1);
  public static final Duration NO_ENTRIES = Duration.ofSeconds(5);
  public static final Duration NO_RUN = Duration.ofSeconds(60);

  /** In rising gravity. */
  public enum Verdict {
    FINE,
    WARN,
    NO_ENTRIES,
    NO_RUN
  }

  public Verdict verdict() {
    Duration off = offset.abs();
    if (off.compareTo(NO_RUN) > 0) {
      return Verdict.NO_RUN;
    }
    if (off.compareTo(NO_ENTRIES) > 0) {
      return Verdict.NO_ENTRIES;
    }
    return off.compareTo(WARN) > 0 ? Verdict.WARN : Verdict.FINE;
  }

  public boolean forbidsEntries() {
    return switch (verdict()) {
      case FINE, WARN -> false;
      case NO_ENTRIES, NO_RUN -> true;
    };
  }
}
