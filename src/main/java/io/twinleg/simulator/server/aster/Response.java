package io.twinleg.simulator.server.aster;

import io.twinleg.wire.aster.ErrorReply;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent. */
record Response(int status, String type, String body, Map<String, String> headers) {
  static final int TOO_MANY = 429;
  static final int BANNED = 418;
  static final String JSON = "application/json";

  static Response of(AsterReply reply) {
    return new Response(reply.status(), JSON, reply.body().toString(), new LinkedHashMap<>());
  }

  static Response page(int status) {
    String page = "<html><head><title>" + status + "</title></head><body>error</body></html>";
    return new Response(status, "text/html", page, new LinkedHashMap<>());
  }

  /** Asked too much; banned, where it goes on in spite of that. */
  static Response wait(boolean banned) {
    ErrorReply error = new ErrorReply(ErrorReply.TOO_MANY_REQUESTS, "Too many requests.");
    return of(new AsterReply(banned ? BANNED : TOO_MANY, error.json())).with("Retry-After", 1);
  }

  /** What arrives of it when the connection breaks in the middle. */
  Response half() {
    return new Response(status, type, body.substring(0, body.length() / 2), headers);
  }

  Response with(String header, Object value) {
    headers.put(header, value.toString());
    return this;
  }
}
