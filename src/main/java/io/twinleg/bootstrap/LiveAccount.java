package io.twinleg.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinleg.config.Config;
import io.twinleg.config.Credentials;
import io.twinleg.config.Environment;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.venue.aster.AsterSettings;
import io.twinleg.venue.aster.AsterVenue;
import io.twinleg.venue.hyperliquid.HyperliquidVenue;
import io.twinleg.venue.hyperliquid.order.SigningIdentity;
import io.twinleg.venue.transport.LiveVenue;
import io.twinleg.wire.Signer;
import io.twinleg.wire.aster.request.HmacKey;
import io.twinleg.wire.aster.request.Signing;
import io.twinleg.wire.aster.request.WalletMessage;
import io.twinleg.wire.hyperliquid.Network;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The account that is traded, with its signer. In these records, and nowhere else, a secret of the
 * configuration becomes a signer; the venue is given the signer.
 */
public sealed interface LiveAccount {
  /** The default ages of a book and of a funding rate, for what runs without a configuration. */
  Duration BOOK_AGE = Duration.ofSeconds(3);

  Duration FUNDING_AGE = Duration.ofSeconds(90);

  /** At one of a run's venues. */
  static LiveAccount of(Config config, VenueId venue) {
    if (!venue.isFirst()) {
      return Aster.of(config.credentials().ofAster(), Aster.WINDOW);
    }
    return config.venue().equals("aster")
        ? Aster.of(config.credentials(), Aster.WINDOW)
        : Hyperliquid.of(config.credentials());
  }

  /** The account whose orders and positions these are. */
  String address();

  String signerAddress();

  /** The venue's URL, as the journal stores it: the same account elsewhere is another account. */
  String network();

  /**
   * @param bookAge after which a book is stale, {@code fundingAge} a funding rate
   */
  LiveVenue open(Duration bookAge, Duration fundingAge);

  /** With the ages of {@code config_example.json}. */
  default LiveVenue open() {
    return open(BOOK_AGE, FUNDING_AGE);
  }

  record Hyperliquid(SigningIdentity identity, String network) implements LiveAccount {

    public static Hyperliquid of(Credentials credentials) {
      Signer signer =
          SignerFactory.signer(credentials.secretKey().orElseThrow(), Environment.system());
      boolean isReal = Credentials.isRealMoney(credentials.baseUrl().orElseThrow());
      Network network = isReal ? Network.MAINNET : Network.TESTNET;
      String account = credentials.accountAddress().orElseThrow().toLowerCase(Locale.ROOT);
      SigningIdentity identity =
          credentials
              .vaultAddress()
              .map(vault -> SigningIdentity.ofVault(vault, signer, network))
              .orElseGet(() -> SigningIdentity.ofAccount(account, signer, network));
      return new Hyperliquid(identity, credentials.baseUrl().orElseThrow());
    }

    @Override
    public String address() {
      return identity.account();
    }

    @Override
    public String signerAddress() {
      return identity.signer().address();
    }

    @Override
    public LiveVenue open(Duration bookAge, Duration fundingAge) {
      return HyperliquidVenue.open(network, bookAge, fundingAge, identity);
    }
  }

  /**
   * @param address of the wallet; of an API key, which belongs to one account, a name made from it
   */
  record Aster(AsterSettings settings, String address, String signerAddress)
      implements LiveAccount {
    /** How long the venue takes a request after its timestamp: the longest life of a lost order. */
    private static final Duration WINDOW = Duration.ofSeconds(5);

    public static Aster of(Credentials credentials, Duration window) {
      Environment environment = Environment.system();
      String futures = credentials.baseUrl().orElseThrow();
      String spot = credentials.spotBaseUrl().orElseThrow();
      if (credentials.apiKey().isPresent()) {
        String key = credentials.apiKey().get().token(environment);
        String secret = credentials.apiSecret().orElseThrow().token(environment);
        Signing signing = new Signing.ByKey(new HmacKey(key, secret), window);
        return new Aster(settings(signing, futures, spot), nameOf(key), "API key");
      }
      Signer signer = SignerFactory.signer(credentials.signerKey().orElseThrow(), environment);
      String user = credentials.user().orElseThrow();
      Signing signing = new Signing.ByWallet(user, signer, chain(futures));
      return new Aster(settings(signing, futures, spot), user, signer.address());
    }

    private static AsterSettings settings(Signing signing, String futures, String spot) {
      return AsterSettings.of(Optional.of(signing), futures, spot);
    }

    /** Signatures for real money are for another chain than all others. */
    private static long chain(String url) {
      return Credentials.isRealMoney(url) ? WalletMessage.MAINNET : WalletMessage.TESTNET;
    }

    private static String nameOf(String apiKey) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(apiKey.getBytes(UTF_8));
        return "key-" + HexFormat.of().formatHex(digest, 0, 8);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JVM has SHA-256", e);
      }
    }

    public Aster with(AsterSettings other) {
      return new Aster(other, address, signerAddress);
    }

    @Override
    public String network() {
      return settings.futuresUrl();
    }

    @Override
    public LiveVenue open(Duration bookAge, Duration fundingAge) {
      return AsterVenue.open(settings.withAges(bookAge, fundingAge));
    }

    @Override
    public LiveVenue open() {
      return AsterVenue.open(settings);
    }
  }
}
