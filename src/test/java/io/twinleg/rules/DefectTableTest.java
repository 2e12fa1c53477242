package io.twinleg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of defects in docs/decisions.md names tests that exist, and leaves no defect out. */
class DefectTableTest {
  private static final int DEFECTS = 41;
  private static final Pattern ROW = Pattern.compile("^\\| (R\\d+(?:, R\\d+)*) \\|.*\\| (.*) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w*)(?:#(\\w+))?`");
  private static final Path TESTS = Path.of("src/test/java");

  private record Row(List<String> defects, String tests) {}

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(Path.of("docs/decisions.md")).stream()
        .flatMap(line -> ROW.matcher(line).results())
        .map(row -> new Row(List.of(row.group(1).split(", ")), row.group(2)))
        .toList();
  }

  @Test
  void everyDefectHasARow() throws IOException {
    List<String> named = rows().stream().flatMap(row -> row.defects().stream()).toList();
    List<String> all = IntStream.rangeClosed(1, DEFECTS).mapToObj(number -> "R" + number).toList();

    assertThat(named).containsExactlyElementsOf(all);
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Row row : rows()) {
      List<MatchResult> named = TEST.matcher(row.tests()).results().toList();
      if (named.isEmpty()) {
        missing.add(row.defects() + " names no test");
      }
      String owner = "";
      for (MatchResult test : named) {
        owner = test.group(1).isEmpty() ? owner : test.group(1);
        String method = test.group(2) == null ? "" : " " + test.group(2) + "(";
        if (!exists(owner, method)) {
          missing.add(row.defects() + " " + test.group());
        }
      }
    }
    assertThat(new TreeSet<>(missing)).isEmpty();
  }

  /**
   * @param text what its source must hold
   */
  private static boolean exists(String owner, String text) throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      Optional<Path> file =
          files.filter(path -> path.getFileName().toString().equals(owner + ".java")).findFirst();
      return file.isPresent() && Files.readString(file.get()).contains(text);
    }
  }
}
