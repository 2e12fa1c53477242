package io.twinleg.history;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;

/** Recordings for tests: written by hand into a folder, or the real ones beside the project. */
public final class RecordingFiles {
  public static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");

  private final Path folder;

  public RecordingFiles(Path folder) {
    this.folder = folder;
  }

  public RecordingFiles write(String name, String text) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
        packed.write(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Rows of {@code hour,rate}, the hours counted from {@link #FIRST}. */
  public RecordingFiles funding(String coin, String... rows) {
    return write("funding_1h/" + coin + ".csv.gz", table("ts_ms,rate", rows));
  }

  public RecordingFiles perp(String coin, String... rows) {
    return write("perp_1h/" + coin + ".csv.gz", table(CANDLES, rows));
  }

  public RecordingFiles spot(String coin, String... rows) {
    return write("spot_1h/" + coin + ".csv.gz", table(CANDLES, rows));
  }

  private static final String CANDLES = "open_ts_ms,open,high,low,close,volume";

  private static String table(String header, String... rows) {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (String row : rows) {
      int comma = row.indexOf(',');
      Instant hour = FIRST.plus(Duration.ofHours(Long.parseLong(row.substring(0, comma))));
      text.append(hour.toEpochMilli() + 4).append(row.substring(comma)).append('\n');
    }
    return text.toString();
  }

  /** The shared recordings of Hyperliquid; skips the test that asks where they are absent. */
  public static HistoryArchive real() {
    return HistoryArchive.open(realFolder());
  }

  /** Where those are. */
  public static Path realFolder() {
    String shared =
        Optional.ofNullable(System.getenv("TWINLEG_SHARED"))
            .orElse(Path.of("..", "shared").toString());
    Path recordings = Path.of(shared, "data", "funding", "hl");
    Assumptions.assumeTrue(
        Files.isDirectory(recordings),
        () -> recordings + " is absent: set TWINLEG_SHARED to the shared folder to run this");
    return recordings;
  }
}
