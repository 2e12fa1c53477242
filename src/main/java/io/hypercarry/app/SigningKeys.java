package io.hypercarry.app;

import io.hypercarry.keys.KeySource;
import io.hypercarry.keys.Passphrase;
import io.hypercarry.keys.Secret;
import io.hypercarry.protocol.Signer;
import java.nio.file.Path;
import java.util.Optional;

/** The only place where a secret becomes a signer. The secret is wiped before this returns. */
final class SigningKeys {
  private SigningKeys() {}

  static Signer signer(
      SecretReference reference, EnvironmentReader environment, Optional<Path> passphraseFile) {
    return signer(reference.source(environment, passphrase(environment, passphraseFile)));
  }

  static Signer signer(KeySource source) {
    try (Secret secret = source.open()) {
      return secret.use(Signer::of);
    }
  }

  /** From the file, the environment, or the terminal. */
  static Passphrase passphrase(EnvironmentReader environment, Optional<Path> file) {
    return Passphrase.from(file, environment::read, SigningKeys::ask);
  }

  /** Without an echo; nothing where nobody answers. */
  static Optional<char[]> ask(String question) {
    return Optional.ofNullable(System.console())
        .flatMap(console -> Optional.ofNullable(console.readPassword("%s", question)));
  }
}
