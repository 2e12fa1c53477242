package io.twinleg.simulator.server.aster;

import io.twinleg.simulator.AccountId;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.request.Params;
import io.twinleg.wire.aster.request.WalletMessage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * V3: the signature must be the named signer's over what came, the signer the user's agent, and the
 * nonce fresh: within a minute of a clock, not used before by this signer, and not below its last
 * hundred. A guarded cancel bears its order's nonce, which it uses up if the order is not there.
 */
final class WalletAuthenticator {
  private static final String SIGNATURE = "&signature=";
  static final Duration WINDOW = Duration.ofSeconds(60);
  private static final int REMEMBERED = 100;

  private final AsterAccountRegistry members;
  private final List<Authenticator.Dial> clocks;
  private final long chainId;
  private final Map<String, TreeSet<Long>> nonces = new TreeMap<>();
  private Duration window = WINDOW;

  WalletAuthenticator(AsterAccountRegistry members, List<Authenticator.Dial> clocks, long chainId) {
    this.members = members;
    this.clocks = clocks;
    this.chainId = chainId;
  }

  /** How far from the clock a nonce may be dated. */
  void setWindow(Duration newWindow) {
    window = newWindow;
  }

  AccountId admit(AsterRequest request) {
    Params params = request.params();
    String signer = ApiError.required(params, "signer").toLowerCase(Locale.ROOT);
    String user = params.get("user").orElse(signer);
    long nonce = Authenticator.number(ApiError.required(params, "nonce"));
    Optional<String> recovered = recovered(request);
    if (recovered.filter(signer::equals).isEmpty() || !members.isApproved(user, signer)) {
      throw new ApiError(-1000, "Signature check failed");
    }
    AccountId account =
        members
            .byWallet(user)
            .orElseThrow(() -> new ApiError(-5050, "The wallet has never made a deposit."));
    boolean usedBefore = isUsed(signer, nonce);
    if (!usedBefore || !AsterRequest.Routes.isGuarded(request)) {
      use(signer, nonce);
    }
    return account;
  }

  private Optional<String> recovered(AsterRequest request) {
    String total = request.total();
    int end = total.lastIndexOf(SIGNATURE);
    return end < 0
        ? Optional.empty()
        : WalletMessage.signer(
            chainId, total.substring(0, end), total.substring(end + SIGNATURE.length()));
  }

  private boolean isUsed(String signer, long nonce) {
    return nonces.getOrDefault(signer, new TreeSet<>()).contains(nonce);
  }

  private void use(String signer, long nonce) {
    boolean fresh =
        clocks.stream()
            .anyMatch(dial -> Math.abs(nonce / 1000 - dial.now()) <= dial.span(window.toMillis()));
    TreeSet<Long> used = nonces.computeIfAbsent(signer, each -> new TreeSet<>());
    boolean late = used.size() == REMEMBERED && nonce < used.first();
    if (!fresh || late || !used.add(nonce)) {
      throw new ApiError(ErrorReply.NONCE, "Nonce Expired");
    }
    if (used.size() > REMEMBERED) {
      used.pollFirst();
    }
  }
}
