package io.twinleg.cli;

import io.twinleg.core.model.InvalidSetting;
import io.twinleg.keys.KeySource;
import io.twinleg.keys.Passphrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Where the signing key is to be had. Nothing here reads the key, and nothing prints it: {@link
 * #toString} says neither the key nor its place.
 */
final class SecretReference {
  enum Form {
    HEX,
    ENV,
    FILE,
    KEYSTORE
  }

  static final String EXPECTED =
      "0x and 64 hexadecimal digits, or env:NAME, file:PATH or keystore:PATH";

  private static final String FORMS =
      "0x[0-9a-fA-F]{64}|env:[A-Za-z_][A-Za-z0-9_]*|(file|keystore):[^\\p{Cntrl}]+";
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final String text;

  SecretReference(String text) {
    if (!isOne(text)) {
      throw new IllegalArgumentException("not a reference to a key");
    }
    this.text = text;
  }

  static boolean isOne(String text) {
    return text.matches(FORMS);
  }

  Form form() {
    int colon = text.indexOf(':');
    return switch (colon < 0 ? "" : text.substring(0, colon)) {
      case "env" -> Form.ENV;
      case "file" -> Form.FILE;
      case "keystore" -> Form.KEYSTORE;
      default -> Form.HEX;
    };
  }

  /**
   * The hexadecimal key itself, the variable's name or the file's path: for the safe, for nobody
   * else.
   */
  String target() {
    return text.substring(text.indexOf(':') + 1);
  }

  /** Where the safe finds it; nothing is read before the source is opened. */
  KeySource source(Environment environment, Passphrase passphrase) {
    return switch (form()) {
      case HEX -> KeySource.hex(target());
      case ENV -> KeySource.environment(target(), environment::read);
      case FILE -> KeySource.file(Path.of(target()));
      case KEYSTORE -> KeySource.keystore(Path.of(target()), passphrase);
    };
  }

  /**
   * A key that others on this machine can read is refused before anything starts (B07). The file's
   * permissions are looked at, not its content.
   */
  void checkFile(String key) {
    if (form() == Form.FILE || form() == Form.KEYSTORE) {
      try {
        check(key, Path.of(target()));
      } catch (InvalidPathException e) {
        throw new InvalidSetting(key, Redaction.HIDDEN, "the path of a file");
      } catch (IOException e) {
        throw new InvalidSetting(key, Redaction.HIDDEN, "a file whose permissions can be read");
      }
    }
  }

  private void check(String key, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidSetting(key, Redaction.HIDDEN, "the path of a file that exists");
    }
    boolean hasModes = Files.getFileStore(file).supportsFileAttributeView("posix");
    if (form() == Form.FILE
        && hasModes
        && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
      throw new InvalidSetting(
          key, Redaction.HIDDEN, "a file that only its owner may read (chmod 600 it)");
    }
  }

  @Override
  public String toString() {
    return Redaction.HIDDEN;
  }
}
