package io.twinleg.cli;

import io.twinleg.venue.Venue;

/**
 * Whose account is traded and where. In these records, and nowhere else, a secret becomes a signer;
 * the venue is given the signer.
 */
sealed interface LiveAccount permits HyperliquidAccount, AsterAccount {
  static LiveAccount of(Config config) {
    return config.venue().equals("aster")
        ? AsterAccount.of(config.aster(), Environment.system())
        : HyperliquidAccount.of(config.credentials());
  }

  /** The account whose orders and positions these are. */
  String address();

  String signerAddress();

  /** As a journal remembers it: the same account elsewhere is another account. */
  String network();

  /** With the ages of {@code config_example.json}. */
  Venue open();

  Venue open(Config config);
}
