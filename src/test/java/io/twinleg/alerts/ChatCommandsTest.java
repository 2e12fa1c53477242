package io.twinleg.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinleg.alerts.AlertReceiver.Answer;
import io.twinleg.alerts.AlertReceiver.Request;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.journal.Journal;
import io.twinleg.journal.JournalOwner;
import io.twinleg.journal.OperatorInbox;
import io.twinleg.journal.SqliteJournal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written on Telegram and ntfy, and what becomes of it. */
class ChatCommandsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final List<String> CHANNELS = List.of("telegram");
  private static final String STATUS =
      """
      {"ts":"2026-03-02T11:59:59Z","mode":"RUN","margin_ratio":0.985,"liq_distance":0.475,
       "latched":"none","venue_silent_since":null,"markets":[{"market":"HYPE","state":"HEDGED",
       "spot_sz":5.01,"perp_sz":5.02,"hedge_error":0.003,"notional_usd":201.256,"funding":1.2345,
       "fees_total":0.179,"pnl_net":null,"waiting_because":null}]}\
      """;

  @TempDir Path folder;
  private final AlertReceiver receiver = new AlertReceiver();
  private final List<LogEvent> log = new ArrayList<>();
  private final List<String> updates = new ArrayList<>();
  private Journal journal;
  private AlertQueue queue;
  private AlertChannel telegram;
  private ChatLine line;
  private Instant now = NOON;

  @BeforeEach
  void open() {
    receiver.answering(this::service);
    journal =
        SqliteJournal.open(
            file(), new JournalOwner("paper", "", "", 0, ""), () -> new OrderIdTag("0123abcd"));
    queue = AlertQueue.open(AlertQueue.fileOf(file()), CHANNELS, log::add);
    telegram = AlertChannel.telegram(receiver.site(), "77:abc", "4711");
    line = new ChatLine.TelegramLine(receiver.site(), "77:abc", "4711", telegram);
  }

  @AfterEach
  void close() {
    line.close();
    telegram.close();
    queue.close();
    journal.close();
    receiver.close();
  }

  private Path file() {
    return folder.resolve("paper.db");
  }

  /** As the bot API does it: what the offset has passed is gone; minus one is the last alone. */
  private Answer service(Request request) {
    if (!request.path().endsWith("getUpdates")) {
      return Answer.OK;
    }
    int offset = request.json().path("offset").asInt();
    List<String> shown =
        offset < 0
            ? updates.subList(Math.max(0, updates.size() - 1), updates.size())
            : updates.subList(Math.min(offset, updates.size()), updates.size());
    return Answer.of(200, "{\"ok\":true,\"result\":[" + String.join(",", shown) + "]}");
  }

  private void write(long chat, long from, String text) {
    updates.add(
        "{\"update_id\":%d,\"message\":{\"chat\":{\"id\":%d},\"from\":{\"id\":%d},\"text\":\"%s\"}}"
            .formatted(updates.size(), chat, from, text));
  }

  private ChatCommands commands(String pin) {
    return new ChatCommands(file(), queue, CHANNELS, "carry paper", pin, log::add, () -> now);
  }

  private List<String> replies() {
    return receiver.requests("/bot77:abc/sendMessage").stream()
        .map(request -> request.json().path("text").asString())
        .toList();
  }

  private List<String> inbox() {
    return OperatorInbox.pending(file()).stream().map(OperatorInbox.InboxEntry::command).toList();
  }

  @Test
  void aQuestionIsAnsweredFromWhatTheRunnerLastWrote() {
    journal.put("status", STATUS);
    journal.logEvent(NOON, "any", Map.of());
    journal.commit();
    ChatCommands commands = commands("");
    assertThat(commands.reply("/status@my_bot", true).lines())
        .containsExactly(
            "RUN at 2026-03-02T11:59:59Z",
            "HYPE: HEDGED, hedge error 0.003",
            "margin 98.5 %, liquidation when the price is 47.5 % higher");
    assertThat(commands.reply("positions", true))
        .startsWith("HYPE: spot 5.01, short 5.02, 201.26 USD");
    assertThat(commands.reply(" PnL ", true))
        .startsWith("HYPE: net ? USD, funding 1.23, fees 0.18");
    assertThat(commands.reply("buy everything", true)).contains("flatten PIN");
    assertThat(inbox()).isEmpty();
  }

  @Test
  void theOwnersCommandsGoIntoTheInboxAndFlattenNeedsThePin() {
    ChatCommands commands = commands("123456");
    commands.handle(line);
    write(4711, 4711, "pause");
    write(4711, 4711, "flatten");
    write(4711, 4711, "flatten 123456");
    commands.handle(line);
    assertThat(replies())
        .containsExactly(
            "pause: sent to the runner",
            "flatten needs the PIN behind it",
            "flatten: sent to the runner");
    assertThat(inbox()).containsExactly("pause", "flatten");
    commands.handle(line);
    assertThat(replies()).hasSize(3);
  }

  @Test
  void withoutAPinNothingThatNeedsItIsObeyed() {
    assertThat(commands("").reply("flatten 123456", true)).contains("alerts.pin is not configured");
    assertThat(inbox()).isEmpty();
  }

  @Test
  void whatWasWrittenBeforeTheStartIsNotObeyed() {
    write(4711, 4711, "pause");
    write(4711, 4711, "flatten 123456");
    ChatCommands commands = commands("123456");
    commands.handle(line);
    commands.handle(line);
    assertThat(inbox()).isEmpty();
    write(4711, 4711, "pause");
    commands.handle(line);
    assertThat(inbox()).containsExactly("pause");
  }

  @Test
  void anotherChatAndAnotherSenderGetNoAnswerAndAreCounted() {
    ChatCommands commands = commands("123456");
    commands.handle(line);
    for (int i = 0; i < 12; i++) {
      write(i % 2 == 0 ? 4712 : 4711, 4713, "flatten 123456");
    }
    commands.handle(line);
    assertThat(replies()).isEmpty();
    assertThat(inbox()).isEmpty();
    assertThat(log).extracting(event -> event.fields().get("messages")).containsExactly(1L, 10L);
    assertThat(commands.reply("status", true))
        .endsWith("12 messages from other chats were ignored");
  }

  @Test
  void threeWrongPinsLockItOverARestartAndAreAnAlert() {
    ChatCommands commands = commands("123456");
    assertThat(commands.reply("flatten 1", true)).isEqualTo("the PIN is wrong");
    assertThat(commands("123456").reply("flatten 2", true)).isEqualTo("the PIN is wrong");
    assertThat(commands.reply("flatten 3", true)).contains("locked until 2026-03-02T12:15:00Z");
    now = NOON.plus(ChatCommands.LOCKED).minusMillis(1);
    assertThat(commands("123456").reply("flatten 123456", true)).contains("is locked until");
    assertThat(inbox()).isEmpty();
    Alert alert = queue.next("telegram").orElseThrow().alert();
    assertThat(alert.level()).isEqualTo(Alert.AlertLevel.CRITICAL);
    assertThat(alert.text()).contains("wrong 3 times").doesNotContain("123456");
    now = NOON.plus(ChatCommands.LOCKED);
    assertThat(commands("123456").reply("flatten 123456", true))
        .isEqualTo("flatten: sent to the runner");
    assertThat(inbox()).containsExactly("flatten");
  }

  @Test
  void aRightPinForgetsTheWrongOnesBefore() {
    ChatCommands commands = commands("123456");
    for (String pin : List.of("1", "2", "123456", "3", "4")) {
      commands.reply("flatten " + pin, true);
    }
    assertThat(commands.reply("flatten 123456", true)).isEqualTo("flatten: sent to the runner");
  }

  @Test
  void onNtfyPauseNeedsThePinTooAndWhatIsOlderThanTheStartDoesNotCount() {
    long start = NOON.getEpochSecond();
    receiver.answering(request ->
        request.method().equals("POST")
            ? Answer.OK
            : request.path().endsWith("since=" + start)
                ? Answer.of(
                    200,
                    ntfy("a1", start, "pause 123456")
                        + "\n"
                        + "{\"id\":\"k1\",\"time\":%d,\"event\":\"keepalive\"}\n"
                            .formatted(start + 1)
                        + ntfy("a2", start + 2, "pause")
                        + "\n"
                        + ntfy("a3", start + 3, "pause 123456")
                        + "\n")
                : Answer.of(200, ""));
    try (AlertChannel ntfy = AlertChannel.ntfy(receiver.url("/carry"), "");
        ChatLine topic = new ChatLine.NtfyLine(receiver.url("/orders"), "tk_7", ntfy, NOON)) {
      ChatCommands commands = commands("123456");
      commands.handle(topic);
      commands.handle(topic);
    }
    assertThat(inbox()).containsExactly("pause");
    assertThat(receiver.requests("/").stream().map(each -> each.json().path("message").asString()))
        .containsExactly("pause needs the PIN behind it", "pause: sent to the runner");
    assertThat(receiver.requests("/orders/json?poll=1&since=a3")).hasSize(1);
    assertThat(receiver.requests().get(0).header("Authorization")).isEqualTo("Bearer tk_7");
  }

  private static String ntfy(String id, long time, String message) {
    return "{\"id\":\"%s\",\"time\":%d,\"event\":\"message\",\"message\":\"%s\"}"
        .formatted(id, time, message);
  }

  @Test
  void aBrokenServiceIsAFaultWithoutItsTokenAndTriedAgain() {
    receiver.answering(request -> Answer.of(409, "{\"description\":\"bot77:abc conflict\"}"));
    ChatCommands commands = commands("123456");
    assertThat(catchThrowable(() -> commands.handle(line)))
        .isInstanceOf(ChatLine.ChatException.class)
        .hasMessage("HTTP status 409");
    receiver.answering(this::service);
    commands.handle(line);
    write(4711, 4711, "pause");
    commands.handle(line);
    assertThat(inbox()).containsExactly("pause");
  }
}
