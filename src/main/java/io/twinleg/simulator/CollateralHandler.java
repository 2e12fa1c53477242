package io.twinleg.simulator;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.ExecutionReport.TransferResult.Outcome;
import io.twinleg.simulator.Request.Rejection;
import java.util.List;
import java.util.Optional;

/** Leverage of a perp, and transfers of quote between the two wallets of an account. */
final class CollateralHandler {
  private static final String MORE_COLLATERAL =
      "Cross position does not have sufficient margin available to decrease leverage. To decrease"
          + " leverage, deposit more collateral.";
  private static final String MORE_MARGIN =
      "Isolated position does not have sufficient margin available to decrease leverage. To"
          + " decrease leverage, add margin to the position.";
  private static final String INSUFFICIENT_BALANCE = "Insufficient balance for withdrawal.";

  private final ExchangeState state;
  private final Margin margin;
  private final NetworkModel network;

  CollateralHandler(ExchangeState state, Margin margin, NetworkModel network) {
    this.state = state;
    this.margin = margin;
    this.network = network;
  }

  // ---- leverage

  ExecutionReport setLeverage(Account account, Request.SetLeverage request) {
    Optional<String> rejection =
        network
            .rejection(account.id(), request)
            .map(Rejection::text)
            .or(() -> trySetLeverage(account, request));
    return new ExecutionReport.LeverageResult(
        request.instrument(),
        request.leverage(),
        request.cross(),
        rejection.isEmpty(),
        rejection.orElse("ok"));
  }

  /** Sets the leverage, or returns why it is rejected. */
  private Optional<String> trySetLeverage(Account account, Request.SetLeverage request) {
    Optional<Instrument> perp =
        state
            .findListing(request.instrument())
            .map(ListedInstrument::instrument)
            .filter(instrument -> instrument.leg() == Leg.PERP);
    if (perp.isEmpty()) {
      return Optional.of("Unknown asset.");
    }
    if (request.leverage() < 1 || request.leverage() > perp.get().maxLeverage()) {
      return Optional.of("Invalid leverage value");
    }
    if (request.cross() && perp.get().onlyIsolated()) {
      return Optional.of("Cross margin is not allowed for this asset.");
    }
    return setIfCovered(account, account.position(perp.get()), request);
  }

  private Optional<String> setIfCovered(
      Account account, Position position, Request.SetLeverage request) {
    int before = position.leverage();
    boolean cross = position.isCross();
    if (request.cross() != cross && !position.isFlat()) {
      return Optional.of("Cannot switch leverage type with open position.");
    }
    position.setLeverage(request.leverage(), request.cross());
    boolean needsMore = request.leverage() < before;
    if (needsMore && margin.initial(account).exceeds(margin.equity(account))) {
      position.setLeverage(before, cross);
      return Optional.of(cross ? MORE_COLLATERAL : MORE_MARGIN);
    }
    return Optional.empty();
  }

  // ---- transfers

  /** Returns false, and moves nothing, where so much is not free. */
  boolean transfer(Account account, Usd amount, Leg from) {
    if (!isFree(account, amount, from)) {
      return false;
    }
    account.move(amount, from);
    String text = amount + " USDC from " + wallet(from) + " to " + wallet(from.other());
    network.stream(account, new ExecutionReport.CashTransfer(Usd.ZERO, text, state.now()));
    return true;
  }

  /** Whether so much may leave the wallet. */
  boolean isFree(Account account, Usd amount, Leg from) {
    Usd free =
        from == Leg.PERP
            ? margin.transferable(account)
            : account.spotQuote().minus(account.orders().heldQuote());
    return amount.signum() > 0 && !amount.exceeds(free);
  }

  static String wallet(Leg leg) {
    return leg == Leg.SPOT ? "spot" : "perp";
  }

  /** One that was confirmed as never landed before it arrived has no answer. */
  List<ExecutionReport> transfer(Account account, Request.TransferCollateral request) {
    if (account.transfer(request.transfer()).isPresent()) {
      return List.of();
    }
    Optional<String> rejection =
        network
            .rejection(account.id(), request)
            .map(Rejection::text)
            .or(() ->
                transfer(account, request.amount(), request.from())
                    ? Optional.empty()
                    : Optional.of(INSUFFICIENT_BALANCE));
    ExecutionReport result =
        new ExecutionReport.TransferResult(
            request.transfer(),
            rejection.isEmpty() ? Outcome.DONE : Outcome.REFUSED,
            rejection.orElse("ok"));
    account.setTransfer(request.transfer(), result);
    return List.of(result);
  }

  List<ExecutionReport> confirm(Account account, Request.ConfirmTransfer request) {
    ExecutionReport result =
        account
            .transfer(request.transfer())
            .orElse(
                new ExecutionReport.TransferResult(
                    request.transfer(), Outcome.NEVER_LANDED, "unknown"));
    account.setTransfer(request.transfer(), result);
    return List.of(result);
  }
}
