package io.twinleg.wire.hyperliquid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/**
 * The published vectors and recordings, beside the project; tests are skipped where they are not.
 */
final class SharedFiles {
  private SharedFiles() {}

  static List<JsonNode> vectors() {
    return List.copyOf(
        HyperliquidJson.parse(read(root().resolve("vectors/hyperliquid-signing.json"))).values());
  }

  static JsonNode recording(String name) {
    return HyperliquidJson.parse(read(recordings().resolve(name)));
  }

  /** The names that begin so. */
  static List<String> recordings(String prefix) {
    try (Stream<Path> files = Files.list(recordings())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix) && name.endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path recordings() {
    return root().resolve("data/hyperliquid");
  }

  private static Path root() {
    Path root = Path.of(Optional.ofNullable(System.getenv("TWINLEG_SHARED")).orElse("../shared"));
    Assumptions.assumeTrue(Files.isDirectory(root), "no shared files");
    return root;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
