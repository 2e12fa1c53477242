package io.twinleg.config;

import io.twinleg.core.model.InvalidSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
  public static final String EXPECTED_URL =
      "a URL that begins with https:// (http:// only for 127.0.0.1, localhost and [::1])";

  /** Where money is worth nothing; what is neither there nor on this machine may be real. */
  private static final List<String> TESTNETS =
      List.of(
          "api.hyperliquid-testnet.xyz", "fapi.asterdex-testnet.com", "sapi.asterdex-testnet.com");

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
  private static final Map<String, Integer> USUAL_PORTS = Map.of("https", 443, "http", 80);

  private final Map<String, String> values;

  /**
   * @param values by name ("api_key"), in their normal form; what is absent has no entry
   */
  public Credentials(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  public Optional<String> accountAddress() {
    return find("account_address");
  }

  public Optional<SecretReference> secretKey() {
    return secret("secret_key");
  }

  public Optional<String> baseUrl() {
    return find("base_url");
  }

  public Optional<String> vaultAddress() {
    return find("vault_address");
  }

  public Optional<SecretReference> apiKey() {
    return secret("api_key");
  }

  public Optional<SecretReference> apiSecret() {
    return secret("api_secret");
  }

  public Optional<String> user() {
    return find("user");
  }

  public Optional<SecretReference> signerKey() {
    return secret("signer_key");
  }

  public Optional<String> spotBaseUrl() {
    return find("spot_base_url");
  }

  private Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private Optional<SecretReference> secret(String name) {
    return find(name).map(text -> new SecretReference("credentials." + name, text));
  }

  /** Where Aster is traded beside Hyperliquid, its futures; with Aster alone that is the base. */
  private static final String FUTURES = "futures_base_url";

  /** Aster's part beside Hyperliquid's, as if Aster were traded alone. */
  public Credentials ofAster() {
    Map<String, String> own = new TreeMap<>(values);
    own.remove("base_url");
    find(FUTURES).ifPresent(url -> own.put("base_url", url));
    return new Credentials(own);
  }

  /** Whether real money may be traded at one of the hosts. */
  public boolean isMainnet() {
    return realMoneyKey().isPresent();
  }

  /** The first key whose URL is where real money may be traded. */
  public Optional<String> realMoneyKey() {
    return Stream.of("base_url", FUTURES, "spot_base_url")
        .filter(key -> find(key).filter(Credentials::isRealMoney).isPresent())
        .findFirst();
  }

  /** What stands under a key that is no secret. */
  public String url(String key) {
    return find(key).orElseThrow();
  }

  /**
   * Judged by the host alone: every host is the mainnet's but this machine and the testnets. A new
   * name or another port of a mainnet, or a relay to it, must not pass for a place to play.
   */
  public static boolean isRealMoney(String url) {
    try {
      String host = new URI(url.strip()).getHost();
      return host == null || !isHarmless(host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""));
    } catch (URISyntaxException unreadable) {
      return true;
    }
  }

  private static boolean isHarmless(String host) {
    return isLoopback(host) || TESTNETS.contains(host);
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host).matches();
  }

  /**
   * The URL of a venue, encrypted unless it is on this machine; in lower case, without the usual
   * port, a dot behind the host or a slash at the end, so that one venue has one name: journal and
   * lock of an account go by it. Nothing where it is neither.
   */
  public static Optional<String> normalUrl(String text) {
    try {
      URI url = new URI(text.strip());
      boolean isBare =
          url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
      boolean isComplete = url.getScheme() != null && url.getHost() != null;
      if (!isComplete || !isBare || url.getPort() > 65_535 || !isEncryptedOrLocal(url)) {
        return Optional.empty();
      }
      String scheme = url.getScheme().toLowerCase(Locale.ROOT);
      String host = url.getHost().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
      boolean isUsual = url.getPort() < 0 || USUAL_PORTS.getOrDefault(scheme, -1) == url.getPort();
      String site = scheme + "://" + host + (isUsual ? "" : ":" + url.getPort());
      return Optional.of(site + url.getRawPath().replaceAll("/+$", ""));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static boolean isEncryptedOrLocal(URI url) {
    return url.getScheme().equalsIgnoreCase("https")
        || (url.getScheme().equalsIgnoreCase("http")
            && isLoopback(url.getHost().toLowerCase(Locale.ROOT)));
  }

  /**
   * @throws InvalidSetting when the secret key's file cannot be used
   */
  Credentials checkedForHyperliquid() {
    secretKey().ifPresent(SecretReference::checkFile);
    return this;
  }

  /**
   * @throws InvalidSetting when neither way to sign is complete, or both are begun
   */
  public Credentials checkedForAster() {
    find(FUTURES)
        .ifPresent(url -> {
          throw new InvalidSetting(
              "credentials." + FUTURES,
              url,
              "none: with venue aster credentials.base_url is the URL of its futures");
        });
    return checkedAsOneOfTwo();
  }

  /**
   * The same beside Hyperliquid.
   *
   * @throws InvalidSetting when neither way to sign is complete, or both are begun
   */
  Credentials checkedBesideHyperliquid() {
    require(FUTURES);
    return checkedAsOneOfTwo();
  }

  private Credentials checkedAsOneOfTwo() {
    boolean isByKey = apiKey().isPresent() || apiSecret().isPresent();
    boolean isByWallet = user().isPresent() || signerKey().isPresent();
    if (isByKey == isByWallet) {
      throw new InvalidSetting(
          "credentials.api_key",
          isByKey ? Redaction.HIDDEN + " beside credentials.user" : "none",
          "either credentials.api_key and credentials.api_secret, or credentials.user and"
              + " credentials.signer_key");
    }
    List<String> signing =
        isByKey ? List.of("api_key", "api_secret") : List.of("user", "signer_key");
    signing.forEach(this::require);
    for (Optional<SecretReference> each : List.of(apiKey(), apiSecret(), signerKey())) {
      each.ifPresent(SecretReference::checkFile);
    }
    return withSpotUrl();
  }

  /**
   * @throws InvalidSetting without Aster's second host
   */
  Credentials withSpotUrl() {
    require("spot_base_url");
    return this;
  }

  private void require(String name) {
    if (find(name).isEmpty()) {
      throw new InvalidSetting("credentials." + name, "none", "a value: venue aster needs it");
    }
  }
}
