package io.twinleg.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.DryRunCommands;
import io.twinleg.digest.DigestFile.Row;
import io.twinleg.history.RecordingFiles;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.stress.SimulatedCommands;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The program gives the commands that it gave when digests/runs.txt was written. The digests of the
 * acceptance tests are compared by {@link ScenarioDigests}, test by test.
 *
 * <p>To rewrite the file: {@code mvn test -Dtest=BehaviourDigestTest -Ddigests.update=true}. What
 * else can be asked for: {@link DigestFile}.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 2, unit = TimeUnit.HOURS)
class BehaviourDigestTest {
  private static final DigestFile RUNS = new DigestFile("runs.txt");
  private static final String DRY_RUN = "dry-run ";
  private static final String RECORDED = "recorded ";
  private static final String SIMULATE = "simulate ";

  private static List<Long> seeds(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void dryRunsGiveTheSameCommands() throws InterruptedException {
    compare(
        DRY_RUN,
        seeds(DigestFile.FULL ? 20 : 2),
        seed -> "seed " + seed,
        DryRunCommands::synthetic);
  }

  @Test
  void recordedMarketsGiveTheSameCommands() throws InterruptedException {
    String folder = RecordingFiles.realFolder().toString();
    List<InstrumentCatalog> markets =
        DigestFile.FULL
            ? List.of(InstrumentCatalog.values())
            : List.of(InstrumentCatalog.SOL, InstrumentCatalog.PUMP);
    compare(
        RECORDED,
        markets,
        InstrumentCatalog::name,
        market -> DryRunCommands.recorded(folder, market));
  }

  @Test
  void simulatedWorldsGiveTheSameCommands() throws InterruptedException {
    compare(
        SIMULATE,
        seeds(DigestFile.FULL ? 300 : 40),
        seed -> "seed " + seed,
        SimulatedCommands::ofWorld);
  }

  /** Otherwise a scenario could be dropped with its row still in the file. */
  @Test
  void everyRowOfAScenarioHasItsTest() {
    String root = BehaviourDigestTest.class.getPackageName().replaceFirst("\\.digest$", "");
    List<String> methods =
        ReflectionSupport.findAllClassesInPackage(
                root + ".acceptance", type -> true, name -> name.endsWith("Test"))
            .stream()
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .map(test -> test.getDeclaringClass().getSimpleName() + "#" + test.getName())
            .toList();
    assertThat(ScenarioDigests.FILE.rows())
        .isNotEmpty()
        .allMatch(row -> methods.contains(ScenarioDigests.method(row.key())));
  }

  private static <T> void compare(
      String kind, List<T> runs, Function<T, String> name, Function<T, CommandLog> run)
      throws InterruptedException {
    List<Row> expected = RUNS.rows().stream().filter(row -> row.key().startsWith(kind)).toList();
    List<String> keys = runs.stream().map(each -> kind + name.apply(each)).toList();
    List<CommandLog> logs = together(runs, run);
    List<Row> actual = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      DigestFile.keep(keys.get(i), logs.get(i));
      actual.add(logs.get(i).row(keys.get(i)));
    }
    if (DigestFile.UPDATE) {
      Stream<Row> others = RUNS.rows().stream().filter(row -> !row.key().startsWith(kind));
      RUNS.rewrite(Stream.concat(others, actual.stream()).toList());
      return;
    }
    for (int i = 0; i < keys.size(); i++) {
      if (!expected.contains(actual.get(i))) {
        DigestFile.write(keys.get(i), logs.get(i));
        break;
      }
    }
    assertThat(actual)
        .as("digests/runs.txt; the commands of the first run that differs are in target/digests")
        .isEqualTo(expected.stream().filter(row -> keys.contains(row.key())).toList())
        .hasSize(DigestFile.FULL ? expected.size() : keys.size());
  }

  /** As many at a time as there are cores; the results in the order of the runs. */
  private static <T> List<CommandLog> together(List<T> runs, Function<T, CommandLog> run)
      throws InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<CommandLog>> work = new ArrayList<>();
      runs.forEach(each -> work.add(() -> run.apply(each)));
      List<CommandLog> logs = new ArrayList<>();
      for (Future<CommandLog> each : pool.invokeAll(work)) {
        logs.add(each.get());
      }
      return logs;
    } catch (ExecutionException broken) {
      throw new AssertionError("a run broke: " + broken.getCause(), broken);
    }
  }
}
