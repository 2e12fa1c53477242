package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.scenario.Catalogue;
import io.twinleg.scenario.Scenario;
import io.twinleg.scenario.ScenarioTable;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Every scenario has a test that names it, and no test names another one. */
@Execution(ExecutionMode.CONCURRENT)
class CatalogueTest {
  private static final List<Method> TESTS =
      ReflectionSupport.findAllClassesInPackage("io.twinleg", type -> true, name -> true).stream()
          .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
          .filter(method -> method.isAnnotationPresent(Scenario.class))
          .toList();

  private static Set<String> named(Stream<Method> tests) {
    return tests.flatMap(ScenarioTable::ids).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> all() {
    return new TreeSet<>(Catalogue.TITLES.keySet());
  }

  @Test
  void namesNinetyFour() {
    assertThat(Catalogue.TITLES).hasSize(94);
  }

  @Test
  void everyScenarioHasATestThatNamesItOrIsLaterOrMissing() {
    Set<String> expected = all();
    expected.removeAll(Catalogue.MISSING.keySet());
    expected.removeAll(Catalogue.LATER.keySet());

    assertThat(named(TESTS.stream())).containsAll(expected);
  }

  @Test
  void noTestNamesAScenarioThatIsNoneOrLater() {
    Set<String> others = named(TESTS.stream());
    others.removeAll(Catalogue.TITLES.keySet());

    assertThat(others).isEmpty();
    assertThat(Catalogue.LATER.keySet()).noneMatch(named(TESTS.stream())::contains);
  }

  @Test
  void everyTestOfAScenarioRuns() {
    assertThat(TESTS)
        .allMatch(method -> AnnotationSupport.isAnnotated(method, Test.class) || isOfMany(method))
        .noneMatch(method -> AnnotationSupport.isAnnotated(method, Disabled.class));
  }

  private static boolean isOfMany(Method method) {
    return AnnotationSupport.isAnnotated(method, org.junit.jupiter.api.TestTemplate.class)
        || AnnotationSupport.isAnnotated(method, org.junit.jupiter.api.TestFactory.class);
  }

  @Test
  void everyScenarioIsKilledEverywhereOrHasAReasonNotToBe() {
    Set<String> expected = all();
    expected.removeAll(Catalogue.NOT_KILLED.keySet());
    expected.removeAll(Catalogue.MISSING.keySet());

    Set<String> killed = named(CrashEverywhereTest.scenarios().stream());

    assertThat(killed).containsAll(expected);
  }

  @Test
  void theTableShowsEachOutcomeAndItsKills(@TempDir Path folder) throws Exception {
    Method entry =
        TESTS.stream()
            .filter(test -> named(Stream.of(test)).contains("E02"))
            .findFirst()
            .orElseThrow();
    Path file = folder.resolve("of/a/run/scenarios.md");
    try (ScenarioTable table = new ScenarioTable(file)) {
      table.played(entry, true);
      table.played(entry, false);
      table.killedEverywhere(entry, 60, true);
    }

    assertThat(Files.readAllLines(file))
        .hasSize(4 + 94)
        .anyMatch(
            row -> row.startsWith("| E02 | ") && row.endsWith(" | FAILED | passed, 60 kills |"))
        .anyMatch(row -> row.startsWith("| E03 | ") && row.endsWith(" | not run | not run |"))
        .anyMatch(row -> row.startsWith("| E04 | ") && row.contains(" | not applicable: "));
  }
}
