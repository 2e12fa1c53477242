package io.twinleg.history;

import static io.twinleg.history.RecordingFiles.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Price;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryArchiveTest {
  private static final String CANDLE = ",2.0,3.975,1.5,3.68,41.77";

  @TempDir private Path folder;

  private HistoryArchive archive() {
    return HistoryArchive.open(folder);
  }

  private RecordingFiles files() {
    return new RecordingFiles(folder)
        .funding("HYPE", "0,0.00003")
        .perp("HYPE", "0" + CANDLE)
        .spot("HYPE", "0" + CANDLE);
  }

  private static Instant hour(int hours) {
    return FIRST.plus(Duration.ofHours(hours));
  }

  @Test
  void readsRatesAndCandlesAtTheirFullHours() {
    files().funding("HYPE", "0,0.00003", "1,1.25e-05", "2,-0.0000005");
    RecordedFunding funding = archive().funding("HYPE");
    assertThat(funding.at(hour(1)).orElseThrow().value()).isEqualByComparingTo("0.0000125");
    assertThat(funding.at(hour(2)).orElseThrow().value()).isEqualByComparingTo("-0.0000005");
    assertThat(funding.settlements()).extracting(row -> row.rate().periodHours()).containsOnly(1);

    Candle candle = archive().spot("HYPE").at(hour(0)).orElseThrow();
    assertThat(candle.open()).isEqualTo(Price.of("2"));
    assertThat(candle.high()).isEqualTo(Price.of("3.975"));
    assertThat(archive().perp("HYPE").end()).isEqualTo(hour(1));
  }

  @Test
  void listsCoinsByKind() {
    files().spot("UBTC", "0" + CANDLE).perp("BTC", "0" + CANDLE).funding("ETH", "0,0.1");
    assertThat(archive().perpCoins()).containsExactly("HYPE");
    assertThat(archive().spotCoins()).containsExactly("HYPE", "UBTC");
  }

  @Test
  void hourThatIsMissingStaysMissing() {
    files().funding("HYPE", "0,0.1", "1,0.1", "3,0.1", "4,0.1");
    RecordedFunding funding = archive().funding("HYPE");
    assertThat(funding.at(hour(2))).isEmpty();
    assertThat(funding.settlements()).extracting(row -> row.rate().periodHours()).containsOnly(1);
    assertThat(funding.window(hour(4), 3)).hasSize(2);
    assertThat(funding.hoursKnown(hour(4), 3)).isEqualTo(2);
    assertThat(funding.newest(hour(2).plusSeconds(60)).map(FundingHour::hour)).contains(hour(1));
    assertThat(funding.newest(FIRST.minusSeconds(1))).isEmpty();
  }

  @Test
  void eightHourlyRowsAreRatesOfEightHours() {
    files().funding("HYPE", "0,0.1", "8,0.1", "16,0.1", "17,0.1", "18,0.1");
    assertThat(archive().funding("HYPE").settlements())
        .extracting(row -> row.rate().periodHours())
        .containsExactly(8, 8, 8, 1, 1);
    assertThat(archive().funding("HYPE").hoursKnown(hour(18), 18)).isEqualTo(18);
  }

  @Test
  void oneGapOfEightHoursIsNoInterval() {
    files().funding("HYPE", "0,0.1", "1,0.1", "9,0.1", "10,0.1");
    assertThat(archive().funding("HYPE").settlements())
        .extracting(row -> row.rate().periodHours())
        .containsOnly(1);
  }

  @Test
  void missingFolderFileOrRowIsOneSentenceThatNamesIt() {
    assertThatThrownBy(this::archive)
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("has no folder funding_1h");
    files();
    assertThatThrownBy(() -> archive().funding("DOGE"))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("DOGE.csv.gz does not exist");
    files().funding("EMPTY");
    assertThatThrownBy(() -> archive().funding("EMPTY")).hasMessageContaining("holds no row");
  }

  @Test
  void emptyFolderIsRefused() {
    files();
    assertThat(folder.resolve("spot_1h/HYPE.csv.gz").toFile().delete()).isTrue();
    assertThatThrownBy(this::archive)
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("spot_1h holds no recording");
  }

  @Test
  void unreadableRowNamesFileAndLine() {
    List<String> broken =
        List.of(
            "1", // cut short
            "1,0.1,0.2",
            "1,n/a",
            "0,0.1", // twice the same hour
            "-1,0.1");
    for (String row : broken) {
      files().funding("HYPE", "0,0.1", row.contains(",") ? row : row + ",");
      assertThatThrownBy(() -> archive().funding("HYPE"))
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("HYPE.csv.gz, line 3: ");
    }
    files().write("funding_1h/HYPE.csv.gz", "ts_ms,rate\n1735689600004\n");
    assertThatThrownBy(() -> archive().funding("HYPE"))
        .hasMessageContaining("line 2: expected the columns ts_ms,rate, found \"1735689600004\"");
    files().write("funding_1h/HYPE.csv.gz", "time,rate\n");
    assertThatThrownBy(() -> archive().funding("HYPE")).hasMessageContaining("expected the header");
  }

  @Test
  void candleThatContradictsItselfIsRefused() {
    files().perp("HYPE", "0,2,1,1,2,5");
    assertThatThrownBy(() -> archive().perp("HYPE"))
        .hasMessageContaining("line 2: a candle's open");
    files().perp("HYPE", "0,0,1,0,1,5");
    assertThatThrownBy(() -> archive().perp("HYPE")).hasMessageContaining("a price is positive");
  }

  @Test
  void fileThatIsNotGzipIsRefused() throws java.io.IOException {
    files();
    java.nio.file.Files.writeString(folder.resolve("perp_1h/HYPE.csv.gz"), "plain");
    assertThatThrownBy(() -> archive().perp("HYPE"))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("cannot be read as a gzipped CSV file");
  }

  @Test
  void aFileThatIsCutShortIsNamedWithTheLineItIsReadTo() throws java.io.IOException {
    StringBuilder rates = new StringBuilder("ts_ms,rate\n");
    java.util.SplittableRandom random = new java.util.SplittableRandom(20260105);
    for (int hour = 0; hour < 900; hour++) {
      rates.append(FIRST.plus(Duration.ofHours(hour)).toEpochMilli());
      rates.append(",0.00").append(random.nextInt(100_000, 1_000_000)).append('\n');
    }
    files().write("funding_1h/HYPE.csv.gz", rates.toString());
    java.nio.file.Path file = folder.resolve("funding_1h/HYPE.csv.gz");
    byte[] whole = java.nio.file.Files.readAllBytes(file);
    java.nio.file.Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
    String end = ": it cannot be read as a gzipped CSV file: it is empty or ends too early.";
    assertThatThrownBy(() -> archive().funding("HYPE"))
        .isInstanceOf(HistoryException.class)
        .hasMessageMatching(".*HYPE\\.csv\\.gz, line [1-9][0-9]{2}" + end);
    assertThatThrownBy(() -> RecentRows.read(file, HistoryFiles.Kind.FUNDING, 10))
        .hasMessageEndingWith("it is empty or ends too early.");
    java.nio.file.Files.write(file, new byte[0]);
    assertThatThrownBy(() -> archive().funding("HYPE"))
        .hasMessageEndingWith("HYPE.csv.gz, line 1" + end);
  }
}
