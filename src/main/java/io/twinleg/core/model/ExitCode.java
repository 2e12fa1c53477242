package io.twinleg.core.model;

/** How the program ends (specification 1.4). */
public enum ExitCode {
  CLEAN(0),
  /** A command line or a configuration that cannot be carried out. */
  USAGE(2),
  /** Something that a person has to mend outside: a key, a market's name, the account's state. */
  PRECONDITION(3),
  /** Books, commands or invariants that differ; a market in quarantine. */
  MISMATCH(4),
  /** A halt is latched. */
  HALTED(5),
  /** Un-hedged exposure or open orders are left. */
  RESIDUAL(6),
  /** The journal cannot be opened, read or written. */
  JOURNAL(7),
  /** The journal or the account is in use by another process. */
  LOCKED(8),
  /** The venue cannot be reached or does not answer as it should: a later start may succeed. */
  UNAVAILABLE(9),
  /** A fault of the program. */
  INTERNAL(70),
  /** What was printed did not arrive: the disk is full, or the reader is gone. */
  OUTPUT(74);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
