package io.twinleg.config;

import io.twinleg.core.model.InvalidSetting;
import io.twinleg.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A secret of the configuration (a signing key, an API key or its secret): the secret itself, or
 * where it is read from. {@link #toString} shows neither.
 */
public final class SecretReference {

  /** How the secret is given. */
  public enum Form {
    LITERAL,
    ENV,
    FILE,
    KEYSTORE
  }

  public static final String EXPECTED_KEY =
      "0x and 64 hexadecimal digits, or env:NAME, file:PATH or keystore:PATH";
  public static final String EXPECTED_TOKEN = "the key or secret itself, or env:NAME, or file:PATH";

  static final String KEY =
      "0x[0-9a-fA-F]{64}|env:[A-Za-z_][A-Za-z0-9_]*|(file|keystore):\\P{Cntrl}+";
  static final String TOKEN =
      "[A-Za-z0-9_.+/=-]{1,256}|env:[A-Za-z_][A-Za-z0-9_]*|file:\\P{Cntrl}+";

  private final String key;
  private final String text;

  /**
   * @param key the name of the setting, for the sentence that refuses it
   */
  public SecretReference(String key, String text) {
    if (!isKey(text) && !isToken(text)) {
      throw new IllegalArgumentException("not a reference to a secret");
    }
    this.key = key;
    this.text = text;
  }

  /** Whether a text is a signing key or a reference to one. */
  public static boolean isKey(String text) {
    return text.matches(KEY);
  }

  /** Whether a text is an API key or its secret, or a reference to one. */
  public static boolean isToken(String text) {
    return text.matches(TOKEN);
  }

  public Form form() {
    int colon = text.indexOf(':');
    return switch (colon < 0 ? "" : text.substring(0, colon)) {
      case "env" -> Form.ENV;
      case "file" -> Form.FILE;
      case "keystore" -> Form.KEYSTORE;
      default -> Form.LITERAL;
    };
  }

  /** The secret itself, the variable's name or the file's path: for the key source alone. */
  public String target() {
    return text.substring(text.indexOf(':') + 1);
  }

  /**
   * The API key or secret, read from where it is.
   *
   * @throws InvalidSetting when it is not there
   */
  public String token(Environment environment) {
    return switch (form()) {
      case ENV ->
          environment
              .read(target())
              .filter(found -> !found.isBlank())
              .map(String::strip)
              .orElseThrow(() -> refused("an environment variable " + target()));
      case FILE -> {
        try {
          yield Files.readString(Path.of(target())).strip();
        } catch (IOException e) {
          throw refused("the path of a file that can be read");
        }
      }
      case LITERAL, KEYSTORE -> text;
    };
  }

  /**
   * A file that others on this machine can read is refused before anything starts (B07). Its
   * permissions are checked, its content is not read.
   */
  public void checkFile() {
    if (form() == Form.FILE || form() == Form.KEYSTORE) {
      try {
        Path file = Path.of(target());
        if (!Files.isRegularFile(file)) {
          throw refused("the path of a file that exists");
        }
        if (form() == Form.FILE && OwnerOnly.isOpenToOthers(file)) {
          throw refused("a file that only its owner may read (chmod 600 it)");
        }
      } catch (InvalidPathException e) {
        throw refused("the path of a file");
      } catch (IOException e) {
        throw refused("a file whose permissions can be read");
      }
    }
  }

  /**
   * A secret that stands in a configuration itself is no better kept than that file.
   *
   * @throws InvalidSetting where others on this machine can read it
   */
  public void checkHolder(Path config) {
    try {
      if (form() == Form.LITERAL && OwnerOnly.isOpenToOthers(config)) {
        throw refused(
            "env:NAME or file:PATH, or a configuration that only its owner may read (chmod 600 "
                + config
                + ")");
      }
    } catch (IOException e) {
      throw refused("a configuration whose permissions can be read");
    }
  }

  private InvalidSetting refused(String expected) {
    return new InvalidSetting(key, Redaction.HIDDEN, expected);
  }

  @Override
  public String toString() {
    return Redaction.HIDDEN;
  }
}
