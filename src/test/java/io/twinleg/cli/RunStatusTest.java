package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.SqliteJournal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a run that is over is spoken of. */
class RunStatusTest {
  @TempDir Path folder;

  private RunStatus of(String status) {
    Path file = folder.resolve("live.db");
    try (Journal journal =
        SqliteJournal.open(
            file, new JournalOwner("paper", "", "", 0, ""), () -> new OrderIdTag("0123abcd"))) {
      if (!status.isEmpty()) {
        journal.put("status", status);
        journal.commit();
      }
    }
    return RunStatus.read(file);
  }

  private static String board(String mode) {
    return "{\"ts\":\"2026-03-02T12:00:01Z\",\"written\":\"2026-03-02T12:00:02Z\",\"mode\":\"%s\"}"
        .formatted(mode);
  }

  @Test
  void beforeTheFirstCommitNothingCouldBeLeftOpen() {
    RunStatus status = of("");
    assertThat(status.text())
        .isEqualTo(
            "not running, paper, nothing written yet\n"
                + "ended before its first commit: it sent nothing");
    assertThat(status.json()).contains("\"ended_cleanly\":true");
  }

  @Test
  void anEndInTheMiddleOfTheStartIsNamed() {
    RunStatus status = of(board("BOOT"));
    assertThat(status.text())
        .contains("ended while it was starting, at 2026-03-02T12:00:02Z", "the next start")
        .doesNotContain("not ended cleanly");
    assertThat(status.json()).contains("\"ended_cleanly\":false");
  }

  @Test
  void aRunThatWasKilledDidNotEndCleanly() {
    assertThat(of(board("DEGRADED")).text())
        .contains("not ended cleanly: the last word is of 2026-03-02T12:00:02Z");
  }

  @Test
  void aCleanEndNeedsNoWord() {
    assertThat(of(board("STOP")).text()).doesNotContain("ended");
    assertThat(of(board("STOP")).json()).contains("\"ended_cleanly\":true");
  }
}
