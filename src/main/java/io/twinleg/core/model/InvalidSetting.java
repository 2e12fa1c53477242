package io.twinleg.core.model;

/** A setting that its own record refuses: the key, what was found, and what would do. */
public final class InvalidSetting extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String found;
  private final String expected;

  public InvalidSetting(String key, Object found, String expected) {
    super(key + " is " + found + ": expected " + expected);
    this.key = key;
    this.found = found.toString();
    this.expected = expected;
  }

  /** As in the configuration, with its section: {@code strategy.exit_threshold_apr}. */
  public String key() {
    return key;
  }

  public String found() {
    return found;
  }

  public String expected() {
    return expected;
  }
}
