package io.twinleg.wire.aster;

/** A body of the venue's that lacks what it must have. */
public final class MalformedResponse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedResponse(String field) {
    super("Aster's answer has no readable field " + field);
  }
}
