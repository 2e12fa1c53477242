package io.twinleg.cli;

/**
 * A command line that cannot be meant: one sentence that names the flag, the value and what would
 * do.
 */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String sentence) {
    super(sentence);
  }
}
