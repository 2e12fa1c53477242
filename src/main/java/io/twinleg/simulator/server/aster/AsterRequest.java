package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.wire.aster.request.ApiRequest.AuthType;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.Params;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

  /** Who may call what, and what it weighs. */
  static final class Routes {
    private static final Set<String> OPEN =
        new TreeSet<>(
            List.of(
                "ping",
                "time",
                "exchangeInfo",
                "depth",
                "ticker/bookTicker",
                "ticker/price",
                "premiumIndex",
                "fundingInfo",
                "fundingRate"));

    private Routes() {}

    static AuthType security(AsterRequest request) {
      if (OPEN.contains(request.resource())) {
        return AuthType.PUBLIC;
      }
      return request.resource().equals("listenKey") ? AuthType.STREAM : AuthType.SIGNED;
    }

    static boolean isPlacing(AsterRequest request) {
      return request.route().equals("POST order");
    }

    /** A cancel that bears the nonce of its order. */
    static boolean isGuarded(AsterRequest request) {
      return request.route().equals("DELETE guardedCancelOrder");
    }

    static int weight(AsterRequest request) {
      return switch (request.resource()) {
        case "account",
            "accountWithJoinMargin",
            "balance",
            "positionRisk",
            "userTrades",
            "asset/wallet/transfer",
            "allOrders" ->
            5;
        case "countdownCancelAll" -> 10;
        case "commissionRate" -> 20;
        case "income", "positionSide/dual", "multiAssetsMargin" -> 30;
        case "openOrders" -> request.params().get("symbol").isPresent() ? 1 : 40;
        case "depth" -> depth(request.params().get("limit").map(Integer::parseInt).orElse(500));
        default -> 1;
      };
    }

    private static int depth(int limit) {
      if (limit <= 50) {
        return 2;
      }
      return limit <= 100 ? 5 : limit <= 500 ? 10 : 20;
    }
  }
}
