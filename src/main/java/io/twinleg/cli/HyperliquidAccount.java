package io.twinleg.cli;

import io.twinleg.venue.Venue;
import io.twinleg.venue.hyperliquid.HyperliquidVenue;
import io.twinleg.venue.hyperliquid.account.VenueSettings;
import io.twinleg.wire.Signer;
import io.twinleg.wire.hyperliquid.Network;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose account a run trades and where. Here, and nowhere else, a secret becomes a signer; the
 * venue is given the signer.
 *
 * @param url of the venue
 */
record HyperliquidAccount(VenueSettings settings, String url) implements LiveAccount {

  static HyperliquidAccount of(ConfigCredentials credentials) {
    Signer signer =
        SignerFactory.signer(
            credentials.secretKey().orElseThrow(), Environment.system(), Optional.empty());
    return new HyperliquidAccount(
        new VenueSettings(
            credentials.accountAddress().orElseThrow().toLowerCase(Locale.ROOT),
            credentials.vaultAddress(),
            signer,
            credentials.isMainnet() ? Network.MAINNET : Network.TESTNET),
        credentials.baseUrl().orElseThrow());
  }

  /** The account whose orders and positions these are. */
  @Override
  public String address() {
    return settings.vault().orElse(settings.account());
  }

  @Override
  public String signerAddress() {
    return settings.signer().address();
  }

  /** As a journal remembers it: the same account elsewhere is another account. */
  @Override
  public String network() {
    return url;
  }

  /** With the ages of {@code config_example.json}. */
  @Override
  public Venue open() {
    return HyperliquidVenue.open(url, Duration.ofSeconds(3), Duration.ofSeconds(90), settings);
  }

  @Override
  public Venue open(Config config) {
    return HyperliquidVenue.open(url, config.maxBookAge(), config.maxFundingAge(), settings);
  }
}
