package io.twinleg.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.alerts.AlertChannel.Service;
import io.twinleg.alerts.AlertReceiver.Answer;
import io.twinleg.alerts.AlertSettings.QuietHours;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.telemetry.LogSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts of a run, from a journal on disk to a service. */
@SuppressWarnings("try") // a service works by being there
class AlertServiceTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final AlertSettings SETTINGS =
      new AlertSettings(
          "carry paper",
          AlertLevel.INFO,
          Duration.ofMinutes(15),
          QuietHours.none(ZoneOffset.UTC),
          true);

  @TempDir Path folder;
  private final AlertReceiver receiver = new AlertReceiver();
  private final List<LogEvent> log = new CopyOnWriteArrayList<>();
  private Instant wall = NOON;

  @AfterEach
  void close() {
    receiver.close();
  }

  private Path file() {
    return folder.resolve("paper.db");
  }

  private Journal journal(String tag) {
    return SqliteJournal.open(
        file(), new JournalOwner("paper", "", "https://net", 0, ""), () -> new OrderIdTag(tag));
  }

  private AlertService service(@Nullable RunHeartbeat heartbeat, InstantSource clock) {
    LogSink sink =
        new LogSink() {
          @Override
          public void log(Instant at, LogEvent event) {
            log.add(event);
          }

          @Override
          public void close() {
            // nothing to close
          }
        };
    List<AlertChannel> channels =
        List.of(AlertChannel.webhook(Service.WEBHOOK, receiver.url("/hook")));
    return new AlertService(
            file(), SETTINGS, channels, heartbeat, AlertService.Chat.NONE, sink, clock)
        .start();
  }

  private AlertService service() {
    return service(null, InstantSource.system());
  }

  private static void log(Journal journal, int minute, String event, String market) {
    journal.logEvent(
        NOON.plus(Duration.ofMinutes(minute)), "any", Map.of("event", event, "market", market));
    journal.commit();
  }

  private List<String> received() {
    return receiver.requests("/hook").stream()
        .map(request ->
            request.json().path("kind").asString() + " " + request.json().path("market").asString())
        .toList();
  }

  @Test
  void whatIsJournaledWhileItRunsIsSentInOrderAndOnce() throws Exception {
    try (Journal journal = journal("0123abcd");
        AlertService alerts = service()) {
      log(journal, 1, "entered_position", "HYPE");
      log(journal, 2, "hedge_unwound", "PURR");
      AlertReceiver.await("both", () -> received().size() == 2);
      log(journal, 3, "quarantined", "HYPE");
    }
    assertThat(received()).containsExactly("entry HYPE", "unwind PURR", "quarantine HYPE");
    assertThat(log).isEmpty();
  }

  @Test
  void whatWasJournaledBeforeTheAlertsWereConfiguredIsNotSent() throws Exception {
    try (Journal journal = journal("0123abcd")) {
      log(journal, 1, "quarantined", "HYPE");
      try (AlertService alerts = service()) {
        log(journal, 2, "entered_position", "PURR");
      }
    }
    assertThat(received()).containsExactly("entry PURR");
  }

  private static void start(Journal journal, int minute) {
    journal.logEvent(NOON.plus(Duration.ofMinutes(minute)), "run_start", Map.of("run_id", "r"));
    journal.commit();
  }

  @Test
  void aStartAfterAKillIsSentAlsoWhereTheQueueWasLost() throws Exception {
    try (Journal journal = journal("0123abcd");
        AlertService alerts = service()) {
      start(journal, 1);
    }
    Files.delete(folder.resolve("paper.db.alerts"));
    try (Journal journal = journal("0123abcd");
        AlertService alerts = service()) {
      start(journal, 2);
      AlertReceiver.await("the restart", () -> !received().isEmpty());
    }
    assertThat(received()).containsExactly("restart ");
  }

  @Test
  void whatTheJournalCannotHoldIsSentAtOnceAndNotQueued() throws Exception {
    try (Journal journal = journal("0123abcd");
        AlertService alerts = service()) {
      start(journal, 1);
      alerts.log(
          NOON, LogEvent.error("journal_failed").with("cause", "paper.db: the disk is full"));
    }
    assertThat(received()).containsExactly("end ");
    assertThat(receiver.requests("/hook").getFirst().json().path("level").asString())
        .isEqualTo("critical");
    assertThat(receiver.requests("/hook").getFirst().json().path("text").asString())
        .isEqualTo("the run ends: paper.db: the disk is full");
  }

  /** As after a kill between the commit and the reading: the next start sends it. */
  @Test
  void whatWasJournaledJustBeforeAKillIsSentAfterTheRestart() throws Exception {
    try (Journal journal = journal("0123abcd")) {
      service().close();
      log(journal, 1, "liquidation_detected", "HYPE");
    }
    assertThat(received()).isEmpty();
    try (Journal journal = journal("0123abcd");
        AlertService alerts = service()) {
      log(journal, 2, "entered_position", "PURR");
    }
    assertThat(received()).containsExactly("liquidated HYPE", "entry PURR");
    try (AlertService alerts = service()) {
      AlertReceiver.await("nothing twice", () -> received().size() == 2);
    }
    assertThat(received()).hasSize(2);
  }

  @Test
  void anotherJournalInItsPlaceIsReadFromWhereItStands() throws Exception {
    try (Journal journal = journal("0123abcd");
        AlertService alerts = service()) {
      for (int i = 0; i < 20; i++) {
        log(journal, 1, "entered_position", "M" + i);
      }
    }
    assertThat(received()).hasSize(20);
    Files.delete(file());
    try (Journal journal = journal("4567cdef");
        AlertService alerts = service()) {
      log(journal, 2, "quarantined", "PURR");
    }
    assertThat(received()).hasSize(21).endsWith("quarantine PURR");
    assertThat(receiver.texts("/hook", "id")).doesNotHaveDuplicates();
  }

  /** The runner's thread is never made to wait, whatever the service does. */
  @Test
  void aServiceThatHangsHoldsUpNeitherTheTurnsNorTheEndForLong() throws Exception {
    receiver.answering(request -> Answer.NEVER);
    try (Journal journal = journal("0123abcd");
        AlertService alerts = service()) {
      log(journal, 1, "quarantined", "HYPE");
      AlertReceiver.await("the request that hangs", () -> !received().isEmpty());
      for (int i = 0; i < 100_000; i++) {
        alerts.turned();
      }
      log(journal, 2, "quarantined", "PURR");
    }
    receiver.answering(request -> Answer.OK);
    try (AlertService alerts = service(null, () -> Instant.now().plus(Duration.ofMinutes(30)))) {
      AlertReceiver.await("both", () -> received().contains("quarantine PURR"));
    }
    assertThat(receiver.texts("/hook", "again")).startsWith("false").contains("true");
  }

  @Test
  void theHeartbeatPingsOnlyWhileTheLoopTurns() throws Exception {
    RunHeartbeat heartbeat = new RunHeartbeat(receiver.url("/beat"), Duration.ofSeconds(60));
    try (Journal journal = journal("0123abcd");
        AlertService alerts = service(heartbeat, () -> wall)) {
      alerts.turned();
      AlertReceiver.await("the first", () -> pings() == 1);
      // An hour passes, in which the loop stands: what reads the journal still works.
      wall = NOON.plus(Duration.ofHours(1));
      log(journal, 1, "quarantined", "HYPE");
      AlertReceiver.await("the alert", () -> received().size() == 1);
      log(journal, 30, "quarantined", "PURR");
      AlertReceiver.await("another", () -> received().size() == 2);
      assertThat(pings()).isEqualTo(1);
      alerts.turned();
      AlertReceiver.await("the second", () -> pings() == 2);
    }
  }

  private int pings() {
    return receiver.requests("/beat").size();
  }

  @Test
  void aHeartbeatThatDoesNotArriveIsLoggedOnceWithoutItsUrl() throws Exception {
    receiver.answering(request -> Answer.of(404, "no check /beat/secret77"));
    RunHeartbeat heartbeat = new RunHeartbeat(receiver.url("/beat/secret77"), Duration.ofMillis(1));
    try (Journal journal = journal("0123abcd");
        AlertService alerts = service(heartbeat, InstantSource.system())) {
      AlertReceiver.await(
          "three pings",
          () -> {
            alerts.turned();
            return receiver.requests().size() >= 3;
          });
    }
    assertThat(log).hasSize(1);
    assertThat(log.get(0).event()).isEqualTo("heartbeat_failed");
    assertThat(log.toString()).contains("HTTP status 404").doesNotContain("secret77");
  }

  /** A queue that cannot be opened costs the alerts, and not the run. */
  @Test
  void aQueueThatCannotBeWrittenIsLoggedAndTriedAgain() throws Exception {
    Path queue = AlertQueue.fileOf(file());
    Files.createDirectories(queue.resolve("in the way"));
    try (Journal journal = journal("0123abcd");
        AlertService alerts = service()) {
      log(journal, 1, "quarantined", "HYPE");
      AlertReceiver.await(
          "the failure",
          () -> {
            alerts.turned();
            return !log.isEmpty();
          });
      Files.delete(queue.resolve("in the way"));
      Files.delete(queue);
      AlertReceiver.await("the alert", () -> received().size() == 1);
    }
    assertThat(log).extracting(LogEvent::event).containsExactly("alerts_failed");
  }
}
