package io.twinleg.config;

import io.twinleg.core.model.InvalidSetting;
import java.util.Map;
import java.util.Optional;

/**
 * The account and the venue's hosts, by the names of the section "credentials". All that a venue
 * needs is there in live; a dry run needs none of it. Addresses and URLs are in lower case.
 *
 * <p>On Hyperliquid the account's address and the key of its signer. Aster has two ways to sign, of
 * which one is given: an API key and its secret (V1), or a wallet and its agent's key (V3); futures
 * and spot have hosts of their own.
 */
public final class Credentials {
  public static final String MAINNET = "https://api.hyperliquid.xyz";

  private static final String SECTION = "credentials.";
  private static final String SECRET_KEY = SECTION + "secret_key";
  private static final String API_KEY = SECTION + "api_key";
  private static final String API_SECRET = SECTION + "api_secret";
  private static final String USER = SECTION + "user";
  private static final String SIGNER_KEY = SECTION + "signer_key";
  private static final String SPOT_BASE_URL = SECTION + "spot_base_url";

  private final Map<String, String> values;

  /**
   * @param values by name ("api_key"), in their normal form; what is absent has no entry
   */
  public Credentials(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  public Optional<String> accountAddress() {
    return find(SECTION + "account_address");
  }

  public Optional<SecretReference> secretKey() {
    return secret(SECRET_KEY);
  }

  public Optional<String> baseUrl() {
    return find(SECTION + "base_url");
  }

  public Optional<String> vaultAddress() {
    return find(SECTION + "vault_address");
  }

  public Optional<SecretReference> apiKey() {
    return secret(API_KEY);
  }

  public Optional<SecretReference> apiSecret() {
    return secret(API_SECRET);
  }

  public Optional<String> user() {
    return find(USER);
  }

  public Optional<SecretReference> signerKey() {
    return secret(SIGNER_KEY);
  }

  public Optional<String> spotBaseUrl() {
    return find(SPOT_BASE_URL);
  }

  private Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key.substring(SECTION.length())));
  }

  private Optional<SecretReference> secret(String key) {
    return find(key).map(text -> new SecretReference(key, text));
  }

  /** Whether real money is traded there. */
  public boolean isMainnet() {
    return baseUrl().filter(url -> url.equals(MAINNET) || isAsterMainnet(url)).isPresent();
  }

  public static boolean isAsterMainnet(String url) {
    return url.endsWith(".asterdex.com");
  }

  /**
   * @throws InvalidSetting when the secret key's file cannot be used
   */
  void checkHyperliquid() {
    secretKey().ifPresent(SecretReference::checkFile);
  }

  /**
   * @throws InvalidSetting when neither way to sign is complete, or both are begun
   */
  public void checkAster() {
    boolean isByKey = apiKey().isPresent() || apiSecret().isPresent();
    boolean isByWallet = user().isPresent() || signerKey().isPresent();
    if (isByKey == isByWallet) {
      throw new InvalidSetting(
          API_KEY,
          isByKey ? Redaction.HIDDEN + " beside credentials.user" : "none",
          "either credentials.api_key and credentials.api_secret, or credentials.user and"
              + " credentials.signer_key");
    }
    require(isByKey ? API_KEY : USER);
    require(isByKey ? API_SECRET : SIGNER_KEY);
    require(SPOT_BASE_URL);
    apiKey().ifPresent(SecretReference::checkFile);
    apiSecret().ifPresent(SecretReference::checkFile);
    signerKey().ifPresent(SecretReference::checkFile);
  }

  private void require(String key) {
    if (find(key).isEmpty()) {
      throw new InvalidSetting(key, "none", "a value: venue aster needs it");
    }
  }
}
