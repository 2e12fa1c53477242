package io.twinleg.cli;

import io.twinleg.core.model.InvalidSetting;
import java.util.Optional;

/**
 * Aster's two ways to sign, of which one is given: an API key and its secret (V1), or a wallet and
 * its agent's key (V3). Futures and spot have hosts of their own.
 */
record AsterCredentials(
    Optional<ApiCredential> apiKey,
    Optional<ApiCredential> apiSecret,
    Optional<String> user,
    Optional<SecretReference> signerKey,
    Optional<String> baseUrl,
    Optional<String> spotBaseUrl) {
  private static final String API_KEY = "credentials.api_key";

  boolean isByKey() {
    return apiKey.isPresent();
  }

  /**
   * @throws InvalidSetting when neither way is whole, or both are begun
   */
  void check() {
    boolean byKey = apiKey.isPresent() || apiSecret.isPresent();
    boolean byWallet = user.isPresent() || signerKey.isPresent();
    if (byKey == byWallet) {
      throw new InvalidSetting(
          API_KEY,
          byKey ? Redaction.HIDDEN + " beside credentials.user" : "none",
          "either credentials.api_key and credentials.api_secret, or credentials.user and"
              + " credentials.signer_key");
    }
    if (byKey) {
      require("credentials.api_key", apiKey);
      require("credentials.api_secret", apiSecret);
    } else {
      require("credentials.user", user);
      require("credentials.signer_key", signerKey);
    }
    require("credentials.spot_base_url", spotBaseUrl);
    apiKey.ifPresent(token -> token.checkFile(API_KEY));
    apiSecret.ifPresent(token -> token.checkFile("credentials.api_secret"));
    signerKey.ifPresent(reference -> reference.checkFile("credentials.signer_key"));
  }

  private static void require(String key, Optional<?> value) {
    if (value.isEmpty()) {
      throw new InvalidSetting(key, "none", "a value: venue aster needs it");
    }
  }
}
