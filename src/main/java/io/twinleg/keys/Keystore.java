package io.twinleg.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.KeccakDigest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A Web3 keystore, version 3: the key under AES-128-CTR, its own key drawn from a passphrase. */
public final class Keystore {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CIPHER = "aes-128-ctr";
  private static final int PASSPHRASE_MIN = 8;
  private static final long MEGABYTE = 1 << 20;

  private final String name;
  private final JsonNode tree;

  private Keystore(String name, JsonNode tree) {
    this.name = name;
    this.tree = tree;
  }

  public static Keystore read(Path file) {
    return parse(file.toString(), OwnerOnlyFile.content(file));
  }

  static Keystore parse(String name, String text) {
    try {
      Keystore keystore = new Keystore(name, JSON.readTree(text));
      keystore.check();
      return keystore;
    } catch (JacksonException e) {
      throw new KeyException(name + " is no keystore: it is not JSON");
    }
  }

  private void check() {
    if (tree.path("version").asInt(0) != 3) {
      throw new KeyException(name + " is no keystore of version 3");
    }
    String cipher = crypto().path("cipher").asString("");
    if (!cipher.equals(CIPHER)) {
      throw new KeyException(name + " uses the cipher " + cipher + ": expected " + CIPHER);
    }
  }

  /**
   * As the file says, in lower case with 0x; it can be had without the passphrase. Nothing protects
   * it: anyone who can write the file can put another there.
   */
  public Optional<String> address() {
    return tree.path("address")
        .asStringOpt()
        .map(text -> text.toLowerCase(Locale.ROOT))
        .filter(text -> text.matches("(0x)?[0-9a-f]{40}"))
        .map(text -> text.startsWith("0x") ? text : "0x" + text);
  }

  /** The caller closes it. */
  public SecretKey open(Passphrase passphrase) {
    byte[] password = utf8(passphrase.get());
    byte[] derived = derive(name, KeyDerivation.read(name, crypto()), password);
    try {
      byte[] ciphertext = hex(crypto(), "ciphertext");
      if (!MessageDigest.isEqual(mac(derived, ciphertext), hex(crypto(), "mac"))) {
        throw new KeyException("the passphrase does not open " + name);
      }
      byte[] iv = hex(crypto().path("cipherparams"), "iv");
      return SecretKey.owning(crypt(derived, iv, ciphertext));
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  /** Wipes the password. Its memory is free again where it was too much. */
  private static byte[] derive(String name, KeyDerivation derivation, byte[] password) {
    try {
      return derivation.derive(password);
    } catch (OutOfMemoryError e) {
      throw new KeyException(
          "%s needs %d MB of memory to be opened, and the program may use %d MB: allow it more, such as TWINLEG_HEAP=1g"
              .formatted(
                  name,
                  derivation.memoryBytes() / MEGABYTE,
                  Runtime.getRuntime().maxMemory() / MEGABYTE),
          e);
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  /**
   * Writes a new file; an existing one is never touched.
   *
   * @throws KeyException when the passphrase is too short to keep a file that was copied
   */
  public static void create(Path file, SecretKey secret, String address, Passphrase passphrase) {
    char[] chosen = passphrase.get();
    if (chosen.length < PASSPHRASE_MIN) {
      Arrays.fill(chosen, '\0');
      throw new KeyException(
          "the passphrase is shorter than "
              + PASSPHRASE_MIN
              + " characters: choose a longer one; nothing was written");
    }
    OwnerOnlyFile.create(file, write(secret, address, () -> chosen, KeyDerivation.fresh()));
  }

  static String write(
      SecretKey secret, String address, Passphrase passphrase, KeyDerivation derivation) {
    byte[] password = utf8(passphrase.get());
    byte[] derived = derive("a new keystore", derivation, password);
    byte[] iv = random(16);
    byte[] ciphertext = secret.use(bytes -> crypt(derived, iv, bytes));
    byte[] mac = mac(derived, ciphertext);
    Arrays.fill(derived, (byte) 0);
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("version", 3).put("id", UUID.randomUUID().toString());
    tree.put("address", address.replaceFirst("^0x", ""));
    ObjectNode crypto = tree.putObject("crypto").put("cipher", CIPHER);
    crypto.putObject("cipherparams").put("iv", HexFormat.of().formatHex(iv));
    crypto.put("ciphertext", HexFormat.of().formatHex(ciphertext));
    derivation.write(crypto);
    crypto.put("mac", HexFormat.of().formatHex(mac));
    return JSON.writeValueAsString(tree) + "\n";
  }

  /** A new random key. */
  public static SecretKey newSecret() {
    return SecretKey.owning(random(32));
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private JsonNode crypto() {
    return tree.has("crypto") ? tree.path("crypto") : tree.path("Crypto");
  }

  private byte[] hex(JsonNode node, String key) {
    return hex(name, node, key);
  }

  static byte[] hex(String name, JsonNode node, String key) {
    try {
      return HexFormat.of().parseHex(node.path(key).asString("").replaceFirst("^0x", ""));
    } catch (IllegalArgumentException e) {
      throw new KeyException(name + " is damaged: " + key + " is not hexadecimal");
    }
  }

  private static byte[] mac(byte[] derived, byte[] ciphertext) {
    KeccakDigest digest = new KeccakDigest(256);
    digest.update(derived, 16, 16);
    digest.update(ciphertext, 0, ciphertext.length);
    byte[] mac = new byte[32];
    digest.doFinal(mac, 0);
    return mac;
  }

  /** In counter mode both directions are one. */
  private static byte[] crypt(byte[] derived, byte[] iv, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      SecretKeySpec key = new SecretKeySpec(derived, 0, 16, "AES");
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new KeyException("the keystore's cipher cannot be run: its iv must have 16 bytes", e);
    }
  }

  /** Wipes the characters. */
  private static byte[] utf8(char[] characters) {
    ByteBuffer encoded = ByteBuffer.allocate(4 * characters.length);
    CoderResult result =
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters), encoded, true);
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
    Arrays.fill(encoded.array(), (byte) 0);
    Arrays.fill(characters, '\0');
    if (result.isError()) {
      throw new KeyException("the passphrase is no text");
    }
    return bytes;
  }
}
