package io.twinleg.bench;

import io.twinleg.bench.Bench.BenchRow;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SqliteJournal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the program costs as a process, with this one's own options: the CPU time of the kernel's
 * account of children that have ended, and the largest resident size.
 */
final class StartRows {
  private static final double TICKS_PER_SECOND = 100;
  private static final String LOW_FOOTPRINT = "-XX:TieredStopAtLevel=1";

  private final Path folder;

  StartRows(Path folder) {
    this.folder = folder;
  }

  List<BenchRow> rows() {
    return List.of(
        row("help", "--help", "--help"),
        row("markets-help", "markets --help", "markets", "--help"),
        row("first-decision", "run --dry-run to its first decision", "run", "--dry-run", "--once"),
        new BenchRow(
            "dry-run", "a week's dry run with its journal", false, rounds -> run(1, "168h")),
        new BenchRow(
            "month", "a month's dry run with its journal", true, rounds -> run(1, "720h")));
  }

  private BenchRow row(String name, String about, String... arguments) {
    return new BenchRow(name, about + " as a process", false, rounds -> start(rounds, arguments));
  }

  private Map<String, Object> start(int rounds, String... arguments) throws Exception {
    List<Double> seconds = new ArrayList<>();
    List<String> all = new ArrayList<>(List.of(arguments));
    for (int round = -1; round < rounds; round++) {
      List<String> once = new ArrayList<>(all);
      if (arguments[0].equals("run")) {
        once.addAll(List.of("--state-db", folder.resolve("once" + round + ".db").toString()));
      }
      double cost = child(once)[0];
      if (round >= 0) {
        seconds.add(cost);
      }
    }
    return RowFields.of(
        "cpu_s", RowFields.median(seconds),
        "cpu_s_low", RowFields.rounded(RowFields.quantile(seconds, 0)),
        "cpu_s_high", RowFields.rounded(RowFields.quantile(seconds, 1)),
        "rounds", rounds);
  }

  private Map<String, Object> run(int rounds, String length) throws Exception {
    Path journal = folder.resolve("run" + length + ".db");
    double[] cost =
        child(
            List.of(
                "run",
                "--dry-run",
                "--speed",
                "max",
                "--for",
                length,
                "--state-db",
                journal.toString()));
    long events = 0;
    try (JournalReader reader = SqliteJournal.openReadOnly(journal)) {
      for (JournalEntry entry : reader.entries()) {
        events = entry.event().sequence();
      }
    }
    return RowFields.of(
        "cpu_s", RowFields.rounded(cost[0]),
        "events", events,
        "events_per_cpu_s", RowFields.rounded(events / cost[0]),
        "resident_mb", RowFields.rounded(cost[1]),
        "rounds", rounds);
  }

  /** CPU seconds of a child, and its largest resident MB as far as it was seen. */
  private double[] child(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.equals(LOW_FOOTPRINT))
        .forEach(command::add);
    if (arguments.getFirst().equals("run")) {
      command.add(LOW_FOOTPRINT);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.twinleg.cli.Main"));
    command.addAll(arguments);
    double before = childrenSeconds();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    double resident = 0;
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      resident = Math.max(resident, residentMb(process.pid()));
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          String.join(" ", arguments) + " ended with exit code " + process.exitValue());
    }
    return new double[] {childrenSeconds() - before, resident};
  }

  /** cutime and cstime of this process, the 14th and 15th field after its name. */
  private static double childrenSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
  }

  private static double residentMb(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToDouble(Double::parseDouble)
          .map(kilobytes -> kilobytes / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException ended) {
      return 0;
    }
  }
}
