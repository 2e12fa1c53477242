package io.hypercarry.app;

import io.hypercarry.core.model.SettingRefused;
import io.hypercarry.protocol.Hex;
import io.hypercarry.protocol.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

final class SigningKey {
  private static final String KEY = "credentials.secret_key";

  private SigningKey() {}

  static Signer signer(SecretReference reference) {
    String text =
        switch (reference.form()) {
          case HEX -> reference.target();
          case ENV ->
              Optional.ofNullable(System.getenv(reference.target()))
                  .orElseThrow(() -> new SettingRefused(KEY, "not set", "a variable with the key"));
          case FILE -> read(reference);
          case KEYSTORE -> throw new SettingRefused(KEY, "keystore", "another form");
        };
    return Signer.of(Hex.decode(text.strip()));
  }

  private static String read(SecretReference reference) {
    try {
      return Files.readString(Path.of(reference.target()));
    } catch (IOException e) {
      throw new SettingRefused(KEY, "unreadable", "a file with the key");
    }
  }
}
