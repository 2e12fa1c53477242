package io.twinleg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinleg.venue.Venue;
import io.twinleg.venue.aster.AsterSettings;
import io.twinleg.venue.aster.AsterVenue;
import io.twinleg.wire.Signer;
import io.twinleg.wire.aster.request.HmacKey;
import io.twinleg.wire.aster.request.Signing;
import io.twinleg.wire.aster.request.WalletMessage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An account on Aster.
 *
 * @param address of the wallet; of an API key, which belongs to one account, a name made from it
 */
record AsterAccount(AsterSettings settings, String address, String signerAddress)
    implements LiveAccount {

  /** How long the venue takes a request after its timestamp: the longest life of a lost order. */
  private static final Duration WINDOW = Duration.ofSeconds(5);

  static AsterAccount of(AsterCredentials credentials, Environment environment) {
    return of(credentials, environment, WINDOW);
  }

  static AsterAccount of(AsterCredentials credentials, Environment environment, Duration window) {
    String futures = credentials.baseUrl().orElseThrow();
    String spot = credentials.spotBaseUrl().orElseThrow();
    if (credentials.isByKey()) {
      String key = credentials.apiKey().orElseThrow().value("credentials.api_key", environment);
      String secret =
          credentials.apiSecret().orElseThrow().value("credentials.api_secret", environment);
      Signing signing = new Signing.ByKey(new HmacKey(key, secret), window);
      return new AsterAccount(settings(signing, futures, spot), nameOf(key), "API key");
    }
    Signer signer =
        SignerFactory.signer(
            credentials.signerKey().orElseThrow(), Environment.system(), Optional.empty());
    String user = credentials.user().orElseThrow();
    Signing signing = new Signing.ByWallet(user, signer, chain(futures));
    return new AsterAccount(settings(signing, futures, spot), user, signer.address());
  }

  private static AsterSettings settings(Signing signing, String futures, String spot) {
    return AsterSettings.of(Optional.of(signing), futures, spot);
  }

  /** Signatures for real money are for another chain than all others. */
  private static long chain(String url) {
    return ConfigCredentials.isAsterMainnet(url) ? WalletMessage.MAINNET : WalletMessage.TESTNET;
  }

  private static String nameOf(String apiKey) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(apiKey.getBytes(UTF_8));
      return "key-" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  AsterAccount with(AsterSettings other) {
    return new AsterAccount(other, address, signerAddress);
  }

  @Override
  public String network() {
    return settings.futuresUrl();
  }

  @Override
  public Venue open() {
    return AsterVenue.open(settings);
  }

  @Override
  public Venue open(Config config) {
    return AsterVenue.open(settings.withAges(config.maxBookAge(), config.maxFundingAge()));
  }
}
