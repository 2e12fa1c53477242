package io.twinleg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Order(1)
class CeilingsTest {
  @TempDir private Path folder;
  private Path file;
  private Ceilings ceilings;

  @BeforeEach
  void write() throws IOException {
    file =
        Files.write(
            folder.resolve("ceilings.txt"),
            List.of("# comment", "size main core 30", "size cli 40", "other core 1"));
    ceilings = new Ceilings(file);
  }

  @Test
  void reportsWhatExceedsItsCeilingOrTheLimit() {
    Map<String, Integer> found = Map.of("main core", 31, "cli", 40, "venue", 26, "keys", 25);

    assertThat(ceilings.exceeded("size", found, 25))
        .containsExactly(
            "size: main core has 31, more than 30", "size: venue has 26, more than 25");
  }

  @Test
  void aCeilingIsOfItsRuleOnly() {
    assertThat(ceilings.exceeded("other", Map.of("main core", 2, "core", 1), 0))
        .containsExactly("other: main core has 2, more than 0");
  }

  @Test
  void sumsByTheFirstPartOfAPackage() {
    Map<String, Integer> found =
        Map.of(
            "main core",
            1,
            "main core.risk",
            2,
            "test core.risk",
            4,
            "README.md",
            8,
            "core.event",
            16);

    assertThat(Ceilings.byTopLevelPackage(found))
        .isEqualTo(Map.of("main core", 3, "test core", 4, "README", 8, "core", 16));
  }

  @Test
  void aCeilingIsLoweredOrDroppedInItsPlaceAndNeverRaised() throws IOException {
    ceilings.lower("size", Map.of("main core", 29, "cli", 40), 25);
    assertThat(Files.readAllLines(file))
        .containsExactly("# comment", "size main core 29", "size cli 40", "other core 1");

    ceilings.lower("size", Map.of("main core", 25), 25);
    assertThat(Files.readAllLines(file)).containsExactly("# comment", "other core 1");
  }

  @Test
  void noCeilingIsDroppedWhileTheRuleIsBroken() throws IOException {
    List<String> before = Files.readAllLines(file);

    ceilings.lower("size", Map.of("main core.risk", 29, "main cli", 26), 25);
    ceilings.lower("size", Map.of("main core", 29, "cli", 41), 25);

    assertThat(Files.readAllLines(file)).isEqualTo(before);
  }
}
