package io.twinleg.bootstrap;

import io.twinleg.config.Environment;
import io.twinleg.config.SecretReference;
import io.twinleg.keys.KeySource;
import io.twinleg.keys.Passphrase;
import io.twinleg.keys.SecretKey;
import io.twinleg.wire.Signer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The only code that makes a signer of a secret, which it wipes where it has opened it. */
public final class SignerFactory {
  private SignerFactory() {}

  static Signer signer(SecretReference reference, Environment environment) {
    return signer(source(reference, environment, passphrase(environment, null)));
  }

  public static Signer signer(KeySource source) {
    try (SecretKey secret = source.open()) {
      return signer(secret);
    }
  }

  /** The secret stays the caller's to wipe. */
  public static Signer signer(SecretKey secret) {
    return secret.use(Signer::of);
  }

  /** Nothing is read before the source is opened. */
  public static KeySource source(
      SecretReference reference, Environment environment, Passphrase passphrase) {
    return switch (reference.form()) {
      case LITERAL -> KeySource.hex(reference.target());
      case ENV -> KeySource.environment(reference.target(), environment::read);
      case FILE -> KeySource.file(Path.of(reference.target()));
      case KEYSTORE -> KeySource.keystore(Path.of(reference.target()), passphrase);
    };
  }

  /** From the file if there is one, else the environment, else the terminal. */
  public static Passphrase passphrase(Environment environment, @Nullable Path file) {
    return Passphrase.from(Optional.ofNullable(file), environment::read, SignerFactory::prompt);
  }

  /** A line of the terminal, without an echo; nothing where there is no terminal. */
  public static Optional<char[]> prompt(String question) {
    return Optional.ofNullable(System.console())
        .flatMap(console -> Optional.ofNullable(console.readPassword("%s", question)));
  }
}
