package io.twinleg.keys;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Opens a keystore. */
public interface Passphrase {
  String VARIABLE = "TWINLEG_PASSPHRASE";

  /**
   * The caller wipes it.
   *
   * @throws KeyException when there is none, or an empty one
   */
  char[] get();

  /**
   * From the file if one is named, else from the environment, else from the terminal.
   *
   * @param prompt reads a line of the terminal without an echo; nothing where there is no terminal
   */
  static Passphrase from(
      Optional<Path> file,
      Function<String, Optional<String>> variables,
      Function<String, Optional<char[]>> prompt) {
    return () -> {
      char[] found =
          file.map(Passphrase::firstLine)
              .or(() -> variables.apply(VARIABLE).map(String::toCharArray))
              .or(() -> prompt.apply("Passphrase: "))
              .orElseThrow(() ->
                  new KeyException(
                      "no passphrase: give --passphrase-file or "
                          + VARIABLE
                          + ", or start from a terminal"));
      if (found.length == 0) {
        throw new KeyException("the passphrase is empty: expected one of at least a character");
      }
      return found;
    };
  }

  private static char[] firstLine(Path file) {
    return OwnerOnlyFile.read(file).lines().findFirst().orElse("").toCharArray();
  }
}
