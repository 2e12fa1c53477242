package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import java.util.concurrent.CompletableFuture;

/** {@code POST /exchange}: reads, lets it travel, has it judged and carried out. */
final class ExchangeEndpoint {
  private final ExchangeLoop paced;
  private final RequestWeights weights;
  private final RequestAuthenticator gate;
  private final ActionHandler desk;

  ExchangeEndpoint(
      ExchangeLoop paced, RequestWeights weights, RequestAuthenticator gate, ActionHandler desk) {
    this.paced = paced;
    this.weights = weights;
    this.gate = gate;
    this.desk = desk;
  }

  CompletableFuture<HyperliquidReply> handle(String body, String from) {
    Envelope envelope;
    try {
      envelope = Envelope.read(body);
    } catch (MalformedMessage malformed) {
      return CompletableFuture.completedFuture(
          weights.take(from, 1) ? HyperliquidReply.of(malformed) : HyperliquidReply.TOO_MANY);
    }
    int weight = RequestWeights.ofAction(RequestAuthenticator.elements(envelope.action()));
    return weights.take(from, weight)
        ? paced.send(exchange -> HyperliquidReply.of(answer(envelope).json()))
        : CompletableFuture.completedFuture(HyperliquidReply.TOO_MANY);
  }

  private ExchangeResponse answer(Envelope envelope) {
    return switch (gate.judge(envelope)) {
      case RequestAuthenticator.Verdict.Passed passed ->
          desk.execute(passed.account(), envelope.action());
      case RequestAuthenticator.Verdict.Stopped stopped ->
          new ExchangeResponse.Refused(stopped.text());
    };
  }
}
