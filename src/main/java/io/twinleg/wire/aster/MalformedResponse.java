package io.twinleg.wire.aster;

/** A body without a required field. */
public final class MalformedResponse extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedResponse(String field) {
    super("Aster's response has no readable field " + field);
  }
}
