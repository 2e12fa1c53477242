package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.Leg;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Report;
import io.hypercarry.exchange.Request;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Refused;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer.Taken;
import io.hypercarry.protocol.hyperliquid.UpdateIsolatedMargin;
import io.hypercarry.protocol.hyperliquid.UpdateLeverage;
import java.util.Optional;

/** Sets how much a coin may be borrowed against. */
final class LeverageDesk {
  private final Clientele clients;

  LeverageDesk(Clientele clients) {
    this.clients = clients;
  }

  ExchangeAnswer set(AccountId account, UpdateLeverage action) {
    Optional<Instrument> perp = perp(action.asset());
    if (perp.isEmpty()) {
      return new Refused("Unknown asset.");
    }
    int leverage = (int) Math.min(action.leverage(), Integer.MAX_VALUE);
    Request request = new Request.SetLeverage(perp.get().id(), leverage, action.isCross());
    return clients.exchange().backOffice().byHand(account, request).stream()
        .filter(Report.LeverageAnswered.class::isInstance)
        .map(Report.LeverageAnswered.class::cast)
        .filter(answered -> !answered.accepted())
        .map(answered -> (ExchangeAnswer) new Refused(answered.response()))
        .findFirst()
        .orElse(Taken.byDefault());
  }

  /**
   * An account stands or falls as a whole here, so an isolated position has no margin of its own
   * that could be added to: better refused than taken for nothing.
   */
  ExchangeAnswer addMargin(AccountId account, UpdateIsolatedMargin action) {
    boolean isolated =
        perp(action.asset())
            .map(perp -> !clients.exchange().leverage(account, perp.id()).isCross())
            .orElse(false);
    return new Refused(
        isolated
            ? "Margin of isolated positions is not kept apart on this exchange."
            : "Position does not use isolated margin.");
  }

  private Optional<Instrument> perp(long asset) {
    return clients.universe().byAsset(asset).filter(each -> each.leg() == Leg.PERP);
  }
}
