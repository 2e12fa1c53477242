package io.hypercarry.app;

import io.hypercarry.core.model.SettingRefused;
import io.hypercarry.protocol.Hex;
import io.hypercarry.protocol.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A reference to a key becomes a signer. What is wrong with the key is said without showing it. */
final class SigningKey {
  private static final String KEY = "credentials.secret_key";

  private SigningKey() {}

  static Signer signer(SecretReference reference) {
    String text =
        switch (reference.form()) {
          case HEX -> reference.target();
          case ENV ->
              Optional.ofNullable(System.getenv(reference.target()))
                  .orElseThrow(
                      () -> new SettingRefused(KEY, Redaction.HIDDEN, "a variable that is set"));
          case FILE -> read(reference);
          case KEYSTORE ->
              throw new SettingRefused(
                  KEY, Redaction.HIDDEN, "env:NAME or file:PATH: a keystore cannot be opened yet");
        };
    try {
      return Signer.of(Hex.decode(text.strip()));
    } catch (IllegalArgumentException notAKey) {
      throw new SettingRefused(KEY, Redaction.HIDDEN, "0x and 64 hexadecimal digits");
    }
  }

  private static String read(SecretReference reference) {
    try {
      return Files.readString(Path.of(reference.target()));
    } catch (IOException e) {
      throw new SettingRefused(KEY, Redaction.HIDDEN, "a file that can be read");
    }
  }
}
