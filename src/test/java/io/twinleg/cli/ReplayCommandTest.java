package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
  @TempDir Path folder;

  @Test
  @DisplayName("a journal of other decisions is exit 4, for replay and for run alike")
  void aJournalOfOtherDecisionsIsExitFour() throws Exception {
    ProgramProcess program = new ProgramProcess(folder);
    String[] run = {"run", "--dry-run", "--speed", "max", "--for", "3h", "--state-db", "d.db"};
    assertThat(program.run(run).exitCode()).isZero();
    // As if the Engine of then had not ended the run at its last event.
    try (Connection journal = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("d.db"));
        Statement statement = journal.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "delete from journal where seq ="
                      + " (select max(seq) from journal where kind = 'EndRun')"))
          .isEqualTo(1);
    }
    ProgramProcess.Ended replayed = program.run("replay", "--state-db", "d.db");
    assertThat(replayed.exitCode()).as(replayed.err()).isEqualTo(4);
    assertThat(replayed.out()).startsWith("difference at event ");
    run[5] = "4h";
    ProgramProcess.Ended continued = program.run(run);
    assertThat(continued.exitCode()).as(continued.err()).isEqualTo(4);
    assertThat(continued.err()).contains("decided otherwise", "--state-db");
  }
}
