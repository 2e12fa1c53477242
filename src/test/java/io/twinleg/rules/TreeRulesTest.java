package io.twinleg.rules;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * How the tree is divided and named, against limits; what exceeds one has a ceiling ({@link
 * Ceilings}). {@link TreeFiguresTest} shows that each figure is counted.
 */
@Order(1)
class TreeRulesTest {
  private static final int FILES_MAX = 25;
  private static final int COMPONENTS_MAX = 10;
  private static final TreeFigures MAIN =
      new TreeFigures(Path.of("src/main/java"), ArchitectureRules.Program.CLASSES);
  private static final List<String> TOP_LEVEL =
      Stream.of("src/main/java", "src/test/java")
          .flatMap(root -> new SourceTree(Path.of(root)).topLevelNames().stream())
          .toList();

  @Test
  void aPackageHasAtMost25Files() {
    keeps("files", MAIN.filesOfPackages(), FILES_MAX);
  }

  @Test
  void aRecordHasAtMostTenComponents() {
    keeps("components", MAIN.recordComponents(), COMPONENTS_MAX);
  }

  @Test
  void noMethodAcceptsAnOptional() {
    keepsToZero("optional-parameters", MAIN.optionalParameters());
  }

  @Test
  void nothingStoresAnOptional() {
    keepsToZero("optional-components", MAIN.optionalComponents());
    keepsToZero("optional-fields", MAIN.optionalFields());
  }

  @Test
  void aShortFileHasMoreThanOneUser() {
    keepsToZero("short-files-with-one-user", MAIN.shortFilesWithOneUser());
  }

  @Test
  void aSimpleNameIsUsedOnceInMainAndTest() {
    keeps("classes-of-a-name", counts(TOP_LEVEL.stream()), 1);
  }

  /** A nested class that others can use is read without the class around it. */
  @Test
  void aNestedClassDoesNotBearTheNameOfATopLevelClass() {
    Set<String> topLevel = new HashSet<>(TOP_LEVEL);
    List<String> nested = MAIN.sharedNestedNames();
    keeps("nested-of-a-name", counts(nested.stream().filter(topLevel::contains)), 0);
  }

  private static void keepsToZero(String rule, Map<String, Integer> perPackage) {
    keeps(rule, Ceilings.byTopLevelPackage(perPackage), 0);
  }

  private static void keeps(String rule, Map<String, Integer> found, int limit) {
    assertThat(found).isNotNull();
    assertThat(Ceilings.ofThisTree().exceeded(rule, found, limit)).isEmpty();
  }

  private static Map<String, Integer> counts(Stream<String> names) {
    return names.collect(groupingBy(name -> name, TreeMap::new, summingInt(name -> 1)));
  }
}
