package io.hypercarry.keys;

/** A key that cannot be had, in one sentence for the operator. */
public final class KeyFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyFault(String sentence) {
    super(sentence);
  }

  KeyFault(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
