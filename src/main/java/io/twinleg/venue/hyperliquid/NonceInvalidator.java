package io.twinleg.venue.hyperliquid;

import io.twinleg.wire.hyperliquid.Noop;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The only second use of a nonce: an action without effect. Where it succeeds, what was sent with
 * that nonce can never land; where the nonce was used up before, the venue has judged it.
 */
final class NonceInvalidator {
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final SigningIdentity identity;
  private final ExchangeApi line;
  private final TreeSet<Long> burnt = new TreeSet<>();

  NonceInvalidator(SigningIdentity identity, ExchangeApi line) {
    this.identity = identity;
    this.line = line;
  }

  /** One of the two is run, or none: silence is no answer, and it is tried again. */
  void burn(long nonce, Runnable neverLands, Runnable judged) {
    if (isBurnt(nonce)) {
      neverLands.run();
      return;
    }
    line.post(
        identity.body(new Noop(), nonce, OptionalLong.empty()),
        ANSWER,
        reply -> heard(nonce, reply, neverLands, judged));
  }

  private void heard(long nonce, ExchangeReply reply, Runnable neverLands, Runnable judged) {
    Optional<ExchangeReply.Said> said = reply.said();
    if (said.filter(ExchangeReply.Said::isOk).isPresent()) {
      mark(nonce);
      neverLands.run();
    } else if (said.filter(ExchangeReply.Said::isDuplicateNonce).isPresent()) {
      (isBurnt(nonce) ? neverLands : judged).run();
    }
  }

  private synchronized void mark(long nonce) {
    burnt.add(nonce);
  }

  private synchronized boolean isBurnt(long nonce) {
    return burnt.contains(nonce);
  }
}
