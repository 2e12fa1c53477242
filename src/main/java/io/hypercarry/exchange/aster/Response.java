package io.hypercarry.exchange.aster;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent. */
record Response(int status, String type, String body, Map<String, String> headers) {
  static final String JSON = "application/json";

  static Response of(Reply reply) {
    return new Response(reply.status(), JSON, reply.body().toString(), new LinkedHashMap<>());
  }

  static Response page(int status) {
    String page = "<html><head><title>" + status + "</title></head><body>error</body></html>";
    return new Response(status, "text/html", page, new LinkedHashMap<>());
  }

  Response with(String header, Object value) {
    headers.put(header, value.toString());
    return this;
  }
}
