package io.twinleg.simulator.server.aster;

import io.twinleg.wire.aster.request.ApiRequest.AuthType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Who may call what, and what it weighs. */
final class Routes {
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

  static int weight(AsterRequest request) {
    return switch (request.resource()) {
      case "account",
          "accountWithJoinMargin",
          "balance",
          "positionRisk",
          "userTrades",
          "allOrders" ->
          5;
      case "countdownCancelAll" -> 10;
      case "commissionRate" -> 20;
      case "income", "positionSide/dual" -> 30;
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
