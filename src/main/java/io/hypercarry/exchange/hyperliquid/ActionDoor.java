package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.exchange.server.PacedExchange;
import io.hypercarry.protocol.hyperliquid.Envelope;
import io.hypercarry.protocol.hyperliquid.ExchangeAnswer;
import io.hypercarry.protocol.hyperliquid.Malformed;
import java.util.concurrent.CompletableFuture;

/** {@code POST /exchange}: reads, lets it travel, has it judged and carried out. */
final class ActionDoor {
  private final PacedExchange paced;
  private final Weights weights;
  private final Gate gate;
  private final ActionDesk desk;

  ActionDoor(PacedExchange paced, Weights weights, Gate gate, ActionDesk desk) {
    this.paced = paced;
    this.weights = weights;
    this.gate = gate;
    this.desk = desk;
  }

  CompletableFuture<Reply> handle(String body, String from) {
    Envelope envelope;
    try {
      envelope = Envelope.read(body);
    } catch (Malformed malformed) {
      return CompletableFuture.completedFuture(
          weights.take(from, 1) ? Reply.of(malformed) : Reply.TOO_MANY);
    }
    int weight = Weights.ofAction(Gate.elements(envelope.action()));
    return weights.take(from, weight)
        ? paced.send(exchange -> Reply.of(answer(envelope).json()))
        : CompletableFuture.completedFuture(Reply.TOO_MANY);
  }

  private ExchangeAnswer answer(Envelope envelope) {
    return switch (gate.judge(envelope)) {
      case Gate.Verdict.Passed passed -> desk.execute(passed.account(), envelope.action());
      case Gate.Verdict.Stopped stopped -> new ExchangeAnswer.Refused(stopped.text());
    };
  }
}
