package io.twinleg.cli;

import io.twinleg.venue.Venue;
import io.twinleg.venue.hyperliquid.HyperliquidVenue;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
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
record HyperliquidAccount(SigningIdentity identity, String url) implements LiveAccount {

  static HyperliquidAccount of(ConfigCredentials credentials) {
    Signer signer =
        SignerFactory.signer(
            credentials.secretKey().orElseThrow(), Environment.system(), Optional.empty());
    Network network = credentials.isMainnet() ? Network.MAINNET : Network.TESTNET;
    String account = credentials.accountAddress().orElseThrow().toLowerCase(Locale.ROOT);
    SigningIdentity identity =
        credentials
            .vaultAddress()
            .map(vault -> SigningIdentity.ofVault(vault, signer, network))
            .orElseGet(() -> SigningIdentity.ofAccount(account, signer, network));
    return new HyperliquidAccount(identity, credentials.baseUrl().orElseThrow());
  }

  /** The account whose orders and positions these are. */
  @Override
  public String address() {
    return identity.account();
  }

  @Override
  public String signerAddress() {
    return identity.signer().address();
  }

  /** As a journal remembers it: the same account elsewhere is another account. */
  @Override
  public String network() {
    return url;
  }

  /** With the ages of {@code config_example.json}. */
  @Override
  public Venue open() {
    return HyperliquidVenue.open(url, Duration.ofSeconds(3), Duration.ofSeconds(90), identity);
  }

  @Override
  public Venue open(Config config) {
    return HyperliquidVenue.open(url, config.maxBookAge(), config.maxFundingAge(), identity);
  }
}
