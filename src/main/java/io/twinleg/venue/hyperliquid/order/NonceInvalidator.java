package io.twinleg.venue.hyperliquid.order;

import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;

import io.twinleg.wire.hyperliquid.action.L1Action.Noop;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The only second use of a nonce: an action without effect. Where it succeeds, what was sent with
 * that nonce can never land; where the nonce was used up before, the venue has judged it.
 */
public final class NonceInvalidator {
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final SigningIdentity identity;
  private final ExchangeApi exchange;
  private final TreeSet<Long> invalidated = new TreeSet<>();

  public NonceInvalidator(SigningIdentity identity, ExchangeApi line) {
    this.identity = identity;
    this.exchange = line;
  }

  /** One of the two is run, or none: silence is no answer, and it is tried again. */
  public void invalidate(long nonce, Runnable neverLands, Runnable judged) {
    if (isInvalidated(nonce)) {
      neverLands.run();
      return;
    }
    exchange.post(
        identity.body(new Noop(), nonce, OptionalLong.empty()),
        ANSWER,
        reply -> onReply(nonce, reply, neverLands, judged));
  }

  private void onReply(long nonce, ExchangeReply reply, Runnable neverLands, Runnable judged) {
    Optional<ExchangeReply.Received> said = reply.received();
    if (said.filter(ExchangeReply.Received::isOk).isPresent()) {
      mark(nonce);
      neverLands.run();
    } else if (said.filter(ExchangeReply.Received::isDuplicateNonce).isPresent()) {
      (isInvalidated(nonce) ? neverLands : judged).run();
    }
  }

  private synchronized void mark(long nonce) {
    invalidated.add(nonce);
  }

  private synchronized boolean isInvalidated(long nonce) {
    return invalidated.contains(nonce);
  }
}
