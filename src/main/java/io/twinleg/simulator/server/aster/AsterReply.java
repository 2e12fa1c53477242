package io.twinleg.simulator.server.aster;

import io.twinleg.simulator.AccountId;
import io.twinleg.wire.aster.ErrorReply;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An answer before it is sent. */
record AsterReply(int status, JsonNode body) {
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORISED = 401;

  static AsterReply of(JsonNode body) {
    return new AsterReply(OK, body);
  }

  static AsterReply of(ErrorReply error) {
    if (error.code() == ErrorReply.TOO_MANY_ORDERS) {
      return new AsterReply(Response.TOO_MANY, error.json());
    }
    return new AsterReply(error.isAboutCredentials() ? UNAUTHORISED : BAD_REQUEST, error.json());
  }

  static AsterReply error(int code, String text) {
    return of(new ErrorReply(code, text));
  }

  boolean isOk() {
    return status == OK;
  }

  /** A reply, and to whom where he said who he is. */
  record AuthenticatedReply(Optional<AccountId> account, AsterReply reply) {}
}
