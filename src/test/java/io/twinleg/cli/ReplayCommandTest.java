package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ReplayCommandTest {
  @TempDir Path folder;

  @Test
  @DisplayName("a journal of other decisions is exit 4 for replay; a run says so and goes on")
  void aJournalOfOtherDecisionsIsReportedAndContinued() throws Exception {
    ProgramProcess program = new ProgramProcess(folder);
    String[] run = {"run", "--dry-run", "--speed", "max", "--for", "3h", "--state-db", "d.db"};
    assertThat(program.run(run).exitCode()).isZero();
    changeTheLastCommand(folder.resolve("d.db"));
    dropSnapshots(folder.resolve("d.db"));
    ProgramProcess.Ended replayed = program.run("replay", "--state-db", "d.db");
    assertThat(replayed.exitCode()).as(replayed.err()).isEqualTo(4);
    assertThat(replayed.out()).startsWith("difference at event ");
    run[5] = "4h";
    ProgramProcess.Ended continued = program.run(run);
    assertThat(continued.exitCode()).as(continued.err()).isZero();
    assertThat(continued.out()).contains("decided_otherwise");
  }

  /** With one a start would not decide the old events again. */
  private static void dropSnapshots(Path file) throws SQLException {
    try (Connection journal = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = journal.createStatement()) {
      assertThat(statement.executeUpdate("delete from snapshot")).isPositive();
    }
  }

  /**
   * As if the Engine of then had ended the run for another reason: intact, and decided otherwise.
   */
  private static void changeTheLastCommand(Path file) throws SQLException {
    try (Connection journal = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = journal.createStatement();
        ResultSet row = statement.executeQuery("select * from journal order by seq desc limit 1")) {
      assertThat(row.getString("kind")).isEqualTo("EndRun");
      String data = row.getString("data").replace("stopped", "tired");
      assertThat(data).contains("tired");
      CRC32C crc = new CRC32C();
      crc.update(
          ByteBuffer.allocate(3 * Long.BYTES)
              .putLong(row.getLong("seq"))
              .putLong(row.getLong("ts"))
              .putLong(row.getLong("cause"))
              .array());
      crc.update("EndRun".getBytes(StandardCharsets.UTF_8));
      crc.update(0);
      crc.update(data.getBytes(StandardCharsets.UTF_8));
      try (PreparedStatement update =
          journal.prepareStatement("update journal set data = ?, crc = ? where seq = ?")) {
        update.setString(1, data);
        update.setLong(2, crc.getValue());
        update.setLong(3, row.getLong("seq"));
        assertThat(update.executeUpdate()).isEqualTo(1);
      }
    }
  }
}
