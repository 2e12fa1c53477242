package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.server.PacedExchange;
import io.hypercarry.protocol.hyperliquid.Envelope;
import io.hypercarry.protocol.hyperliquid.Malformed;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /exchange}. A request is read and its signer recovered on the server's own threads;
 * it travels to the exchange as long as every order does, and its answer back.
 */
final class ExchangeRoute {
  private final PacedExchange paced;
  private final ActionDesk actions;
  private final IpLimit limit;

  ExchangeRoute(PacedExchange paced, ActionDesk actions, IpLimit limit) {
    this.paced = paced;
    this.actions = actions;
    this.limit = limit;
  }

  /** Completed when the exchange has executed it, or at once where it never gets there. */
  CompletableFuture<HttpAnswer> answer(String body) {
    try {
      Envelope envelope = Envelope.read(body);
      limit.spend(Weight.ofRequest(envelope.action()));
      Signed signed = Signed.recover(envelope);
      return paced.send(exchange -> HttpAnswer.of(actions.execute(signed)));
    } catch (Malformed malformed) {
      limit.spend(1);
      return CompletableFuture.completedFuture(HttpAnswer.malformed(malformed));
    }
  }
}
