package io.twinleg.keys;

/** A key that cannot be had, in one sentence for the operator. */
public final class KeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyException(String sentence) {
    super(sentence);
  }

  KeyException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
