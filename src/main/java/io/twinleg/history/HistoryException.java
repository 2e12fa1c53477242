package io.twinleg.history;

/**
 * A recording that cannot be read. The message is one sentence with the file, and the line if any.
 */
public final class HistoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HistoryException(String sentence) {
    super(sentence);
  }

  public HistoryException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
