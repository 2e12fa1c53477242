package io.twinleg.cli;

import java.util.Optional;

/**
 * Whose account, and where. All are there in live; a dry run needs none of them. Addresses and the
 * URL are in lower case.
 */
record ConfigCredentials(
    Optional<String> accountAddress,
    Optional<SecretReference> secretKey,
    Optional<String> baseUrl,
    Optional<String> vaultAddress) {

  static final String MAINNET = "https://api.hyperliquid.xyz";

  /** Whether real money is traded there. */
  boolean isMainnet() {
    return baseUrl.filter(url -> url.equals(MAINNET) || isAsterMainnet(url)).isPresent();
  }

  static boolean isAsterMainnet(String url) {
    return url.endsWith(".asterdex.com");
  }
}
