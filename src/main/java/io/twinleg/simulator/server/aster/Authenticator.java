package io.twinleg.simulator.server.aster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.twinleg.simulator.AccountId;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.request.ApiRequest.AuthType;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.HmacKey;
import io.twinleg.wire.aster.request.Params;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/**
 * Who asks, and whether it is he. Checks what the venue checks: for V1 the key, the parameters, the
 * timestamp and the signature over what came, byte for byte; for V3 the wallet and its nonce.
 */
final class Authenticator {
  private static final String SIGNATURE = "&signature=";
  private static final long USUAL_WINDOW_MS = 5_000;
  private static final long AHEAD_MS = 1_000;

  /**
   * A clock, and how much of its time passes in one of ours: spans on the way last longer on it.
   */
  record Dial(InstantSource clock, BigDecimal speed) {
    long now() {
      return clock.instant().toEpochMilli();
    }

    long span(long millis) {
      return speed.multiply(BigDecimal.valueOf(millis)).longValue();
    }
  }

  private final AsterAccountRegistry members;
  private final List<Dial> clocks;
  private final WalletAuthenticator wallets;

  /**
   * @param clocks a timestamp need fit one of them: a client's own clock is the wall's, however
   *     fast this exchange's runs
   */
  Authenticator(AsterAccountRegistry members, List<Dial> clocks, long chainId) {
    this.members = members;
    this.clocks = List.copyOf(clocks);
    wallets = new WalletAuthenticator(members, this.clocks, chainId);
  }

  void setNonceWindow(Duration window) {
    wallets.setWindow(window);
  }

  AccountId admit(AsterRequest request, AuthType security) {
    return request.generation() == ApiVersion.V3
        ? wallets.admit(request)
        : byKey(request, security);
  }

  private AccountId byKey(AsterRequest request, AuthType security) {
    HmacKey key =
        request
            .apiKey()
            .flatMap(members::key)
            .orElseThrow(() ->
                request.apiKey().isEmpty()
                    ? new ApiError(-2014, "API-key format invalid.")
                    : new ApiError(-2015, "Invalid API-key, IP, or permissions for action."));
    if (security == AuthType.SIGNED) {
      checkTime(request.params());
      checkSignature(request, key);
    }
    return members.byKey(key.apiKey()).orElseThrow();
  }

  private void checkTime(Params params) {
    long stamp = number(ApiError.required(params, "timestamp"));
    long window = params.get("recvWindow").map(Authenticator::number).orElse(USUAL_WINDOW_MS);
    boolean fits =
        clocks.stream()
            .anyMatch(dial ->
                stamp < dial.now() + dial.span(AHEAD_MS)
                    && dial.now() - stamp <= dial.span(window));
    if (!fits) {
      boolean ahead = clocks.stream().allMatch(dial -> stamp >= dial.now() + dial.span(AHEAD_MS));
      throw new ApiError(
          ErrorReply.CLOCK,
          ahead
              ? "Timestamp for this request was 1000ms ahead of the server's time."
              : "Timestamp for this request is outside of the recvWindow.");
    }
  }

  static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ApiError(-1102, "A number was malformed.");
    }
  }

  private static void checkSignature(AsterRequest request, HmacKey key) {
    String total = request.total();
    ApiError.required(request.params(), "signature");
    int end = total.lastIndexOf(SIGNATURE);
    String signed = end < 0 ? total : total.substring(0, end);
    String given = end < 0 ? "" : total.substring(end + SIGNATURE.length());
    byte[] expected = key.sign(signed).getBytes(US_ASCII);
    if (!MessageDigest.isEqual(expected, given.toLowerCase(Locale.ROOT).getBytes(US_ASCII))) {
      throw new ApiError(-1022, "Signature for this request is not valid.");
    }
  }
}
