package io.twinleg.venue;

/**
 * Trouble outside: one sentence for the operator. Never used for an order's outcome: that is a
 * fact.
 */
public final class VenueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  public VenueException(String sentence, boolean retryable) {
    super(sentence);
    this.retryable = retryable;
  }

  public boolean isRetryable() {
    return retryable;
  }
}
