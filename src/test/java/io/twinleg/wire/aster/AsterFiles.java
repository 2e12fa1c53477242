package io.twinleg.wire.aster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Recordings and vectors that lie beside the project. */
public final class AsterFiles {
  private AsterFiles() {}

  public static JsonNode read(String name) {
    Path file =
        Path.of(Optional.ofNullable(System.getenv("TWINLEG_SHARED")).orElse("../shared"))
            .resolve(name);
    assumeTrue(
        Files.exists(file),
        () -> file + " is absent: set TWINLEG_SHARED to the shared folder to run this");
    try {
      return AsterJson.parse(Files.readString(file)).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The recorded body whose endpoint begins so. */
  public static JsonNode recorded(String endpoint) {
    for (JsonNode entry : read("data/aster/recorded-bodies-excerpt.json").path("entries")) {
      if (entry.path("endpoint").asString().startsWith(endpoint)) {
        return entry.path("body");
      }
    }
    throw new IllegalArgumentException("nothing was recorded of " + endpoint);
  }
}
