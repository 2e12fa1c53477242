package io.twinleg.stress;

/**
 * The process is dead. An Error, so that nothing on the way can mistake it for trouble that it may
 * still do something about.
 */
public final class SimulatedCrash extends Error {
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
