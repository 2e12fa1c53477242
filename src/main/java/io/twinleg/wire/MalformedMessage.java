package io.twinleg.wire;

import java.util.function.Supplier;

/**
 * A message that does not fit its schema: a field that is missing, of another type, or no number. A
 * client takes it for no answer; a server answers with the status and body that it carries.
 */
public final class MalformedMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int httpStatus;
  private final String body;
  private final String detail;

  private MalformedMessage(int httpStatus, String body, String detail) {
    super(body + " (" + detail + ")");
    this.httpStatus = httpStatus;
    this.body = body;
    this.detail = detail;
  }

  public static MalformedMessage notJson() {
    return new MalformedMessage(400, "Failed to parse the request body as JSON", "it is no JSON");
  }

  /** Unknown, missing or repeated keys, and values of the wrong kind. */
  public static MalformedMessage schema(String detail) {
    return new MalformedMessage(
        422, "Failed to deserialize the JSON body into the target type", detail);
  }

  /**
   * A reading; numbers that can be read and that nothing can be made of (a price with nine
   * decimals, or one that does not fit) are as unreadable as any other.
   */
  public static <T> T ofImpossible(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException | ArithmeticException impossible) {
      throw schema("impossible: " + impossible.getMessage());
    }
  }

  /** What is wrong, with the name of the field: for a log. */
  public String detail() {
    return detail;
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
