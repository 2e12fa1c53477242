package io.twinleg.stress;

/**
 * Counts a process's steps of input and output, and ends it at the one that was chosen: before or
 * after a journal write, before or after a send, after a fact has come in.
 */
public final class CrashPoint {
  private static final long NEVER = Long.MAX_VALUE;

  private long steps;
  private long last = NEVER;
  private boolean atNextOrder;
  private long stepsAfterOrder;

  /** So many steps from now. */
  public void dieIn(long more) {
    last = Math.min(last, steps + more);
  }

  /** So many steps after the next order is about to be written down. */
  public void dieAfterNextOrder(long more) {
    atNextOrder = true;
    stepsAfterOrder = more;
  }

  void orderWritten() {
    if (atNextOrder) {
      atNextOrder = false;
      dieIn(stepsAfterOrder);
    }
  }

  public void reborn() {
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
}
