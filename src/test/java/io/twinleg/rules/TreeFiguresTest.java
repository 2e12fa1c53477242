package io.twinleg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The figures of this folder of tests, which breaks the rules by design, below. */
@Order(1)
class TreeFiguresTest {
  private static final TreeFigures FIGURES =
      new TreeFigures(
          Path.of("src/test/java"),
          Path.of("target/test-classes/io/twinleg/rules"),
          Path.of("target/test-classes/io/twinleg/tracing"));

  /** Three components, one of them an Optional; it accepts one and stores one. */
  record Sample(Optional<String> first, List<String> second, int third) {
    private static final class Store {
      private final Optional<String> stored;

      Store(Optional<String> stored) {
        this.stored = stored;
      }

      boolean isEqual(Optional<String> other, Optional<String> another) {
        return stored.equals(other) && stored.equals(another);
      }
    }

    boolean isStored(Optional<String> other) {
      return new Store(first).isEqual(other, other);
    }
  }

  @Test
  void countsTheFilesOfAPackage() {
    assertThat(FIGURES.filesOfPackages())
        .containsKey("core")
        .hasEntrySatisfying("rules", files -> assertThat(files).isBetween(8, 25));
  }

  @Test
  void countsTheComponentsOfARecord() {
    assertThat(FIGURES.recordComponents()).containsEntry("TreeFiguresTest.Sample", 3);
  }

  @Test
  void countsOptionalsThatAreAcceptedAndStored() {
    assertThat(new Sample(Optional.empty(), List.of(), 0).isStored(Optional.empty())).isTrue();
    assertThat(FIGURES.optionalParameters()).containsEntry("rules", 4);
    assertThat(FIGURES.optionalComponents()).containsEntry("rules", 1);
    assertThat(FIGURES.optionalFields()).containsEntry("rules", 1);
  }

  @Test
  void countsShortFilesWithOneUser() {
    Map<String, String> users = FIGURES.classesWithOneUser();
    assertThat(users)
        .containsEntry("io.twinleg.rules.SourceFormat", "io.twinleg.rules.FormatTest")
        .doesNotContainKey(Ceilings.class.getName());
    assertThat(FIGURES.shortFilesWithOneUser())
        .containsEntry("tracing", 3)
        .doesNotContainKey("rules");
  }

  @Test
  void knowsTheNamesThatOthersCanUse() {
    assertThat(FIGURES.topLevelNames()).contains("TreeFiguresTest").doesNotContain("Sample");
    assertThat(FIGURES.sharedNestedNames()).contains("Sample").doesNotContain("Store");
  }
}
