package io.twinleg.wire.hyperliquid;

/**
 * A body that does not fit its schema. Status and body are the venue's own response to it; the
 * detail is for our log only.
 */
public final class MalformedMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int httpStatus;
  private final String body;

  private MalformedMessage(int httpStatus, String body, String detail) {
    super(body + " (" + detail + ")");
    this.httpStatus = httpStatus;
    this.body = body;
  }

  static MalformedMessage notJson() {
    return new MalformedMessage(400, "Failed to parse the request body as JSON", "it is no JSON");
  }

  /** Unknown, missing or repeated keys, and values of the wrong kind. */
  public static MalformedMessage schema(String detail) {
    return new MalformedMessage(
        422, "Failed to deserialize the JSON body into the target type", detail);
  }

  /** 400 or 422. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The whole body of the response, plain text. */
  public String body() {
    return body;
  }
}
