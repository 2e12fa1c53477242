package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.Request;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Accepted;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Refused;
import io.twinleg.wire.hyperliquid.action.L1Action.UpdateIsolatedMargin;
import io.twinleg.wire.hyperliquid.action.L1Action.UpdateLeverage;
import java.util.Optional;

/** Sets how much a coin may be borrowed against. */
final class LeverageHandler {
  private final ServerContext clients;

  LeverageHandler(ServerContext clients) {
    this.clients = clients;
  }

  ExchangeResponse set(AccountId account, UpdateLeverage action) {
    Optional<Instrument> perp = perp(action.asset());
    if (perp.isEmpty()) {
      return new Refused("Unknown asset.");
    }
    int leverage = (int) Math.min(action.leverage(), Integer.MAX_VALUE);
    Request request = new Request.SetLeverage(perp.get().id(), leverage, action.isCross());
    return clients.exchange().admin().executeManually(account, request).stream()
        .filter(ExecutionReport.LeverageResult.class::isInstance)
        .map(ExecutionReport.LeverageResult.class::cast)
        .filter(answered -> !answered.accepted())
        .map(answered -> (ExchangeResponse) new Refused(answered.response()))
        .findFirst()
        .orElse(Accepted.byDefault());
  }

  /**
   * An account stands or falls as a whole here, so an isolated position has no margin of its own
   * that could be added to: better refused than taken for nothing.
   */
  ExchangeResponse addMargin(AccountId account, UpdateIsolatedMargin action) {
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
