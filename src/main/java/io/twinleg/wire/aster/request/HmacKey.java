package io.twinleg.wire.aster.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An API key and its secret. Neither is ever printed. */
public final class HmacKey {
  private static final String ALGORITHM = "HmacSHA256";

  private final String apiKey;
  private final SecretKeySpec secret;

  public HmacKey(String apiKey, String secret) {
    if (apiKey.isBlank() || secret.isBlank()) {
      throw new IllegalArgumentException("an API key and its secret are not empty");
    }
    this.apiKey = apiKey;
    this.secret = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
  }

  public String apiKey() {
    return apiKey;
  }

  /**
   * Lower-case hex over the raw query and the raw body, one after the other and with nothing
   * between them.
   */
  public String sign(String totalParams) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return HexFormat.of().formatHex(mac.doFinal(totalParams.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "an API key";
  }
}
