package io.twinleg.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.Engine;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.rules.TreeFigures;
import io.twinleg.runtime.JournalReplay;
import io.twinleg.simulator.Exchange;
import io.twinleg.tracing.CallPath.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * How many files one has to read to follow an order, a fill, a funding payment and a restart, whose
 * marks {@link Kind} defines.
 *
 * <p>{@code mvn -q test -Dtest=CallPathTest -Dcallpaths=print} prints them with the sizes of the
 * main sources, and with {@code -Dcallpaths.list=true} the files too.
 */
@Execution(ExecutionMode.CONCURRENT)
class CallPathTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Path CLASSES = Path.of("target/classes");

  /**
   * The files of each path on the day when it was first counted. More of them make the program
   * harder to follow, so a number here only grows by a decision, and is lowered when a path gets
   * shorter.
   */
  private static final Map<Kind, Integer> FILES_MAX =
      Map.of(Kind.ORDER, 135, Kind.FILL, 128, Kind.FUNDING, 77, Kind.RESTART, 192);

  private static Map<Kind, CallPath> paths;

  @BeforeAll
  static void traceOneRun(@TempDir Path folder) throws IOException, InterruptedException {
    paths = new MethodTracer(CLASSES.toAbsolutePath()).trace(MarkedRun.class, folder);
    if (System.getProperty("callpaths", "").equals("print")) {
      System.out.println(table());
    }
  }

  private static String table() {
    StringBuilder text = new StringBuilder("| path | files | methods |\n|---|---|---|\n");
    paths.forEach((kind, path) ->
        text.append(
            "| %s | %d | %d |%n".formatted(kind, path.files().size(), path.methods().size())));
    text.append("\n| main sources | |\n|---|---|\n");
    new TreeFigures(SOURCES, CLASSES)
        .all()
        .forEach((what, count) -> text.append("| %s | %d |%n".formatted(what, count)));
    if (Boolean.getBoolean("callpaths.list")) {
      paths.forEach((kind, path) -> text.append("%n%s%n%s".formatted(kind, path.listing())));
    }
    return text.toString();
  }

  @Test
  void everyPathIsFollowedToItsEnd() {
    assertThat(paths.keySet()).containsExactly(Kind.values());
    assertThat(paths.get(Kind.ORDER).files())
        .contains(file(Engine.class), file(SqliteJournal.class), file(Exchange.class))
        .doesNotContain(file(JournalReplay.class));
    assertThat(paths.get(Kind.FILL).files())
        .contains(file(Engine.class), file(PairLedger.class), file(Exchange.class));
    assertThat(paths.get(Kind.FUNDING).files())
        .contains(file(Exchange.class), file(SqliteJournal.class), file(PairLedger.class));
    assertThat(paths.get(Kind.RESTART).files())
        .contains(file(SqliteJournal.class), file(JournalReplay.class), file(Engine.class));
  }

  /** Neither the tests' own classes nor the script of the market. */
  @Test
  void onlyFilesOfTheProgramCount() {
    paths.forEach((kind, path) ->
        assertThat(path.files())
            .as(kind.name())
            .allMatch(file -> Files.isRegularFile(SOURCES.resolve(file))));
  }

  @Test
  void noPathCrossesMoreFilesThanDecided() {
    paths.forEach((kind, path) ->
        assertThat(path.files())
            .as("files of %s:%n%s", kind, path.listing())
            .hasSizeLessThanOrEqualTo(FILES_MAX.get(kind)));
  }

  private static String file(Class<?> type) {
    return type.getName().replace('.', '/') + ".java";
  }
}
