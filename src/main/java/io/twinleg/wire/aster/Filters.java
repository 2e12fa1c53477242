package io.twinleg.wire.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules for an order of one symbol. Zero switches a rule off.
 *
 * @param bandUp and {@code bandDown}: multiples of the reference price that a BUY may not exceed
 *     and a SELL may not fall below
 */
public record Filters(
    BigDecimal tick,
    BigDecimal minPrice,
    BigDecimal maxPrice,
    BigDecimal step,
    BigDecimal minQuantity,
    BigDecimal maxQuantity,
    BigDecimal marketMaxQuantity,
    BigDecimal minNotional,
    BigDecimal bandUp,
    BigDecimal bandDown) {

  /** Without the trailing zeros that the venue writes. */
  public Filters {
    tick = normal(tick);
    minPrice = normal(minPrice);
    maxPrice = normal(maxPrice);
    step = normal(step);
    minQuantity = normal(minQuantity);
    maxQuantity = normal(maxQuantity);
    marketMaxQuantity = normal(marketMaxQuantity);
    minNotional = normal(minNotional);
    bandUp = normal(bandUp);
    bandDown = normal(bandDown);
  }

  private static BigDecimal normal(BigDecimal value) {
    return new BigDecimal(AsterJson.plain(value));
  }

  /**
   * The minimum notional has another name on spot than on futures; a spot symbol without
   * MIN_NOTIONAL has it in NOTIONAL.
   */
  public static Filters read(JsonNode filters) {
    JsonNode price = named(filters, "PRICE_FILTER");
    JsonNode lot = named(filters, "LOT_SIZE");
    JsonNode band = named(filters, "PERCENT_PRICE");
    return new Filters(
        limit(price, "tickSize"),
        limit(price, "minPrice"),
        limit(price, "maxPrice"),
        limit(lot, "stepSize"),
        limit(lot, "minQty"),
        limit(lot, "maxQty"),
        limit(named(filters, "MARKET_LOT_SIZE"), "maxQty"),
        minNotional(filters),
        limit(band, "multiplierUp"),
        limit(band, "multiplierDown"));
  }

  /** A rule that a symbol does not have is switched off, as the venue's own zero does. */
  private static BigDecimal limit(JsonNode filter, String name) {
    return AsterJson.optionalDecimal(filter, name).orElse(BigDecimal.ZERO);
  }

  private static JsonNode named(JsonNode filters, String type) {
    for (JsonNode filter : filters) {
      if (type.equals(filter.path("filterType").asString())) {
        return filter;
      }
    }
    return AsterJson.object();
  }

  private static BigDecimal minNotional(JsonNode filters) {
    JsonNode own = named(filters, "MIN_NOTIONAL");
    return AsterJson.optionalDecimal(own, "notional")
        .or(() -> AsterJson.optionalDecimal(own, "minNotional"))
        .or(() -> AsterJson.optionalDecimal(named(filters, "NOTIONAL"), "minNotional"))
        .orElse(BigDecimal.ZERO);
  }

  public JsonNode json(Leg leg) {
    List<ObjectNode> filters = new ArrayList<>();
    filters.add(
        filter("PRICE_FILTER")
            .put("minPrice", AsterJson.plain(minPrice))
            .put("maxPrice", AsterJson.plain(maxPrice))
            .put("tickSize", tick.toPlainString()));
    filters.add(lot("LOT_SIZE", maxQuantity));
    filters.add(lot("MARKET_LOT_SIZE", marketMaxQuantity));
    filters.add(filter("MAX_NUM_ORDERS").put("limit", 200));
    filters.add(
        filter("MIN_NOTIONAL")
            .put(leg == Leg.SPOT ? "minNotional" : "notional", AsterJson.plain(minNotional)));
    filters.add(
        filter("PERCENT_PRICE")
            .put("multiplierUp", bandUp.toPlainString())
            .put("multiplierDown", bandDown.toPlainString())
            .put("multiplierDecimal", leg == Leg.SPOT ? "1" : "4"));
    return AsterJson.array(filters, each -> each);
  }

  private static ObjectNode filter(String type) {
    return AsterJson.object().put("filterType", type);
  }

  private ObjectNode lot(String type, BigDecimal most) {
    return filter(type)
        .put("stepSize", step.toPlainString())
        .put("minQty", AsterJson.plain(minQuantity))
        .put("maxQty", AsterJson.plain(most));
  }

  /** With the configuration's tick and step; a coarser step also raises the minimum quantity. */
  public Filters withGrid(BigDecimal ownTick, BigDecimal ownStep) {
    return new Filters(
        ownTick,
        minPrice,
        maxPrice,
        ownStep,
        minQuantity.max(ownStep),
        maxQuantity,
        marketMaxQuantity,
        minNotional,
        bandUp,
        bandDown);
  }

  /** Rounds to a legal price: a BUY down and a SELL up, within the price filter. */
  public BigDecimal roundPrice(Side side, BigDecimal price) {
    RoundingMode mode = side == Side.BUY ? RoundingMode.FLOOR : RoundingMode.CEILING;
    BigDecimal legal = onGrid(price, minPrice, tick, mode);
    BigDecimal capped = maxPrice.signum() > 0 ? legal.min(maxPrice) : legal;
    return capped.max(minPrice);
  }

  /** Rounds down to a whole step. */
  public BigDecimal floorQuantity(BigDecimal quantity) {
    return onGrid(quantity, minQuantity, step, RoundingMode.FLOOR);
  }

  /** The grid begins at the minimum, whether or not that is a multiple of the step. */
  private static BigDecimal onGrid(
      BigDecimal value, BigDecimal from, BigDecimal step, RoundingMode mode) {
    if (step.signum() == 0) {
      return value;
    }
    BigDecimal offset = from.remainder(step);
    return value.subtract(offset).divide(step, 0, mode).multiply(step).add(offset);
  }

  private static boolean isOnGrid(BigDecimal value, BigDecimal from, BigDecimal step) {
    return step.signum() == 0 || value.subtract(from).remainder(step).signum() == 0;
  }

  /** The highest BUY (the lowest SELL) that the band allows; empty where there is no band. */
  public Optional<BigDecimal> bandEdge(Side side, BigDecimal reference) {
    BigDecimal multiple = side == Side.BUY ? bandUp : bandDown;
    return multiple.signum() == 0
        ? Optional.empty()
        : Optional.of(roundPrice(side, reference.multiply(multiple)));
  }

  /**
   * The venue's error for a limit order, in the order of the venue's checks; empty if it is legal.
   */
  public Optional<ErrorReply> violation(
      Leg leg, Side side, BigDecimal price, BigDecimal quantity, boolean reduceOnly) {
    return priceViolation(price)
        .or(() -> quantityViolation(quantity, maxQuantity))
        .or(() -> notionalViolation(leg, price.multiply(quantity), reduceOnly));
  }

  private Optional<ErrorReply> priceViolation(BigDecimal price) {
    if (minPrice.signum() > 0 && price.compareTo(minPrice) < 0) {
      return error(-4013, "Price less than min price.");
    }
    if (maxPrice.signum() > 0 && price.compareTo(maxPrice) > 0) {
      return error(-4002, "Price greater than max price.");
    }
    return isOnGrid(price, minPrice, tick)
        ? Optional.empty()
        : error(-4014, "Price not increased by tick size.");
  }

  public Optional<ErrorReply> quantityViolation(BigDecimal quantity, BigDecimal most) {
    if (quantity.signum() <= 0) {
      return error(-4003, "Quantity less than or equal to zero.");
    }
    if (quantity.compareTo(minQuantity) < 0) {
      return error(-4004, "Quantity less than min quantity.");
    }
    if (most.signum() > 0 && quantity.compareTo(most) > 0) {
      return error(-4005, "Quantity greater than max quantity.");
    }
    return isOnGrid(quantity, minQuantity, step)
        ? Optional.empty()
        : error(-4023, "Qty not increased by step size.");
  }

  /** A reducing order has no minimum notional. */
  private Optional<ErrorReply> notionalViolation(Leg leg, BigDecimal value, boolean reduceOnly) {
    if (reduceOnly || value.compareTo(minNotional) >= 0) {
      return Optional.empty();
    }
    String least = AsterJson.plain(minNotional);
    return leg == Leg.SPOT
        ? error(-5076, "Total order value should be more than " + least + " USDT.")
        : error(
            -4164, "Order's notional must be no smaller than " + least + " (unless reduce only).");
  }

  public Optional<ErrorReply> bandViolation(Side side, BigDecimal price, BigDecimal reference) {
    Optional<BigDecimal> edge = bandEdge(side, reference);
    boolean outside =
        edge.filter(
                limit -> side == Side.BUY ? price.compareTo(limit) > 0 : price.compareTo(limit) < 0)
            .isPresent();
    if (!outside) {
      return Optional.empty();
    }
    String limit = AsterJson.plain(edge.orElseThrow());
    return side == Side.BUY
        ? error(-4016, "Price is higher than mark price multiplier cap " + limit + ".")
        : error(-4024, "Price is lower than mark price multiplier floor " + limit + ".");
  }

  private static Optional<ErrorReply> error(int code, String text) {
    return Optional.of(new ErrorReply(code, text));
  }
}
