package io.twinleg.wire.aster.request;

import io.twinleg.wire.Signer;
import io.twinleg.wire.aster.AsterJson;
import java.time.Duration;
import java.util.Optional;

/** How an account signs its requests, by the credentials it has. */
public sealed interface Signing {
  ApiVersion version();

  /**
   * @param stamp what makes the request fresh: for V1 the venue's time in milliseconds, for V3 a
   *     nonce in microseconds that is used once
   * @return all that is sent, the signature at its end
   */
  String signed(Params business, long stamp);

  /** For the header {@code X-MBX-APIKEY}. */
  Optional<String> apiKey();

  /**
   * The nonce that an order was prepared with, as the journal's envelope keeps it: with it the
   * order can be voided also after a restart.
   */
  record OrderNonce(long micros) {
    private static final String FIELD = "nonce";

    public String json() {
      return AsterJson.object().put(FIELD, micros).toString();
    }

    /** Empty for an order that was sent without one. */
    public static Optional<OrderNonce> read(String envelope) {
      return AsterJson.parse(envelope)
          .flatMap(node -> AsterJson.optionalWhole(node, FIELD))
          .map(OrderNonce::new);
    }
  }

  /** V1. {@code window}: how long after its timestamp the venue still takes the request. */
  record ByKey(HmacKey key, Duration window) implements Signing {
    private static final long LONGEST_MS = 60_000;

    public ByKey {
      if (window.toMillis() < 1 || window.toMillis() > LONGEST_MS) {
        throw new IllegalArgumentException(
            "the receive window lies in 1..60000 ms, found " + window.toMillis());
      }
    }

    @Override
    public ApiVersion version() {
      return ApiVersion.V1;
    }

    @Override
    public String signed(Params business, long stamp) {
      String sent =
          business.with("recvWindow", window.toMillis()).with("timestamp", stamp).encoded();
      return sent + "&signature=" + key.sign(sent);
    }

    @Override
    public Optional<String> apiKey() {
      return Optional.of(key.apiKey());
    }
  }

  /** V3. {@code user}: the main wallet; the agent signs for it, or the wallet for itself. */
  record ByWallet(String user, Signer agent, long chainId) implements Signing {

    @Override
    public ApiVersion version() {
      return ApiVersion.V3;
    }

    @Override
    public String signed(Params business, long stamp) {
      String sent =
          business
              .with("nonce", stamp)
              .with("user", user)
              .with("signer", agent.address())
              .encoded();
      return sent
          + "&signature="
          + WalletMessage.written(agent.sign(WalletMessage.digest(chainId, sent)));
    }

    @Override
    public Optional<String> apiKey() {
      return Optional.empty();
    }
  }
}
