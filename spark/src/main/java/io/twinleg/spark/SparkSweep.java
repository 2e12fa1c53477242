package io.twinleg.spark;

import io.twinleg.bootstrap.SweepSession;
import io.twinleg.cli.research.SweepRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The sweep on Apache Spark, for spark-submit: the same flags, blocks and kernel as {@code twinleg
 * sweep}, and the same digest. The driver writes each finished block, so that a driver that ended
 * goes on from them; the workers read the history, the grid and the configuration, which must be at
 * the same paths on all of them, and write nothing.
 */
@Command(
    name = "SparkSweep",
    mixinStandardHelpOptions = true,
    description = "A sweep on Apache Spark; its flags are those of twinleg sweep.")
public final class SparkSweep implements Callable<Integer> {
  /** Blocks that are on their way at once, for each core: what a killed driver may lose. */
  private static final int AT_ONCE = 4;

  @Mixin SweepRun sweep = new SweepRun();

  private final String[] arguments;

  private SparkSweep(String... arguments) {
    this.arguments = arguments.clone();
  }

  public static void main(String[] arguments) {
    int code = run(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  static int run(String... arguments) {
    CommandLine line = new CommandLine(new SparkSweep(arguments));
    line.setExecutionExceptionHandler((error, command, given) -> {
      command.getErr().println(error.getMessage());
      return 2;
    });
    return line.execute(arguments);
  }

  /** What a worker computes blocks with: made of the same arguments, once in each process. */
  static SweepSession session(List<String> arguments) {
    return Sessions.of(arguments);
  }

  @Override
  public Integer call() throws InterruptedException {
    SweepSession session = sweep.session();
    try (JavaSparkContext spark =
        new JavaSparkContext(new SparkConf().setIfMissing("spark.app.name", "twinleg sweep"))) {
      int cores = Math.max(1, spark.defaultParallelism());
      sweep.run(
          session,
          (blocks, finished) -> compute(spark, cores, blocks, finished),
          "%d cores of %s".formatted(cores, spark.master()));
    }
    return 0;
  }

  /** In waves, each of which is written before the next one begins. */
  private void compute(
      JavaSparkContext spark,
      int cores,
      List<Integer> blocks,
      BiConsumer<Integer, List<String>> finished)
      throws InterruptedException {
    List<String> same = List.of(arguments);
    int wave = cores * AT_ONCE;
    for (int from = 0; from < blocks.size(); from += wave) {
      List<Integer> now =
          new ArrayList<>(blocks.subList(from, Math.min(blocks.size(), from + wave)));
      JavaFutureAction<List<List<String>>> running =
          spark
              .parallelize(now, now.size())
              .map(block -> (List<String>) new ArrayList<>(session(same).rows(block)))
              .collectAsync();
      try {
        List<List<String>> rows = running.get();
        for (int i = 0; i < now.size(); i++) {
          finished.accept(now.get(i), rows.get(i));
        }
      } catch (ExecutionException broken) {
        throw new IllegalStateException(
            "a worker could not compute its block: " + broken.getCause().getMessage(), broken);
      }
    }
  }

  /** One session a process, however many of its threads ask for it. */
  private static final class Sessions {
    private static List<String> arguments = List.of();
    private static SweepSession made;

    private Sessions() {}

    static synchronized SweepSession of(List<String> wanted) {
      if (made == null || !arguments.equals(wanted)) {
        SparkSweep command = new SparkSweep();
        new CommandLine(command).parseArgs(wanted.toArray(String[]::new));
        made = command.sweep.session();
        arguments = List.copyOf(wanted);
      }
      return made;
    }
  }
}
