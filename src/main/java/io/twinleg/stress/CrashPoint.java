package io.twinleg.stress;

/**
 * Counts the input and output steps of a process, and crashes it at a chosen one: before or after a
 * journal write, before or after a send, after an event has arrived.
 */
public final class CrashPoint {
  private static final long NEVER = Long.MAX_VALUE;

  private long steps;
  private long last = NEVER;
  private boolean atNextOrder;
  private long stepsAfterOrder;

  /** Crashes so many steps from now. */
  public void crashIn(long more) {
    last = Math.min(last, steps + more);
  }

  /** Crashes so many steps after the next order is appended. */
  public void crashAfterNextOrder(long more) {
    atNextOrder = true;
    stepsAfterOrder = more;
  }

  void orderAppended() {
    if (atNextOrder) {
      atNextOrder = false;
      crashIn(stepsAfterOrder);
    }
  }

  /** For the next process: no crash is planned. */
  public void reset() {
    last = NEVER;
    atNextOrder = false;
  }

  void step(String what) {
    steps++;
    if (steps >= last) {
      last = NEVER;
      throw new SimulatedCrash(what);
    }
  }

  public long steps() {
    return steps;
  }

  /** The process has crashed. An Error, so that no handler of exceptions catches it on the way. */
  public static final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    private final String where;

    SimulatedCrash(String where) {
      super("killed " + where, null, false, false);
      this.where = where;
    }

    String where() {
      return where;
    }
  }
}
