package io.twinleg.simulator;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.ExecutionReport.TransferAnswered.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Quote between the two wallets of an account, by its owner's hand or by a request. */
final class WalletTransfers {
  private static final String TOO_MUCH = "Insufficient balance for withdrawal.";

  private final Margin margin;
  private final NetworkModel wire;
  private final InstantSource clock;

  WalletTransfers(Margin margin, NetworkModel wire, InstantSource clock) {
    this.margin = margin;
    this.wire = wire;
    this.clock = clock;
  }

  /** Returns false, and moves nothing, where so much is not free. */
  boolean move(Account account, Usd amount, Leg from) {
    if (!canLeave(account, amount, from)) {
      return false;
    }
    account.move(amount, from);
    String what = amount + " USDC from " + wallet(from) + " to " + wallet(from.other());
    wire.stream(account, new ExecutionReport.Transferred(Usd.ZERO, what, clock.instant()));
    return true;
  }

  boolean canLeave(Account account, Usd amount, Leg from) {
    Usd free =
        from == Leg.PERP
            ? margin.transferable(account)
            : account.spotQuote().minus(account.orders().heldQuote());
    return amount.signum() > 0 && !amount.exceeds(free);
  }

  static String wallet(Leg leg) {
    return leg == Leg.SPOT ? "spot" : "perp";
  }

  /** One that was settled before it came is as if it had never been sent. */
  List<ExecutionReport> move(Account account, Request.MoveCollateral request) {
    if (account.transfer(request.transfer()).isPresent()) {
      return List.of();
    }
    Optional<String> objection =
        wire.verdict(account.id(), request)
            .map(Rejection::text)
            .or(() ->
                move(account, request.amount(), request.from())
                    ? Optional.empty()
                    : Optional.of(TOO_MUCH));
    ExecutionReport answer =
        new ExecutionReport.TransferAnswered(
            request.transfer(),
            objection.isEmpty() ? Outcome.DONE : Outcome.REFUSED,
            objection.orElse("ok"));
    account.transferred(request.transfer(), answer);
    return List.of(answer);
  }

  List<ExecutionReport> settle(Account account, Request.SettleCollateral request) {
    ExecutionReport answer =
        account
            .transfer(request.transfer())
            .orElse(
                new ExecutionReport.TransferAnswered(
                    request.transfer(), Outcome.NEVER_CAME, "unknown"));
    account.transferred(request.transfer(), answer);
    return List.of(answer);
  }
}
