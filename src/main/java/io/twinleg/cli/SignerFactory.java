package io.twinleg.cli;

import io.twinleg.keys.KeySource;
import io.twinleg.keys.Passphrase;
import io.twinleg.keys.SecretKey;
import io.twinleg.wire.Signer;
import java.nio.file.Path;
import java.util.Optional;

/** The only place where a secret becomes a signer. The secret is wiped before this returns. */
final class SignerFactory {
  private SignerFactory() {}

  static Signer signer(
      SecretReference reference, Environment environment, Optional<Path> passphraseFile) {
    return signer(reference.source(environment, passphrase(environment, passphraseFile)));
  }

  static Signer signer(KeySource source) {
    try (SecretKey secret = source.open()) {
      return secret.use(Signer::of);
    }
  }

  /** From the file, the environment, or the terminal. */
  static Passphrase passphrase(Environment environment, Optional<Path> file) {
    return Passphrase.from(file, environment::read, SignerFactory::ask);
  }

  /** Without an echo; nothing where nobody answers. */
  static Optional<char[]> ask(String question) {
    return Optional.ofNullable(System.console())
        .flatMap(console -> Optional.ofNullable(console.readPassword("%s", question)));
  }
}
