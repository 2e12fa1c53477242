package io.twinleg.bootstrap;

/**
 * A command line that cannot be carried out: one sentence with the flag, the value and a remedy.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String sentence) {
    super(sentence);
  }
}
