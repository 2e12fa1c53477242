package io.twinleg.keys;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Where a key lies. */
public interface KeySource {
  /** The caller closes it. */
  SecretKey open();

  /** In the configuration itself. */
  static KeySource hex(String text) {
    return () -> SecretKey.ofHex(text, "the key in the configuration");
  }

  static KeySource environment(String name, Function<String, Optional<String>> variables) {
    return () ->
        SecretKey.ofHex(
            variables
                .apply(name)
                .orElseThrow(
                    () -> new KeyException("the environment variable " + name + " is not set")),
            "the environment variable " + name);
  }

  /** A file with the key in hexadecimal, which only its owner may read. */
  static KeySource file(Path file) {
    return () -> SecretKey.ofHex(OwnerOnlyFile.read(file), file.toString());
  }

  /** A Web3 keystore, version 3. */
  static KeySource keystore(Path file, Passphrase passphrase) {
    return () -> Keystore.read(file).open(passphrase);
  }
}
