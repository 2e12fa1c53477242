package io.twinleg.keys;

import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * From a passphrase to 32 bytes, slowly, so that guessing is slow too. A salt is in hexadecimal.
 */
sealed interface KeyDerivation {
  int LENGTH = 32;

  byte[] derive(byte[] password);

  void write(ObjectNode crypto);

  /** How much it takes while it derives. */
  long memoryBytes();

  /**
   * What new keystores get: 128 MB for one guess. Twice as much, as other programs take, does not
   * fit into the heap that a JVM has by default on a machine of 1 GB.
   */
  static KeyDerivation fresh() {
    return new Scrypt(1 << 17, 8, 1, HexFormat.of().formatHex(Keystore.random(32)));
  }

  record Scrypt(int n, int r, int p, String salt) implements KeyDerivation {
    private static final long MEMORY_MAX = 1L << 30;

    /** A file that asks for more was not made to be opened. */
    public Scrypt {
      if (n < 2 || r < 1 || p < 1 || p > 64 || Integer.bitCount(n) != 1) {
        throw new IllegalArgumentException("impossible");
      }
      if (memoryBytes(n, r) > MEMORY_MAX || (r == 1 && n >= 1 << 16)) {
        throw new IllegalArgumentException("more than a gigabyte, or than r = 1 can bear");
      }
    }

    private static long memoryBytes(int n, int r) {
      return 128L * n * r;
    }

    @Override
    public long memoryBytes() {
      return memoryBytes(n, r);
    }

    @Override
    public byte[] derive(byte[] password) {
      return SCrypt.generate(password, HexFormat.of().parseHex(salt), n, r, p, LENGTH);
    }

    @Override
    public void write(ObjectNode crypto) {
      ObjectNode parameters = crypto.put("kdf", "scrypt").putObject("kdfparams");
      parameters.put("dklen", LENGTH).put("n", n).put("r", r).put("p", p);
      parameters.put("salt", salt);
    }
  }

  record Pbkdf2(int count, String salt) implements KeyDerivation {
    private static final int COUNT_MAX = 100_000_000;

    public Pbkdf2 {
      if (count < 1 || count > COUNT_MAX) {
        throw new IllegalArgumentException("impossible");
      }
    }

    @Override
    public long memoryBytes() {
      return 0;
    }

    @Override
    public byte[] derive(byte[] password) {
      PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
      generator.init(password, HexFormat.of().parseHex(salt), count);
      return ((KeyParameter) generator.generateDerivedMacParameters(LENGTH * 8)).getKey();
    }

    @Override
    public void write(ObjectNode crypto) {
      ObjectNode parameters = crypto.put("kdf", "pbkdf2").putObject("kdfparams");
      parameters.put("dklen", LENGTH).put("c", count).put("prf", "hmac-sha256");
      parameters.put("salt", salt);
    }
  }

  static KeyDerivation read(String name, JsonNode crypto) {
    JsonNode given = crypto.path("kdfparams");
    String kdf = crypto.path("kdf").asString("");
    String salt = HexFormat.of().formatHex(Keystore.hex(name, given, "salt"));
    try {
      if (given.path("dklen").asInt(0) != LENGTH) {
        throw new IllegalArgumentException("impossible");
      }
      return switch (kdf) {
        case "scrypt" ->
            new Scrypt(number(given, "n"), number(given, "r"), number(given, "p"), salt);
        case "pbkdf2" -> pbkdf2(name, given, salt);
        default -> throw new KeyException(name + " needs " + kdf + ": expected scrypt or pbkdf2");
      };
    } catch (IllegalArgumentException e) {
      throw new KeyException(name + " has parameters for " + kdf + " that cannot be run here");
    }
  }

  private static KeyDerivation pbkdf2(String name, JsonNode given, String salt) {
    if (!given.path("prf").asString("").equals("hmac-sha256")) {
      throw new KeyException(name + " needs another prf than hmac-sha256");
    }
    return new Pbkdf2(number(given, "c"), salt);
  }

  private static int number(JsonNode node, String key) {
    return node.path(key).asInt(0);
  }
}
