package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.ExitCode;
import io.twinleg.history.RecordingFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the research commands refuse is one sentence that names it, and nothing is written. */
class ResearchCommandTest {
  @TempDir private Path folder;

  /** In this process, where a JVM for each line would take minutes. */
  private static String refused(String... arguments) {
    PrintStream err = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.run(arguments)).isEqualTo(ExitCode.USAGE.code());
    } finally {
      System.setErr(err);
    }
    List<String> lines = captured.toString(StandardCharsets.UTF_8).lines().toList();
    return lines.getLast();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aHistoryThatIsNoneIsNamedAsWhatItIs() throws IOException {
    String file = file("note.txt", "x").toString();
    String none = folder.resolve("none").toString();
    RecordingFiles rates = new RecordingFiles(folder.resolve("rates"));
    rates.funding("ABC", "0,0.01");
    String onlyRates = folder.resolve("rates").toString();

    assertThat(refused("scan", "--history", file)).contains(file + " is a file: expected a folder");
    assertThat(refused("backtest", "--history", none)).contains(none + " does not exist: expected");
    assertThat(refused("history", "check", "--history", onlyRates))
        .contains(onlyRates + " has no folder perp_1h: ")
        .contains("history import");
  }

  @Test
  void aGridThatIsNoneIsNamedAsWhatItIs() throws IOException {
    Path binary = Files.write(folder.resolve("grid.bin"), new byte[] {(byte) 0xC3, 0x28, 0});
    String none = folder.resolve("none.json").toString();

    assertThat(refused("sweep", "--history", "x", "--grid", binary.toString()))
        .contains("--grid " + binary + " is no text in UTF-8");
    assertThat(refused("sweep", "--history", "x", "--grid", none))
        .contains("--grid " + none + " does not exist: expected a JSON file");
    assertThat(refused("sweep", "--history", "x", "--grid", folder.toString()))
        .contains("--grid " + folder + " is no file");
    String twice = file("twice.json", "{\"strategy.signal_window_h\":[24,48,24]}").toString();
    assertThat(refused("sweep", "--history", "x", "--grid", twice))
        .contains("twice.json, key strategy.signal_window_h: a value is there twice");
    String deep = file("deep.json", "[".repeat(100_000)).toString();
    assertThat(refused("sweep", "--history", "x", "--grid", deep))
        .contains(deep + ": not valid JSON");
  }

  @Test
  void aGridShowsNoSecret() throws IOException {
    String key = "0x" + "5e".repeat(32);
    for (String text :
        List.of(
            "{\"credentials.secret_key\":[\"%s\"]}",
            "{\"credentials.secret_key\":\"%s\"}", "{\"alerts.telegram_token\":[\"%s\"]}")) {
      String grid = file("grid.json", text.formatted(key)).toString();
      assertThat(refused("sweep", "--history", "x", "--grid", grid))
          .contains("grid.json, key ", "changes no result")
          .doesNotContain(key);
    }
  }

  @Test
  void whatIsNoNumberNoMarketOrNoNewFileIsRefusedBeforeAnyWork() throws IOException {
    Path page = file("page.html", "mine");
    assertThat(refused("scan", "--history", "x", "--html", page.toString()))
        .contains("'" + page + "' is there already", "see ./twinleg scan --help");
    assertThat(refused("backtest", "--history", "x", "--html", page.toString()))
        .contains("'" + page + "' is there already");
    assertThat(refused("simulate", "--html", page.toString()))
        .contains("'" + page + "' is there already");
    String nowhere = page.resolveSibling("none/page.html").toString();
    assertThat(refused("backtest", "--history", "x", "--html", nowhere))
        .contains("'" + nowhere + "' cannot be written: there is no such folder");
    assertThat(refused("scan", "--history", "x", "--min-hours", "-1"))
        .contains("--min-hours is -1: expected 0 or more");
    for (String number : List.of("NaN", "1e400", "0x1", "")) {
      assertThat(refused("backtest", "walk-forward", "--history", "x", "--round-trip-bps", number))
          .contains("'" + number + "' is no number: expected one such as 0.5")
          .contains("see ./twinleg backtest walk-forward --help");
    }
  }

  @Test
  void aFileThatIsThereIsNotOverwritten() throws IOException {
    Path out = file("out.csv", "mine");
    String rows =
        file(
                "rows.csv",
                "timestamp,SPOT_price,HEDGE_mark_price,HEDGE_funding_rate\n"
                    + "2025-01-01T00:00:00Z,100,101,0.0001\n")
            .toString();

    for (List<String> command :
        List.of(
            List.of("backtest", "leverage-band", "--rows", rows, "--out", out.toString()),
            List.of(
                "history",
                "export",
                "--history",
                "x",
                "--kind",
                "perp",
                "--coin",
                "ABC",
                "--out",
                out.toString()))) {
      assertThat(refused(command.toArray(String[]::new)))
          .contains(out + " is there already: give another name, or remove it.");
    }
    assertThat(out).hasContent("mine");
  }

  @Test
  void anImportOrExportOfNothingNamesWhatIsMissing() {
    String none = folder.resolve("none.csv").toString();
    String history = folder.toString();

    assertThat(
            refused(
                "history", "import", "--history", history, "--kind", "spot", "--coin", "ABC", none))
        .contains(none + " does not exist: expected a CSV file with the columns open_ts_ms,");
    assertThat(
            refused(
                "history",
                "export",
                "--history",
                history,
                "--kind",
                "perp",
                "--coin",
                "ABC",
                "--out",
                none))
        .contains(history + " has no perp candles of ABC: history list shows what it has.");
    assertThat(folder).isEmptyDirectory();
  }
}
