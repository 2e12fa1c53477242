package io.twinleg.alerts;

import io.twinleg.telemetry.JsonText;
import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.HttpTransport;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where the owner's commands come from, and where the replies go. What was sent before this was
 * made is never returned: a command must not be obeyed by a run that it was not meant for. Used by
 * one thread.
 */
public abstract sealed class ChatLine implements AutoCloseable {

  /**
   * What was written.
   *
   * @param isOwner whether it is from the owner, as far as the service can prove it
   */
  record ChatMessage(String text, boolean isOwner) {}

  /** The service could not be queried; the sentence has no secret. */
  static final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChatException(String message) {
      super(message);
    }
  }

  private final String name;
  private final AlertChannel replies;
  final HttpTransport http;

  private ChatLine(String name, URI site, AlertChannel replies) {
    this.name = name;
    this.replies = replies;
    this.http = new HttpTransport(site.getScheme() + "://" + site.getAuthority());
  }

  String name() {
    return name;
  }

  /** Whether the service proves who wrote: without that every command needs the PIN. */
  abstract boolean isProven();

  /** Whether it waits by itself for something to come. */
  abstract Duration pause();

  /**
   * What has come since the last call.
   *
   * @throws ChatException when the service does not answer as expected
   */
  abstract List<ChatMessage> poll();

  final boolean reply(String text) {
    return replies.reply(text);
  }

  static JsonNode answer(HttpResult result) {
    if (result instanceof HttpResult.Ok ok) {
      return ok.body();
    }
    throw new ChatException(result.describe());
  }

  @Override
  public final void close() {
    http.close();
  }

  /**
   * Telegram's updates of a bot, by long polling. Only new texts in the owner's private chat count,
   * by the chat and by the sender.
   */
  public static final class TelegramLine extends ChatLine {
    private static final int LONG_POLL_S = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(LONG_POLL_S + 10);

    private final URI updates;
    private final String chat;
    private long offset = -1;

    public TelegramLine(String site, String token, String chat, AlertChannel replies) {
      super("telegram", URI.create(site), replies);
      this.updates = URI.create(site + "/bot" + token + "/getUpdates");
      this.chat = chat;
    }

    @Override
    boolean isProven() {
      return true;
    }

    @Override
    Duration pause() {
      return Duration.ZERO;
    }

    /** The first call passes over all that waited: minus one is the last of them. */
    @Override
    List<ChatMessage> poll() {
      boolean isFirst = offset < 0;
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("offset", offset);
      body.put("timeout", isFirst ? 0 : LONG_POLL_S);
      body.put("allowed_updates", List.of("message"));
      JsonNode answer = answer(http.send(request(body)));
      if (!answer.path("ok").asBoolean(false) || !answer.path("result").isArray()) {
        throw new ChatException("an answer that is not ok");
      }
      List<ChatMessage> messages = new ArrayList<>();
      long next = Math.max(0, offset);
      for (JsonNode update : answer.path("result")) {
        next = Math.max(next, update.path("update_id").asLong(-1) + 1);
        if (!isFirst && update.path("message").isObject()) {
          messages.add(message(update.path("message")));
        }
      }
      offset = next;
      return messages;
    }

    private HttpRequest request(Map<String, Object> body) {
      return HttpRequest.newBuilder(updates)
          .timeout(TIMEOUT)
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(JsonText.of(body), StandardCharsets.UTF_8))
          .build();
    }

    private ChatMessage message(JsonNode message) {
      boolean isOwner =
          message.path("chat").path("id").asString("").equals(chat)
              && message.path("from").path("id").asString("").equals(chat);
      return new ChatMessage(message.path("text").asString(""), isOwner);
    }
  }

  /**
   * The messages of an ntfy topic of the owner's, which is for commands alone. Anyone who knows it
   * can write there, so that whatever acts needs the PIN.
   */
  public static final class NtfyLine extends ChatLine {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final URI topic;
    private final String token;
    private final Instant start;
    private @Nullable String last;

    /**
     * @param token of an account that may read there; "" for none
     * @param start before which nothing counts
     */
    public NtfyLine(URI topic, String token, AlertChannel replies, Instant start) {
      super("ntfy", topic, replies);
      this.topic = topic;
      this.token = token;
      this.start = start;
    }

    @Override
    boolean isProven() {
      return false;
    }

    @Override
    Duration pause() {
      return Duration.ofSeconds(10);
    }

    @Override
    List<ChatMessage> poll() {
      String since = last == null ? Long.toString(start.getEpochSecond()) : last;
      URI url = URI.create(topic + "/json?poll=1&since=" + since);
      HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(TIMEOUT).GET();
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      List<ChatMessage> messages = new ArrayList<>();
      for (JsonNode line : answer(http.sendForLines(request.build()))) {
        String id = line.path("id").asString("");
        if (!line.path("event").asString("").equals("message") || !id.matches("[A-Za-z0-9_-]+")) {
          continue;
        }
        last = id;
        boolean isOld = line.path("time").asLong(0) <= start.getEpochSecond();
        if (!isOld) {
          messages.add(new ChatMessage(line.path("message").asString(""), true));
        }
      }
      return messages;
    }
  }
}
