package io.hypercarry.history;

/**
 * A recording that cannot be read, told in one sentence that names the file, and the line if any.
 */
public final class HistoryFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HistoryFault(String sentence) {
    super(sentence);
  }

  public HistoryFault(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
