package io.twinleg.core.model;

/**
 * How much of the journal's disk is free, and what that means for a run: entries stop before the
 * journal does, since what is held has to be repaired, unwound and closed on what is left.
 *
 * @param freePercent of the disk, rounded down
 */
public record DiskSpace(int freePercent) {
  public static final DiskSpace AMPLE = new DiskSpace(100);
  public static final int LOW_PERCENT = 10;
  public static final int NO_ENTRIES_PERCENT = 2;

  /** In rising gravity. */
  public enum Level {
    AMPLE,
    LOW,
    NO_ENTRIES
  }

  public Level level() {
    if (freePercent <= NO_ENTRIES_PERCENT) {
      return Level.NO_ENTRIES;
    }
    return freePercent <= LOW_PERCENT ? Level.LOW : Level.AMPLE;
  }

  public boolean forbidsEntries() {
    return level() == Level.NO_ENTRIES;
  }
}
