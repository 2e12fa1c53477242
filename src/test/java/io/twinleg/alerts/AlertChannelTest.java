package io.twinleg.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.alerts.AlertChannel.Sending;
import io.twinleg.alerts.AlertChannel.Service;
import io.twinleg.alerts.AlertReceiver.Answer;
import io.twinleg.alerts.AlertReceiver.Request;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What each service is sent, and what its answers mean. */
class AlertChannelTest {
  private static final Alert ALERT =
      new Alert(
          "0123abcd-31",
          AlertLevel.CRITICAL,
          Instant.parse("2026-03-02T12:00:07.250Z"),
          "carry live",
          "halt",
          "HYPE",
          "margin < 45 % & falling @everyone");

  private final AlertReceiver receiver = new AlertReceiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  private Request sent(AlertChannel channel) {
    try (channel) {
      assertThat(channel.send(ALERT, true)).isInstanceOf(Sending.Delivered.class);
    }
    return receiver.requests().getLast();
  }

  @Test
  void telegramGetsPlainTextInTheOwnersChat() {
    Request request = sent(AlertChannel.telegram(receiver.site(), "77:abc", "4711"));
    assertThat(request.path()).isEqualTo("/bot77:abc/sendMessage");
    assertThat(request.json().path("chat_id").asString()).isEqualTo("4711");
    assertThat(request.json().path("disable_notification").asBoolean()).isFalse();
    assertThat(request.json().path("text").asString())
        .isEqualTo(
            """
            CRITICAL · carry live · HYPE
            margin < 45 % & falling @everyone (sent again: it may have arrived before)
            2026-03-02 12:00:07 UTC · 0123abcd-31\
            """);
    assertThat(request.json().has("parse_mode")).isFalse();
  }

  @Test
  void anAnswerOfTelegramThatIsNotOkIsNone() {
    receiver.answering(request -> Answer.of(200, "{\"ok\":false}"));
    try (AlertChannel channel = AlertChannel.telegram(receiver.site(), "77:abc", "4711")) {
      assertThat(channel.send(ALERT, false)).isInstanceOf(Sending.Refused.class);
    }
  }

  /** A hotel's page with status 200 is no service. */
  @Test
  void aPageInPlaceOfAnAnswerIsNotTakenForOne() {
    receiver.answering(request -> Answer.of(200, "<html>please log in</html>"));
    try (AlertChannel telegram = AlertChannel.telegram(receiver.site(), "77:abc", "4711");
        AlertChannel ntfy = AlertChannel.ntfy(receiver.url("/carry"), "")) {
      assertThat(telegram.send(ALERT, false)).isInstanceOf(Sending.Unclear.class);
      assertThat(ntfy.send(ALERT, false)).isInstanceOf(Sending.Unclear.class);
    }
  }

  @Test
  void discordMentionsNoOne() {
    receiver.answering(request -> Answer.of(204, ""));
    Request request =
        sent(AlertChannel.webhook(Service.DISCORD, receiver.url("/api/webhooks/1/x")));
    assertThat(request.path()).isEqualTo("/api/webhooks/1/x");
    assertThat(request.json().path("content").asString()).startsWith("CRITICAL · carry live");
    assertThat(request.json().path("allowed_mentions").path("parse").isEmpty()).isTrue();
  }

  @Test
  void slackGetsItsThreeCharactersEscapedAndAnswersOkWithoutJson() {
    receiver.answering(request -> Answer.of(200, "ok"));
    Request request = sent(AlertChannel.webhook(Service.SLACK, receiver.url("/services/T/B/x")));
    assertThat(request.json().path("text").asString())
        .contains("margin &lt; 45 % &amp; falling @everyone");
  }

  @Test
  void ntfyGetsTheTopicAPriorityAndTheIdAsItsSequence() {
    Request request = sent(AlertChannel.ntfy(receiver.url("/sub/carry"), "tk_77"));
    assertThat(request.path()).isEqualTo("/sub/");
    assertThat(request.header("Authorization")).isEqualTo("Bearer tk_77");
    JsonNode body = request.json();
    assertThat(body.path("topic").asString()).isEqualTo("carry");
    assertThat(body.path("title").asString()).isEqualTo("CRITICAL · carry live · HYPE");
    assertThat(body.path("priority").asInt()).isEqualTo(5);
    assertThat(body.path("sequence_id").asString()).isEqualTo("0123abcd-31");
  }

  @Test
  void aPlainWebhookGetsTheFieldsAndAKeyToKnowARepetitionBy() {
    Request request = sent(AlertChannel.webhook(Service.WEBHOOK, receiver.url("/hook?key=x")));
    assertThat(request.path()).isEqualTo("/hook?key=x");
    assertThat(request.header("Idempotency-key")).isEqualTo("0123abcd-31");
    assertThat(request.body())
        .isEqualTo(
            "{\"id\":\"0123abcd-31\",\"level\":\"critical\",\"time\":\"2026-03-02T12:00:07.250Z\",\"source\":\"carry"
                + " live\",\"kind\":\"halt\",\"market\":\"HYPE\",\"text\":\"margin < 45 % & falling"
                + " @everyone\",\"again\":true}");
  }

  @Test
  void noUrlIsInAnyText() {
    try (AlertChannel channel =
        AlertChannel.webhook(Service.DISCORD, receiver.url("/api/webhooks/1/secret77"))) {
      receiver.answering(request -> Answer.of(404, "no webhook " + request.path()));
      assertThat(channel.send(ALERT, false).toString() + channel + channel.name())
          .doesNotContain("secret77");
    }
  }
}
