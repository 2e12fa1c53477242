package io.twinleg.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.history.HistoryFiles.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes into a folder of recordings is whole, or nothing of it is there. */
class HistoryFilesTest {
  private static final long FIRST_HOUR_MS = 1_500_001_200_000L;
  private static final List<String> RATES = Kind.FUNDING.columns();

  @TempDir private Path folder;

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private HistoryFiles files() {
    return new HistoryFiles(folder.resolve("history"));
  }

  private Path target() {
    return folder.resolve("history/funding_1h/ABC.csv.gz");
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("history"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void rowsAreAddedInTheirPlacesAndAGapStaysOne() throws IOException {
    Path late = file("late.csv", "ts_ms,rate", "1735700400004,0.03", "1735707600007,0.05");
    Path early =
        file(
            "early.csv",
            "source,time,funding",
            "a,2025-01-01 01:00:00+00:00,0.01",
            "b,2025-01-01 03:00:00+00:00,0.030");

    files().add(Kind.FUNDING, "ABC", late, RATES, false);
    HistoryFiles.Imported done =
        files().add(Kind.FUNDING, "ABC", early, List.of("time", "funding"), false);

    assertThat(done)
        .isEqualTo(
            new HistoryFiles.Imported(
                Kind.FUNDING,
                "ABC",
                1,
                1,
                Instant.parse("2025-01-01T01:00:00Z"),
                Instant.parse("2025-01-01T05:00:00Z"),
                2));
    Path out = folder.resolve("out.csv");
    assertThat(files().export(Kind.FUNDING, "ABC", null, null, out)).isEqualTo(3);
    assertThat(out)
        .hasContent("ts_ms,rate\n1735693200000,0.01\n1735700400000,0.030\n1735707600007,0.05\n");
    assertThatThrownBy(() -> files().export(Kind.FUNDING, "ABC", null, null, out))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("is there already");
  }

  @Test
  void aRowThatContradictsWhatIsThereChangesNothing() throws IOException {
    files()
        .add(Kind.FUNDING, "ABC", file("a.csv", "ts_ms,rate", "1735700400004,0.03"), RATES, false);
    byte[] before = Files.readAllBytes(target());
    Path other = file("b.csv", "ts_ms,rate", "1735696800000,0.02", "1735700400000,0.04");

    assertThatThrownBy(() -> files().add(Kind.FUNDING, "ABC", other, RATES, false))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("b.csv, line 3: ")
        .hasMessageContaining("holds \"1735700400004,0.03\" for that hour");
    assertThat(Files.readAllBytes(target())).isEqualTo(before);
    assertThat(left()).containsExactly(target());

    assertThat(files().add(Kind.FUNDING, "ABC", other, RATES, true).added()).isEqualTo(1);
    assertThat(files().export(Kind.FUNDING, "ABC", null, null, folder.resolve("c.csv")))
        .isEqualTo(2);
  }

  @Test
  void whatIsNotARecordingIsOneSentenceWithFileAndLine() throws IOException {
    refuses(
        "line 3: expected an hour after", "ts_ms,rate", "1735700400000,0.1", "1735700400009,0.1");
    refuses(
        "line 3: expected an hour after", "ts_ms,rate", "1735700400000,0.1", "1735696800000,0.1");
    refuses("line 2: a number is malformed", "ts_ms,rate", "1735700400000,x");
    refuses("line 2: a number is malformed", "ts_ms,rate", "1735700400000,1e999999999");
    refuses("at most 64 characters", "ts_ms,rate", "1735700400000,0." + "1".repeat(70));
    refuses("line 2: a time is milliseconds", "ts_ms,rate", "1735700400000000000,0.1");
    refuses("line 2: a time is milliseconds", "ts_ms,rate", "1733396400,0.1");
    refuses("line 2: a time is milliseconds", "ts_ms,rate", "1733396400000000,0.1");
    refuses("line 2: a time is milliseconds", "ts_ms,rate", "-5,0.1");
    refuses("line 2: a time is of the years 2002", "ts_ms,rate", "0025-07-26T03:00:00Z,0.1");
    refuses("line 1: the header has rate twice", "ts_ms,rate,rate", "1735700400000,0.1,0.2");
    refuses("found \"?[31m,", "ts_ms,rate", "\u001b[31m,0.1");
    refuses("line 2: a rate is the fraction", "ts_ms,rate", "1735700400000,12.5");
    refuses("line 1: expected a header with ts_ms,rate", "ts_ms,rat", "1735700400000,0.1");
    refuses("holds no row", "ts_ms,rate");
    Path cut = folder.resolve("cut.csv.gz");
    new RecordingFiles(folder).write("whole.csv.gz", "ts_ms,rate\n1735700400000,0.1\n".repeat(400));
    byte[] whole = Files.readAllBytes(folder.resolve("whole.csv.gz"));
    Files.write(cut, Arrays.copyOf(whole, whole.length - 12));
    assertThatThrownBy(() -> files().add(Kind.FUNDING, "ABC", cut, RATES, false))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("cut.csv.gz");
    assertThat(target()).doesNotExist();
  }

  @Test
  void aByteOrderMarkBeforeTheHeaderIsPassedOver() throws IOException {
    Path marked = file("marked.csv", "\ufeffts_ms,rate", "1735700400000,0.1");
    assertThat(files().add(Kind.FUNDING, "ABC", marked, RATES, false).added()).isEqualTo(1);
  }

  @Test
  void anLz4FileIsReadWholeOrNotAtAll() throws IOException {
    StringBuilder rows = new StringBuilder("time,funding\n");
    for (int hour = 0; hour < 40_000; hour++) {
      rows.append(FIRST_HOUR_MS + hour * 3_600_000L).append(",0.0000").append(hour).append('\n');
    }
    Path whole = folder.resolve("rates.csv.lz4");
    try (OutputStream packed = new LZ4FrameOutputStream(Files.newOutputStream(whole))) {
      packed.write(rows.toString().getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = Files.readAllBytes(whole);
    List<String> names = List.of("time", "funding");
    byte[] changed = bytes.clone();
    changed[5000] ^= 1;
    for (byte[] bad : List.of(Arrays.copyOf(bytes, 9000), Arrays.copyOf(bytes, 3), changed)) {
      Path cut = Files.write(folder.resolve("cut.csv.lz4"), bad);
      assertThatThrownBy(() -> files().add(Kind.FUNDING, "ABC", cut, names, false))
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("cut.csv.lz4");
      assertThat(target()).doesNotExist();
    }

    assertThat(files().add(Kind.FUNDING, "ABC", whole, names, false).added()).isEqualTo(40_000);
  }

  private void refuses(String sentence, String... lines) throws IOException {
    Path bad = file("bad.csv", lines);
    assertThatThrownBy(() -> files().add(Kind.FUNDING, "ABC", bad, RATES, false))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("bad.csv")
        .hasMessageContaining(sentence);
  }

  @Test
  void aCandleOutsideItsRangeAndANameThatIsAPathAreRefused() throws IOException {
    Path candles =
        file("p.csv", "open_ts_ms,open,high,low,close,volume", "1735700400000,10,11,9,12,3");
    assertThatThrownBy(() -> files().add(Kind.PERP, "ABC", candles, Kind.PERP.columns(), false))
        .hasMessageContaining("p.csv, line 2: a candle's open and close lie between");
    assertThatThrownBy(() -> files().add(Kind.PERP, "../ABC", candles, Kind.PERP.columns(), false))
        .hasMessageContaining("a coin is named by letters and digits");
  }
}
