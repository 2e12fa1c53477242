package io.twinleg.venue;

/**
 * A failure outside the program, with one sentence for the operator. Never used for the outcome of
 * an order: that is an event.
 */
public final class VenueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  public VenueException(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  public boolean isRetryable() {
    return retryable;
  }
}
