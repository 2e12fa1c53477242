package io.twinleg.cli;

import io.twinleg.bench.Bench;
import io.twinleg.bootstrap.UsageException;
import io.twinleg.core.model.ExitCode;
import io.twinleg.telemetry.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "bench",
    description = "Measure the program's own paths, each beside what it costs at least.",
    footer = {
      "",
      "What each row is, and what it came to: docs/performance.md. In CPU time, so that other",
      "programs disturb less; ratios hold from machine to machine, microseconds do not.",
      "",
      "Example: the way of an order, and of a book",
      "  ./twinleg bench order book"
    })
final class BenchCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "ROW",
      description =
          "Which rows: order sign-recover book book-tree decision recovery hedge help"
              + " markets-help first-decision dry-run month screening sweep (default: all but month"
              + " and sweep).")
  List<String> names = new ArrayList<>();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each is measured, 1 to 1000 (default 15).")
  int rounds = 15;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where journals are written meanwhile (default: the system's for such files).")
  @Nullable Path folder;

  @Option(names = "--json", description = "One JSON object a line.")
  boolean json;

  @Override
  public Integer call() {
    if (rounds < 1 || rounds > 1000) {
      throw new UsageException("--rounds is " + rounds + ": expected a whole number, 1 to 1000");
    }
    Path work = made();
    try {
      measure(new Bench(work));
    } finally {
      remove(work);
    }
    return ExitCode.CLEAN.code();
  }

  private void measure(Bench bench) {
    List<String> known = bench.names().toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UsageException("ROW is " + name + ": expected one of " + String.join(" ", known));
      }
    }
    for (String name : names.isEmpty() ? bench.usual() : names) {
      Map<String, Object> row = bench.measure(name, rounds);
      System.out.println(json ? JsonText.of(row) : text(row));
    }
  }

  private static String text(Map<String, Object> row) {
    return "%-14s %s%n%s"
        .formatted(
            row.get("row"),
            row.get("about"),
            row.entrySet().stream()
                .skip(2)
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining("  ", " ".repeat(15), "")));
  }

  private Path made() {
    try {
      return folder == null
          ? Files.createTempDirectory("twinleg-bench")
          : Files.createTempDirectory(folder, "twinleg-bench");
    } catch (IOException e) {
      throw new UsageException(
          "--folder is " + folder + ", where nothing can be written: give a folder of this user");
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
