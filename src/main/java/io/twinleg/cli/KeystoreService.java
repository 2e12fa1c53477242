package io.twinleg.cli;

import io.twinleg.bootstrap.SignerFactory;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.config.Environment;
import io.twinleg.config.SecretReference;
import io.twinleg.core.model.ExitCode;
import io.twinleg.keys.KeySource;
import io.twinleg.keys.Keystore;
import io.twinleg.keys.Passphrase;
import io.twinleg.keys.SecretKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the keystore commands do. Apart from them, so that reading the command line loads no class
 * that knows a key.
 */
final class KeystoreService {
  private KeystoreService() {}

  static int fresh(KeystoreCommand.Place place) {
    try (SecretKey secret = Keystore.newSecret()) {
      return create(place, secret);
    }
  }

  static int imported(KeystoreCommand.Place place, Optional<String> from) {
    try (SecretKey secret = source(place, from).open()) {
      return create(place, secret);
    }
  }

  /**
   * The address of the key, where the key can be decrypted without a question; else what the file
   * says, marked as unproven: anyone who can write the file can put another address there.
   */
  static int address(KeystoreCommand.Place place) {
    Optional<String> stated = Keystore.read(place.file).address();
    boolean isGiven =
        place.passphraseFile.isPresent()
            || Environment.system().read(Passphrase.VARIABLE).isPresent();
    if (stated.isPresent() && !isGiven) {
      System.out.println(
          stated.get() + " (unproven: give --passphrase-file or " + Passphrase.VARIABLE + ")");
      return ExitCode.CLEAN.code();
    }
    String proven =
        SignerFactory.signer(KeySource.keystore(place.file, passphrase(place))).address();
    if (stated.isPresent() && !stated.get().equals(proven)) {
      System.err.println(
          "%s says that its address is %s, and its key has %s: do not use it"
              .formatted(place.file, stated.get(), proven));
      return ExitCode.PRECONDITION.code();
    }
    System.out.println(proven);
    return ExitCode.CLEAN.code();
  }

  private static int create(KeystoreCommand.Place place, SecretKey secret) {
    String address = SignerFactory.signer(secret).address();
    Keystore.create(place.file, secret, address, chosen(place));
    System.out.println(address);
    return ExitCode.CLEAN.code();
  }

  private static Passphrase passphrase(KeystoreCommand.Place place) {
    return SignerFactory.passphrase(Environment.system(), place.passphraseFile.orElse(null));
  }

  /** A typed passphrase is typed twice: a typing error would lose the key. */
  private static Passphrase chosen(KeystoreCommand.Place place) {
    return Passphrase.from(
        place.passphraseFile, Environment.system()::read, question -> twice(question));
  }

  private static Optional<char[]> twice(String question) {
    Optional<char[]> first = SignerFactory.prompt(question);
    if (first.isEmpty()) {
      return first;
    }
    char[] again = SignerFactory.prompt("The same again: ").orElse(new char[0]);
    if (!Arrays.equals(first.get(), again)) {
      throw new UsageException("the two passphrases differ; nothing was written");
    }
    return first;
  }

  /** Never from the command line, which every process on the machine can read. */
  private static KeySource source(KeystoreCommand.Place place, Optional<String> from) {
    if (from.isEmpty()) {
      return KeySource.hex(
          SignerFactory.prompt("Private key: ")
              .map(String::new)
              .orElseThrow(
                  () -> new UsageException("no terminal to ask for the key: give --from")));
    }
    if (!from.get().matches("(env|file):.+") || !SecretReference.isKey(from.get())) {
      throw new UsageException("--from is not shown: expected env:NAME or file:PATH");
    }
    return SignerFactory.source(
        new SecretReference("--from", from.get()), Environment.system(), passphrase(place));
  }
}
