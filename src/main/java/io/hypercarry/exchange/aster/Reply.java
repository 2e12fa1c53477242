package io.hypercarry.exchange.aster;

import io.hypercarry.protocol.aster.ErrorReply;
import tools.jackson.databind.JsonNode;

/** An answer before it is sent. */
record Reply(int status, JsonNode body) {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORISED = 401;

  static Reply of(JsonNode body) {
    return new Reply(OK, body);
  }

  static Reply of(ErrorReply error) {
    if (error.code() == ErrorReply.TOO_MANY_ORDERS) {
      return new Reply(Response.TOO_MANY, error.json());
    }
    return new Reply(error.isAboutCredentials() ? UNAUTHORISED : BAD_REQUEST, error.json());
  }

  static Reply error(int code, String text) {
    return of(new ErrorReply(code, text));
  }

  boolean isOk() {
    return status == OK;
  }
}
