package io.twinleg.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.research.SweepCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Where a sweep is computed changes none of its files, and a finished block is not computed again.
 */
class SparkSweepTest {
  private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
  private static final int HOURS = 1200;

  @TempDir private Path folder;

  private void write(String name, String header, IntFunction<String> row) throws IOException {
    Path file = folder.resolve("history").resolve(name);
    Files.createDirectories(file.getParent());
    try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
      packed.write((header + "\n").getBytes(StandardCharsets.UTF_8));
      for (int hour = 0; hour < HOURS; hour++) {
        String line = FIRST.toEpochMilli() + hour * 3_600_000L + "," + row.apply(hour) + "\n";
        packed.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static String candle(double price) {
    return String.format(
        Locale.ROOT, "%.3f,%.3f,%.3f,%.3f,9", price, price + 0.1, price - 0.1, price);
  }

  private String[] flags(String out) {
    return new String[] {
      "--grid", folder.resolve("grid.json").toString(),
      "--config", Path.of("../config_example.json").toAbsolutePath().toString(),
      "--history", folder.resolve("history").toString(),
      "--out", folder.resolve(out).toString()
    };
  }

  private List<String> files(String out) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(out))) {
      return files.sorted().map(SparkSweepTest::text).toList();
    }
  }

  private static String text(Path file) {
    try {
      return file.getFileName() + "\n" + Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void itsFilesAreThoseOfThreadsAndItGoesOnFromThem() throws IOException {
    System.setProperty("spark.master", "local[2]");
    System.setProperty("spark.ui.enabled", "false");
    Files.writeString(
        folder.resolve("grid.json"),
        "{\"strategy.signal_window_h\": [6, 12, 24, 48, 72],"
            + " \"strategy.exit_threshold_apr\": [-0.05, -0.02, 0, 0.02, 0.04],"
            + " \"strategy.enter_threshold_apr\": [0.05, 0.1, 0.15, 0.2, 0.25, 0.3]}");
    write(
        "funding_1h/HYPE.csv.gz",
        "ts_ms,rate",
        hour -> String.format(Locale.ROOT, "%.8f", 0.00004 * Math.sin(hour / 40.0) + 1e-5));
    String header = "open_ts_ms,open,high,low,close,volume";
    write("perp_1h/HYPE.csv.gz", header, hour -> candle(40.04 + hour * 7 % 11 * 0.05));
    write("spot_1h/HYPE.csv.gz", header, hour -> candle(40 + hour * 7 % 11 * 0.05));

    assertThat(new CommandLine(new SweepCommand()).execute(flags("threads"))).isZero();
    assertThat(SparkSweep.run(flags("spark"))).isZero();
    assertThat(files("spark")).hasSize(5).isEqualTo(files("threads"));

    Path finished = folder.resolve("spark/block-000001.csv");
    Files.setLastModifiedTime(finished, FileTime.from(Instant.EPOCH));
    Files.delete(folder.resolve("spark/block-000000.csv"));
    assertThat(SparkSweep.run(flags("spark"))).isZero();
    assertThat(files("spark")).isEqualTo(files("threads"));
    assertThat(Files.getLastModifiedTime(finished)).isEqualTo(FileTime.from(Instant.EPOCH));
  }
}
