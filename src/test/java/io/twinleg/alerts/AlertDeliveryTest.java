package io.twinleg.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.alerts.AlertChannel.Service;
import io.twinleg.alerts.AlertReceiver.Answer;
import io.twinleg.core.event.LogEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the queue to a service that does not always take what it is sent. */
class AlertDeliveryTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final List<String> CHANNELS = List.of("webhook");

  @TempDir Path folder;
  private final AlertReceiver receiver = new AlertReceiver();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<LogEvent> log = new ArrayList<>();
  private AlertChannel channel;
  private AlertQueue queue;
  private AlertDelivery delivery;
  private Instant now = NOW;

  @BeforeEach
  void open() {
    receiver.answering(request -> answers.isEmpty() ? Answer.OK : answers.removeFirst());
    channel = AlertChannel.webhook(Service.WEBHOOK, receiver.url("/hook"));
    reopen();
  }

  /** As after a kill: what is in memory is gone. */
  private void reopen() {
    queue = AlertQueue.open(file(), CHANNELS, log::add);
    delivery = new AlertDelivery(queue, channel, log::add);
  }

  private Path file() {
    return AlertQueue.fileOf(folder.resolve("live.db"));
  }

  @AfterEach
  void close() {
    queue.close();
    channel.close();
    receiver.close();
  }

  private static Alert alert(int number, AlertLevel level) {
    return new Alert(
        "0123abcd-" + number,
        level,
        NOW.plusSeconds(number),
        "carry live",
        "kind" + number,
        "M" + number,
        "text " + number);
  }

  private void add(Alert... alerts) {
    queue.add(List.of(alerts), CHANNELS, Map.of());
  }

  /** All that can be sent at this moment. */
  private void sendAll() {
    while (delivery.step(now)) {
      // the next one
    }
  }

  private List<String> received() {
    return receiver.texts("/hook", "id");
  }

  @Test
  void sendsInOrderAndOnceEach() {
    add(alert(1, AlertLevel.INFO), alert(2, AlertLevel.CRITICAL));
    add(alert(2, AlertLevel.CRITICAL), alert(3, AlertLevel.WARNING));
    sendAll();
    assertThat(received()).containsExactly("0123abcd-1", "0123abcd-2", "0123abcd-3");
    reopen();
    add(alert(3, AlertLevel.WARNING));
    sendAll();
    assertThat(received()).hasSize(3);
    assertThat(log).isEmpty();
  }

  @Test
  void waitsAsLongAsTheServiceAsksFor() {
    answers.add(new Answer(429, "{\"retry_after\": 40.2}", Map.of("Retry-After", "7"), false));
    add(alert(1, AlertLevel.INFO));
    sendAll();
    now = NOW.plusMillis(40_199);
    sendAll();
    assertThat(received()).hasSize(1);
    now = NOW.plusMillis(40_200);
    sendAll();
    assertThat(received()).containsExactly("0123abcd-1", "0123abcd-1");
    assertThat(receiver.texts("/hook", "again")).containsExactly("false", "false");
  }

  @Test
  void triesWithoutEndWhatDidCertainlyNotArriveAndNothingOvertakesIt() {
    for (int i = 0; i < 40; i++) {
      answers.add(Answer.of(i % 2 == 0 ? 500 : 403, "<html>the secret /hook</html>"));
    }
    add(alert(1, AlertLevel.INFO), alert(2, AlertLevel.CRITICAL));
    for (int i = 0; i < 41; i++) {
      sendAll();
      now = now.plus(Duration.ofMinutes(6));
    }
    sendAll();
    assertThat(received()).hasSize(42).endsWith("0123abcd-1", "0123abcd-2");
    assertThat(received().subList(0, 41)).containsOnly("0123abcd-1");
    assertThat(log).hasSize(1);
    assertThat(log.get(0).fields()).containsEntry("cause", "HTTP status 500");
    assertThat(log.toString()).doesNotContain("/hook").doesNotContain("html");
  }

  @Test
  void aServiceThatIsAwayIsTriedAgainAndNothingIsMarkedAsSentAgain() {
    int port = receiver.port();
    receiver.close();
    add(alert(1, AlertLevel.INFO), alert(2, AlertLevel.INFO));
    sendAll();
    assertThat(queue.waiting("webhook")).isEqualTo(2);
    try (AlertReceiver back = new AlertReceiver(port)) {
      now = now.plus(Duration.ofMinutes(6));
      sendAll();
      assertThat(back.texts("/hook", "id")).containsExactly("0123abcd-1", "0123abcd-2");
      assertThat(back.texts("/hook", "again")).containsExactly("false", "false");
    }
  }

  @Test
  void whatMayHaveArrivedIsSentAgainAndMarkedSoAndIsLeftAtThatAfterSixTimes() {
    for (int i = 0; i < 20; i++) {
      answers.add(Answer.of(504, ""));
    }
    add(alert(1, AlertLevel.CRITICAL));
    for (int i = 0; i < 10; i++) {
      sendAll();
      now = now.plus(Duration.ofMinutes(21));
    }
    assertThat(receiver.texts("/hook", "again"))
        .containsExactly("false", "true", "true", "true", "true", "true");
    assertThat(receiver.requests("/hook"))
        .allMatch(request -> request.header("Idempotency-key").equals("0123abcd-1"));
    assertThat(log).hasSize(2);
    assertThat(log.get(1).fields()).containsEntry("then", "it may not have arrived");
  }

  /** The one moment in which both a loss and a repetition are possible: a repetition it is. */
  @Test
  void whatWasBeingSentWhenTheProgramWasKilledIsSentAgainUnderTheSameId() {
    add(alert(1, AlertLevel.CRITICAL), alert(2, AlertLevel.INFO));
    queue.sending(queue.next("webhook").orElseThrow());
    reopen();
    sendAll();
    assertThat(received()).containsExactly("0123abcd-1", "0123abcd-2");
    assertThat(receiver.texts("/hook", "again")).containsExactly("true", "false");
  }

  @Test
  void anAnswerThatIsTooLargeOrDoesNotComeEndsInTime() {
    answers.add(Answer.of(200, "x".repeat(17 << 20)));
    answers.add(Answer.NEVER);
    add(alert(1, AlertLevel.INFO));
    sendAll();
    now = now.plus(Duration.ofMinutes(21));
    sendAll();
    now = now.plus(Duration.ofMinutes(21));
    sendAll();
    assertThat(receiver.texts("/hook", "again")).containsExactly("false", "true", "true");
    assertThat(queue.waiting("webhook")).isZero();
  }

  @Test
  void whatTheServiceRefusesDoesNotHoldUpTheRest() {
    answers.add(Answer.of(400, "{\"description\":\"Bad Request\"}"));
    add(alert(1, AlertLevel.INFO), alert(2, AlertLevel.INFO));
    sendAll();
    assertThat(received()).containsExactly("0123abcd-1", "0123abcd-2");
    assertThat(log.get(0).fields()).containsEntry("then", "it is left out");
  }

  @Test
  void ofTooManyTheOldestOfTheLeastLevelAreLeftOut() {
    for (int i = 1; i <= AlertQueue.WAITING_MAX; i++) {
      add(alert(i, i == 3 ? AlertLevel.INFO : AlertLevel.WARNING));
    }
    add(alert(901, AlertLevel.CRITICAL), alert(902, AlertLevel.WARNING));
    assertThat(queue.waiting("webhook")).isEqualTo(AlertQueue.WAITING_MAX);
    sendAll();
    assertThat(received())
        .doesNotContain("0123abcd-1", "0123abcd-3")
        .startsWith("0123abcd-2", "0123abcd-4")
        .endsWith("0123abcd-901", "0123abcd-902");
  }

  @Test
  void whatWaitsOnAChannelThatIsGoneIsDropped() {
    queue.add(List.of(alert(1, AlertLevel.INFO)), List.of("webhook", "slack"), Map.of());
    reopen();
    assertThat(queue.waiting("slack")).isZero();
    assertThat(queue.waiting("webhook")).isEqualTo(1);
  }

  @Test
  void aDamagedQueueIsPutAsideAndAnotherBegun() throws Exception {
    queue.close();
    Files.writeString(
        file(), "this is no database, and more than a hundred bytes of it ".repeat(9));
    reopen();
    add(alert(1, AlertLevel.INFO));
    sendAll();
    assertThat(received()).containsExactly("0123abcd-1");
    assertThat(folder.resolve("live.db.alerts.damaged")).exists();
  }

  @Test
  void theQueueIsItsOwnersAlone() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }
}
