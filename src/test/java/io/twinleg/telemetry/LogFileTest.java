package io.twinleg.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.LogEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log file: its line, its size, and the backups that are kept. */
class LogFileTest {
  private static final Instant START = Instant.parse("2026-03-04T05:06:07.089Z");

  @TempDir Path folder;
  private Instant now = START;

  @Test
  void aLineHasTheTimeTheLevelTheEventAndTheRun() throws IOException {
    write(10_000, 5, 1);
    assertThat(folder.resolve("logs/run.log"))
        .hasContent(
            "{\"ts\":\"2026-03-04T05:06:07.089Z\",\"level\":\"INFO\",\"event\":\"counted\","
                + "\"run_id\":\"run-9\",\"n\":0}\n");
  }

  @Test
  void aFullFileBecomesTheFirstBackupAndTheOldestIsDropped() throws IOException {
    write(150, 2, 4);
    assertThat(names()).containsExactly("run.log", "run.log.1", "run.log.2");
    assertThat(numbers("run.log")).isEqualTo("3");
    assertThat(numbers("run.log.1")).isEqualTo("2");
    assertThat(numbers("run.log.2")).isEqualTo("1");
  }

  @Test
  void aFileIsFullBeforeTheLineThatWouldExceedItsSize() throws IOException {
    write(200, 2, 3);
    assertThat(Files.readAllLines(folder.resolve("logs/run.log.1"))).hasSize(2);
    assertThat(folder.resolve("logs/run.log.1").toFile().length()).isLessThanOrEqualTo(200);
  }

  @Test
  void withoutBackupsAFullFileIsDropped() throws IOException {
    write(150, 0, 3);
    assertThat(names()).containsExactly("run.log");
    assertThat(numbers("run.log")).isEqualTo("2");
  }

  @Test
  void moreThanTwentyBackupsAreKept() throws IOException {
    write(150, 25, 30);
    assertThat(names()).hasSize(26).contains("run.log.25");
    assertThat(numbers("run.log.25")).isEqualTo("4");
  }

  @Test
  void aLaterRunAppendsToTheFile() throws IOException {
    write(10_000, 2, 1);
    write(10_000, 2, 1);
    assertThat(Files.readAllLines(folder.resolve("logs/run.log"))).hasSize(2);
  }

  @Test
  void eventsBelowTheLevelAreNotWritten() throws IOException {
    LogFile log =
        new LogFile(folder.resolve("x.log"), 1024, 1, "run-9", LogEvent.Level.WARN, () -> now);
    log.log(START, LogEvent.info("quiet"));
    log.log(START, LogEvent.error("loud"));
    log.close();
    assertThat(Files.readAllLines(folder.resolve("x.log")))
        .singleElement()
        .asString()
        .contains("loud");
  }

  /** A disk that is full, a folder that is not there yet: what follows is in the file again. */
  @Test
  void aFileThatCouldNotBeWrittenIsWrittenAgainASecondLater() throws IOException {
    Path file = Files.createSymbolicLink(folder.resolve("full.log"), Path.of("/dev/full"));
    LogFile log = new LogFile(file, 10_000, 1, "run-9", LogEvent.Level.INFO, () -> now);
    log.log(START, LogEvent.info("lost"));
    Files.delete(file);
    log.log(START, LogEvent.info("too_soon"));
    now = now.plusSeconds(1);
    log.log(START, LogEvent.info("kept"));
    log.log(START, LogEvent.info("kept_too"));
    log.close();
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(file).content().contains("\"kept\"", "\"kept_too\"");
  }

  @Test
  void aFileThatCouldNotBeOpenedIsTriedEachSecond() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("logs"), "a file, no folder");
    LogFile log =
        new LogFile(
            folder.resolve("logs/run.log"), 10_000, 1, "run-9", LogEvent.Level.INFO, () -> now);
    log.log(START, LogEvent.info("lost"));
    now = now.plusSeconds(1);
    log.log(START, LogEvent.info("still_lost"));
    Files.delete(inTheWay);
    now = now.plusSeconds(1);
    log.log(START, LogEvent.info("kept"));
    log.close();
    assertThat(Files.readAllLines(folder.resolve("logs/run.log")))
        .singleElement()
        .asString()
        .contains("\"kept\"");
  }

  @Test
  void theFileItsBackupsAndItsFolderAreTheirOwnersAlone() throws IOException {
    write(150, 2, 4);
    assertThat(mode("logs")).isEqualTo("rwx------");
    for (String name : names()) {
      assertThat(mode("logs/" + name)).as(name).isEqualTo("rw-------");
    }
  }

  @Test
  void filesThatWereOpenToOthersAreClosedToThem() throws IOException {
    write(150, 2, 4);
    for (String name : names()) {
      Files.setPosixFilePermissions(
          folder.resolve("logs").resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
    }
    write(10_000, 2, 1);
    for (String name : names()) {
      assertThat(mode("logs/" + name)).as(name).isEqualTo("rw-------");
    }
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
  }

  private void write(long maxBytes, int backups, int lines) {
    LogFile log =
        new LogFile(
            folder.resolve("logs/run.log"),
            maxBytes,
            backups,
            "run-9",
            LogEvent.Level.INFO,
            () -> now);
    for (int n = 0; n < lines; n++) {
      log.log(START, LogEvent.info("counted").with("n", n));
    }
    log.close();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String numbers(String name) throws IOException {
    return Files.readString(folder.resolve("logs").resolve(name))
        .strip()
        .replaceFirst(".*\"n\":", "")
        .replace("}", "");
  }
}
