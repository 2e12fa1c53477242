package io.hypercarry.app;

import io.hypercarry.keys.KeySource;
import io.hypercarry.keys.Keystore;
import io.hypercarry.keys.Passphrase;
import io.hypercarry.keys.Secret;
import io.hypercarry.protocol.Signer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the keystore commands do. Apart from them, so that reading the command line loads no class
 * that knows a key.
 */
final class KeystoreDesk {
  private KeystoreDesk() {}

  static int fresh(KeystoreCommand.Place place) {
    try (Secret secret = Keystore.newSecret()) {
      return create(place, secret);
    }
  }

  static int imported(KeystoreCommand.Place place, Optional<String> from) {
    try (Secret secret = source(place, from).open()) {
      return create(place, secret);
    }
  }

  static int address(KeystoreCommand.Place place) {
    Keystore keystore = Keystore.read(place.file);
    System.out.println(
        keystore
            .address()
            .orElseGet(() ->
                SigningKeys.signer(KeySource.keystore(place.file, passphrase(place))).address()));
    return Exit.CLEAN;
  }

  private static int create(KeystoreCommand.Place place, Secret secret) {
    Signer signer = secret.use(Signer::of);
    Keystore.create(place.file, secret, signer.address(), chosen(place));
    System.out.println(signer.address());
    return Exit.CLEAN;
  }

  private static Passphrase passphrase(KeystoreCommand.Place place) {
    return SigningKeys.passphrase(EnvironmentReader.system(), place.passphraseFile);
  }

  /** Whoever types it types it twice: a slip would lose the key. */
  private static Passphrase chosen(KeystoreCommand.Place place) {
    return Passphrase.from(
        place.passphraseFile, EnvironmentReader.system()::read, question -> twice(question));
  }

  private static Optional<char[]> twice(String question) {
    Optional<char[]> first = SigningKeys.ask(question);
    if (first.isEmpty()) {
      return first;
    }
    char[] again = SigningKeys.ask("The same again: ").orElse(new char[0]);
    if (!Arrays.equals(first.get(), again)) {
      throw new Usage("the two passphrases differ; nothing was written");
    }
    return first;
  }

  /** Never from the command line, which every process on the machine can read. */
  private static KeySource source(KeystoreCommand.Place place, Optional<String> from) {
    if (from.isEmpty()) {
      return KeySource.hex(
          SigningKeys.ask("Private key: ")
              .map(String::new)
              .orElseThrow(() -> new Usage("no terminal to ask for the key: give --from")));
    }
    if (!from.get().matches("(env|file):.+") || !SecretReference.isOne(from.get())) {
      throw new Usage("--from is not shown: expected env:NAME or file:PATH");
    }
    return new SecretReference(from.get()).source(EnvironmentReader.system(), passphrase(place));
  }
}
