package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.cli.ProgramProcess.Ended;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.JournalReader.StateEntry;
import io.twinleg.journal.SqliteJournal;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/**
 * Two journals that the first version wrote. {@code closed}: seed 3, an entry with repairs, three
 * funding payments, then a second start with other settings and the exit. {@code killed}: seed 12,
 * killed with the position open.
 */
@Execution(ExecutionMode.CONCURRENT)
class OldJournalTest {
  private static final Path JOURNALS = Path.of("src/test/resources/journal");
  private static final int ALL = 100_000;

  @TempDir Path folder;

  private String unpacked(String name) throws IOException {
    Path packed = JOURNALS.resolve("first-version-" + name + ".db.gz");
    try (InputStream bytes = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.copy(bytes, folder.resolve(name + ".db"));
    }
    return name + ".db";
  }

  private Ended run(String... arguments) throws Exception {
    return new ProgramProcess(folder).run(arguments);
  }

  private Ended dryRun(String journal, String... more) throws Exception {
    List<String> common =
        List.of(
            "run",
            "--dry-run",
            "--speed",
            "max",
            "--interval-ms",
            "60000",
            "--json",
            "--set",
            "strategy.signal_window_h=1",
            "--set",
            "strategy.ev_gate=false",
            "--state-db",
            journal);
    Ended ended = run(Stream.concat(common.stream(), Stream.of(more)).toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return ended;
  }

  @Test
  void replaysAJournalOfTheFirstVersionWithoutADifference() throws Exception {
    replays(unpacked("closed"), 2630, 53);
    replays(unpacked("killed"), 2484, 19);
  }

  private void replays(String journal, int events, int commands) throws Exception {
    Ended replay = run("replay", "--json", "--state-db", journal);
    assertThat(replay.exitCode()).as(replay.out() + replay.err()).isZero();
    JsonNode compared = ProgramProcess.json(replay.out());
    assertThat(compared.path("differences").asInt()).isZero();
    assertThat(compared.path("events").asInt()).isEqualTo(events);
    assertThat(compared.path("commands").asInt()).isEqualTo(commands);
  }

  @Test
  void reportsWhatTheFirstVersionEarned() throws Exception {
    reports(unpacked("closed"), "0.029201006388972", "0.3982417165", "-0.408804378111028");
    reports(unpacked("killed"), "0.044580432646618", "0.164932761", "-0.078644742353382");
  }

  private void reports(String journal, String funding, String fees, String net) throws Exception {
    Ended ended = run("report", "--json", "--state-db", journal);
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    JsonNode report = ProgramProcess.json(ended.out());
    assertThat(figure(report, "funding")).isEqualByComparingTo(funding);
    assertThat(figure(report, "fees")).isEqualByComparingTo(fees);
    assertThat(figure(report, "net")).isEqualByComparingTo(net);
    assertThat(report.path("venue").path("foots").asBoolean()).isTrue();
  }

  private static BigDecimal figure(JsonNode report, String name) {
    return new BigDecimal(report.path("total").path(name).asString());
  }

  @Test
  void aRunThatTheFirstVersionLeftOpenGoesOnWithItsPosition() throws Exception {
    String journal = unpacked("killed");
    Ended ended = dryRun(journal, "--seed", "12", "--for", "6h");
    assertThat(ended.event("reconciled").path("state").asString()).isEqualTo("HEDGED");
    assertThat(ended.events("entered_position")).isEmpty();
    assertThat(ended.events("fill")).isEmpty();
    assertThat(ended.event("shutdown_summary").path("spot_sz").asString()).isEqualTo("4.988004");
    assertThat(ended.event("shutdown_summary").path("perp_sz").asString()).isEqualTo("4.99");
    assertThat(ended.event("exchange_audit").path("agrees").asBoolean()).isTrue();
    replays(journal, 3054, 20);
  }

  /** A query by kind finds the same things in a journal of today. */
  @Test
  void theSameRunHasTheSameKindsInItsEventsTable() throws Exception {
    String[] settings = {
      "--seed",
      "3",
      "--set",
      "execution.enter_exit_cooldown_s=60",
      "--set",
      "execution.hedge_repair_stage_ms=500",
      "--set",
      "execution.max_clip_usd=80"
    };
    dryRun("now.db", with(settings, "3h", "0.10", "0.04"));
    dryRun("now.db", with(settings, "5h", "0.90", "0.80"));
    assertThat(kinds("now.db")).isEqualTo(kinds(unpacked("closed")));
  }

  private static String[] with(String[] settings, String length, String enter, String exit) {
    List<String> more =
        List.of(
            "--for",
            length,
            "--set",
            "strategy.enter_threshold_apr=" + enter,
            "--set",
            "strategy.exit_threshold_apr=" + exit);
    return Stream.concat(Stream.of(settings), more.stream()).toArray(String[]::new);
  }

  private Set<String> kinds(String journal) {
    try (JournalReader reader = SqliteJournal.openReadOnly(folder.resolve(journal))) {
      return reader.logEvents(ALL).stream()
          .map(StateEntry::kind)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
