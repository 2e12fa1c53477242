package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.Params;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request as it came, taken apart no further than its path. */
record AsterRequest(
    String method,
    Leg leg,
    ApiVersion generation,
    String resource,
    String query,
    String body,
    Optional<String> apiKey) {
  private static final Pattern PATH = Pattern.compile("/(fapi|api)/v([1-4])/(.+)");

  /** Empty for a path that is none of the venue's. */
  static Optional<AsterRequest> of(
      String method, String path, String query, String body, Optional<String> apiKey) {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new AsterRequest(
            method,
            parts.group(1).equals("api") ? Leg.SPOT : Leg.PERP,
            parts.group(2).equals("3") ? ApiVersion.V3 : ApiVersion.V1,
            parts.group(3),
            query,
            body,
            apiKey));
  }

  Params params() {
    return Params.decoded(query).and(Params.decoded(body));
  }

  /** What a signature stands over: query and body with nothing between them. */
  String total() {
    return query + body;
  }

  String route() {
    return method + " " + resource;
  }
}
