package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.server.PacedExchange;
import io.hypercarry.protocol.hyperliquid.Envelope;
import io.hypercarry.protocol.hyperliquid.Malformed;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /exchange}. A request is read and its signer recovered on the server's own threads;
 * it travels to the exchange as long as every order does, and its answer back.
 */
final class ActionDoor {
  private final PacedExchange paced;
  private final Weights weights;
  private final ActionDesk actions;

  ActionDoor(PacedExchange paced, Weights weights, ActionDesk actions) {
    this.paced = paced;
    this.weights = weights;
    this.actions = actions;
  }

  /**
   * Completed when the exchange has executed it, or at once where it never gets there.
   *
   * @param ip whose weight it is
   */
  CompletableFuture<Reply> handle(String body, String ip) {
    try {
      Envelope envelope = Envelope.read(body);
      int weight = Weights.ofAction(Elements.of(envelope.action()));
      return weights.take(ip, weight) ? send(envelope) : done(Reply.TOO_MANY);
    } catch (Malformed malformed) {
      return done(weights.take(ip, 1) ? Reply.of(malformed) : Reply.TOO_MANY);
    }
  }

  private CompletableFuture<Reply> send(Envelope envelope) {
    Signed signed = Signed.recover(envelope);
    return paced.send(exchange -> Reply.of(actions.execute(signed).json()));
  }

  private static CompletableFuture<Reply> done(Reply reply) {
    return CompletableFuture.completedFuture(reply);
  }
}
