package io.twinleg.venue.hyperliquid.order;

import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import io.twinleg.wire.hyperliquid.action.L1Action.Noop;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Invalidates a nonce by an action without effect. Where that succeeds, what was sent with the
 * nonce can never land; where the nonce was used before, the venue has processed it.
 */
public final class NonceInvalidator {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final SigningIdentity identity;
  private final ExchangeApi exchange;
  private final TreeSet<Long> invalidated = new TreeSet<>();

  public NonceInvalidator(SigningIdentity identity, ExchangeApi line) {
    this.identity = identity;
    this.exchange = line;
  }

  /** Runs one of the two, or neither: without a response it is tried again. */
  public void invalidate(long nonce, Runnable neverLands, Runnable processed) {
    if (isInvalidated(nonce)) {
      neverLands.run();
      return;
    }
    exchange.post(
        identity.body(new Noop(), nonce, OptionalLong.empty()),
        TIMEOUT,
        reply -> onReply(nonce, reply, neverLands, processed));
  }

  private void onReply(long nonce, ExchangeReply reply, Runnable neverLands, Runnable processed) {
    Optional<ExchangeReply.Received> received = reply.received();
    if (received.filter(ExchangeReply.Received::isOk).isPresent()) {
      mark(nonce);
      neverLands.run();
    } else if (received.filter(ExchangeReply.Received::isDuplicateNonce).isPresent()) {
      (isInvalidated(nonce) ? neverLands : processed).run();
    }
  }

  private synchronized void mark(long nonce) {
    invalidated.add(nonce);
  }

  private synchronized boolean isInvalidated(long nonce) {
    return invalidated.contains(nonce);
  }
}
