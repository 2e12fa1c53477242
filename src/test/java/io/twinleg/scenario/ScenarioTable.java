package io.twinleg.scenario;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a test run has seen of each scenario; at the run's end it is target/scenarios.md. */
public final class ScenarioTable implements AutoCloseable {
  static final Path FILE = Path.of("target", "scenarios.md");

  private record Verdict(boolean passed, long kills) {
    Verdict and(Verdict other) {
      return new Verdict(passed && other.passed, kills + other.kills);
    }
  }

  private final Path file;
  private final Map<String, Map<String, Verdict>> plain = new TreeMap<>();
  private final Map<String, Map<String, Verdict>> killed = new TreeMap<>();

  public ScenarioTable(Path file) {
    this.file = file;
  }

  public synchronized void played(Method test, boolean passed) {
    enter(plain, test, new Verdict(passed, 0));
  }

  public synchronized void killedEverywhere(Method test, long kills, boolean passed) {
    enter(killed, test, new Verdict(passed, kills));
  }

  private static void enter(
      Map<String, Map<String, Verdict>> column, Method test, Verdict verdict) {
    ids(test)
        .forEach(id ->
            column
                .computeIfAbsent(id, each -> new TreeMap<>())
                .merge(name(test), verdict, Verdict::and));
  }

  public static Stream<String> ids(Method test) {
    return Optional.ofNullable(test.getAnnotation(Scenario.class)).stream()
        .flatMap(scenario -> Stream.of(scenario.value()));
  }

  private static String name(Method test) {
    return test.getDeclaringClass().getSimpleName() + "#" + test.getName();
  }

  /** A run without any scenario leaves the last table alone. */
  @Override
  public synchronized void close() throws IOException {
    if (!plain.isEmpty() || !killed.isEmpty()) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, lines());
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("# The acceptance scenarios, as the last test run saw them");
    lines.add("");
    lines.add("| id | scenario | tests | plain | crash everywhere |");
    lines.add("|---|---|---|---|---|");
    Catalogue.TITLES.forEach((id, title) -> lines.add(row(id, title)));
    return lines;
  }

  private String row(String id, String title) {
    return "| %s | %s | %s | %s | %s |"
        .formatted(id, title, String.join(", ", tests(id)), plain(id), crashes(id));
  }

  private Iterable<String> tests(String id) {
    return plain.getOrDefault(id, killed.getOrDefault(id, Map.of())).keySet();
  }

  private String plain(String id) {
    if (Catalogue.LATER.containsKey(id)) {
      return Catalogue.LATER.get(id);
    }
    String missing =
        Optional.ofNullable(Catalogue.MISSING.get(id)).map("; missing: "::concat).orElse("");
    return verdict(plain, id).map(verdict -> word(verdict.passed())).orElse("not run") + missing;
  }

  private String crashes(String id) {
    if (Catalogue.NOT_KILLED.containsKey(id)) {
      return "not applicable: " + Catalogue.NOT_KILLED.get(id);
    }
    return verdict(killed, id)
        .map(verdict -> word(verdict.passed()) + ", " + verdict.kills() + " kills")
        .orElse("not run");
  }

  private static String word(boolean passed) {
    return passed ? "passed" : "FAILED";
  }

  private static Optional<Verdict> verdict(Map<String, Map<String, Verdict>> column, String id) {
    return column.getOrDefault(id, Map.of()).values().stream().reduce(Verdict::and);
  }
}
