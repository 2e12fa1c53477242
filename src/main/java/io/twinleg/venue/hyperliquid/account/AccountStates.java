package io.twinleg.venue.hyperliquid.account;

import static io.twinleg.venue.hyperliquid.order.FillParser.decimal;

import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.AccountState.OpenOrder;
import io.twinleg.core.model.AccountState.PerpPosition;
import io.twinleg.core.model.AccountState.SpotBalance;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.hyperliquid.order.FillParser;
import io.twinleg.venue.hyperliquid.order.HyperliquidInstrumentMap;
import io.twinleg.venue.hyperliquid.order.HyperliquidLegAdapter;
import io.twinleg.venue.hyperliquid.order.HyperliquidSpotAdapter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The three states that describe the account, read according to its mode (specification 2.11). In
 * the classic mode each wallet's state holds; in the others the spot state is the truth, and the
 * perp state does not describe the collateral: often it shows zero. Pure.
 *
 * @param perp a clearinghouse state, {@code spot} a spot state, {@code orders} the open orders
 */
record AccountStates(JsonNode perp, JsonNode spot, JsonNode orders) {
  private static final int QUOTE_TOKEN = 0;
  private static final String QUOTE = "USDC";

  AccountState view(AccountMode mode, HyperliquidInstrumentMap legs) {
    JsonNode quote = quote();
    Usd total = new Usd(decimal(quote, "total"));
    Usd free = notNegative(total.minus(new Usd(decimal(quote, "hold"))));
    return switch (mode) {
      case CLASSIC -> classic(total, free, legs);
      case UNIFIED, PORTFOLIO_MARGIN -> pooled(total, free, legs);
    };
  }

  private AccountState classic(Usd total, Usd free, HyperliquidInstrumentMap legs) {
    JsonNode margin = perp.path("marginSummary");
    return new AccountState(
        false,
        free,
        notNegative(new Usd(decimal(perp, "withdrawable"))),
        new Usd(decimal(margin, "accountValue")),
        new Usd(decimal(perp, "crossMaintenanceMarginUsed")),
        total,
        balances(legs),
        positions(legs),
        openOrders(legs));
  }

  /**
   * An unrealised loss is subtracted, an unrealised gain is not added: whether the pool's total
   * contains either is not established.
   */
  private AccountState pooled(Usd total, Usd free, HyperliquidInstrumentMap legs) {
    Usd used = new Usd(sum("marginUsed"));
    Usd loss = new Usd(sum("unrealizedPnl").min(BigDecimal.ZERO));
    Usd spare = notNegative(free.minus(used).plus(loss));
    return new AccountState(
        true,
        spare,
        spare,
        total.plus(loss),
        new Usd(decimal(perp, "crossMaintenanceMarginUsed")),
        total,
        balances(legs),
        positions(legs),
        openOrders(legs));
  }

  private BigDecimal sum(String field) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode row : perp.path("assetPositions")) {
      sum = sum.add(decimal(row.path("position"), field));
    }
    return sum;
  }

  private static Usd notNegative(Usd amount) {
    return amount.max(Usd.ZERO);
  }

  private JsonNode quote() {
    for (JsonNode balance : spot.path("balances")) {
      boolean isQuote =
          balance.has("token")
              ? balance.path("token").asInt(-1) == QUOTE_TOKEN
              : balance.path("coin").asString("").equals(QUOTE);
      if (isQuote) {
        return balance;
      }
    }
    return spot.path("none");
  }

  private List<SpotBalance> balances(HyperliquidInstrumentMap legs) {
    List<SpotBalance> balances = new ArrayList<>();
    for (JsonNode balance : spot.path("balances")) {
      for (HyperliquidLegAdapter leg : legs.all()) {
        if (leg instanceof HyperliquidSpotAdapter pair && pair.holds(balance)) {
          balances.add(
              new SpotBalance(
                  pair.instrument().id(),
                  new Quantity(decimal(balance, "total")),
                  new Quantity(decimal(balance, "hold"))));
        }
      }
    }
    return balances;
  }

  private List<PerpPosition> positions(HyperliquidInstrumentMap legs) {
    List<PerpPosition> positions = new ArrayList<>();
    for (JsonNode row : perp.path("assetPositions")) {
      JsonNode position = row.path("position");
      legs.ofCoin(position.path("coin").asString(""))
          .filter(leg -> leg.instrument().leg() == Leg.PERP)
          .ifPresent(leg -> positions.add(position(leg, position)));
    }
    return positions;
  }

  private static PerpPosition position(HyperliquidLegAdapter leg, JsonNode position) {
    BigDecimal size = decimal(position, "szi");
    return new PerpPosition(
        leg.instrument().id(),
        new Quantity(size),
        new Usd(size.abs().multiply(decimal(position, "entryPx"))),
        position.path("leverage").path("value").asInt(1),
        mark(size.abs(), decimal(position, "positionValue")));
  }

  /** The mark price implied by the position value; an empty position has none. */
  private static Optional<Price> mark(BigDecimal size, BigDecimal value) {
    return size.signum() == 0 || value.signum() == 0
        ? Optional.empty()
        : Optional.of(Price.reference(value.divide(size, MathContext.DECIMAL64)));
  }

  private List<OpenOrder> openOrders(HyperliquidInstrumentMap legs) {
    List<OpenOrder> open = new ArrayList<>();
    for (JsonNode order : orders) {
      legs.ofCoin(order.path("coin").asString(""))
          .filter(leg -> decimal(order, "limitPx").signum() > 0)
          .ifPresent(leg -> open.add(openOrder(leg, order)));
    }
    return open;
  }

  private static OpenOrder openOrder(HyperliquidLegAdapter leg, JsonNode order) {
    return new OpenOrder(
        FillParser.cloid(order),
        leg.instrument().id(),
        order.path("side").asString("").equals("B") ? Side.BUY : Side.SELL,
        Price.reference(decimal(order, "limitPx")),
        new Quantity(decimal(order, "sz")));
  }
}
