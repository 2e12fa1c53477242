package io.twinleg.simulator.server.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import io.twinleg.wire.aster.request.NewOrder;
import io.twinleg.wire.aster.request.NewOrder.Tif;
import io.twinleg.wire.aster.request.Params;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads an order from its parameters, or says which of them is wrong. */
final class OrderParser {
  private OrderParser() {}

  static NewOrder read(Leg leg, Params params, String freshName) {
    String symbol = ApiError.required(params, "symbol");
    Side side = side(ApiError.required(params, "side"));
    boolean limit = isLimit(ApiError.required(params, "type"));
    Optional<Tif> tif =
        limit ? Optional.of(tif(ApiError.required(params, "timeInForce"))) : Optional.empty();
    BigDecimal quantity = number(params, "quantity");
    Optional<BigDecimal> price = limit ? Optional.of(number(params, "price")) : Optional.empty();
    boolean reduceOnly = params.get("reduceOnly").filter("true"::equalsIgnoreCase).isPresent();
    String name = params.get("newClientOrderId").orElse(freshName);
    if (!NewOrder.isClientId(name)) {
      throw new ApiError(-4015, "Client order id length should be less than 36 chars");
    }
    params
        .get("positionSide")
        .filter(word -> !word.equals("BOTH"))
        .ifPresent(word -> {
          throw new ApiError(-4061, "Order's position side does not match user's setting.");
        });
    return new NewOrder(leg, symbol, side, tif, quantity, price, reduceOnly, name);
  }

  private static Side side(String word) {
    return switch (word) {
      case "BUY" -> Side.BUY;
      case "SELL" -> Side.SELL;
      default -> throw new ApiError(-1117, "Invalid side.");
    };
  }

  private static boolean isLimit(String word) {
    return switch (word) {
      case "LIMIT" -> true;
      case "MARKET" -> false;
      default -> throw new ApiError(-1116, "Invalid orderType.");
    };
  }

  private static Tif tif(String word) {
    return Tif.find(word).orElseThrow(() -> new ApiError(-1115, "Invalid timeInForce."));
  }

  private static BigDecimal number(Params params, String name) {
    String text = ApiError.required(params, name);
    try {
      BigDecimal value = new BigDecimal(text);
      boolean plain = text.matches("[0-9.]+");
      if (!plain || value.stripTrailingZeros().scale() > 8) {
        throw new ApiError(-1111, "Precision is over the maximum defined for this asset.");
      }
      return value;
    } catch (NumberFormatException e) {
      throw new ApiError(-1102, "Mandatory parameter '" + name + "' was malformed.");
    }
  }
}
