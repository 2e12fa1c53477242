package io.twinleg.simulator;

import java.time.Duration;

/**
 * How long everything travels. The defaults are those of specification 3: an order's answer is here
 * 200 ms after it was sent, and the user stream tells of its fills 20 ms later.
 *
 * @param request from the sender until the exchange executes
 * @param answer from the execution until the sender has its answer
 * @param stream from the execution until fills, closes and payments are told
 * @param account from a change until the account's new state is told
 * @param market from a change of a book or price until it is seen
 */
public record NetworkLatency(
    Duration request, Duration answer, Duration stream, Duration account, Duration market) {
  public static final NetworkLatency STANDARD = ofMillis(100, 100, 120, 140, 100);

  public static NetworkLatency ofMillis(
      long request, long answer, long stream, long account, long market) {
    return new NetworkLatency(
        Duration.ofMillis(request),
        Duration.ofMillis(answer),
        Duration.ofMillis(stream),
        Duration.ofMillis(account),
        Duration.ofMillis(market));
  }

  public NetworkLatency {
    if (request.isNegative()
        || answer.isNegative()
        || stream.isNegative()
        || account.isNegative()
        || market.isNegative()) {
      throw new IllegalArgumentException("nothing arrives before it was sent");
    }
  }
}
