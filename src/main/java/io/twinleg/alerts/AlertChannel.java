package io.twinleg.alerts;

import io.twinleg.alerts.Alert.AlertLevel;
import io.twinleg.telemetry.JsonText;
import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.HttpTransport;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One service that takes alerts: how a message is put to it, and what its answer means. Its URL is
 * a secret on every service: anyone who has it can write to the owner, so that it is in no message
 * of ours. Used by any thread.
 */
public final class AlertChannel implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Service service;
  private final URI url;
  private final String target;
  private final String token;
  private final HttpTransport http;

  /** The services, by the names that the configuration and the sentences have. */
  public enum Service {
    TELEGRAM,
    DISCORD,
    SLACK,
    NTFY,
    WEBHOOK
  }

  /** What became of one sending. */
  sealed interface Sending {
    record Delivered() implements Sending {}

    /**
     * It did certainly not arrive, and may another time.
     *
     * @param pause as the service asks for; zero where it does not
     */
    record Later(String why, Duration pause) implements Sending {}

    /** It may have arrived. */
    record Unclear(String why) implements Sending {}

    /** The service will not have this message. */
    record Refused(String why) implements Sending {}
  }

  private AlertChannel(Service service, URI url, String target, String token) {
    this.service = service;
    this.url = url;
    this.target = target;
    this.token = token;
    this.http = new HttpTransport(url.getScheme() + "://" + url.getAuthority());
  }

  /**
   * @param site of the bot API
   * @param token of the bot
   * @param chat the number of the owner's chat with it
   */
  public static AlertChannel telegram(String site, String token, String chat) {
    return new AlertChannel(Service.TELEGRAM, URI.create(site + "/bot" + token), chat, "");
  }

  /**
   * @param topic the URL of a topic
   * @param token of an account that may publish there; "" for none
   */
  public static AlertChannel ntfy(URI topic, String token) {
    String path = topic.getPath();
    int last = path.lastIndexOf('/');
    URI server = topic.resolve(path.substring(0, last + 1));
    return new AlertChannel(Service.NTFY, server, path.substring(last + 1), token);
  }

  /** Discord, Slack or a plain webhook: its URL is all that it needs. */
  public static AlertChannel webhook(Service service, URI url) {
    return new AlertChannel(service, url, "", "");
  }

  public String name() {
    return service.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Waits for the answer, ten seconds at most.
   *
   * @param again whether it may have arrived before
   */
  Sending send(Alert alert, boolean again) {
    return judge(http.send(request(alert, again)));
  }

  /**
   * Sends an alert that is in no queue.
   *
   * @param again whether it may have arrived before
   * @return why it did not certainly arrive; empty where it did
   */
  public Optional<String> sendNow(Alert alert, boolean again) {
    return switch (send(alert, again)) {
      case Sending.Delivered delivered -> Optional.empty();
      case Sending.Later later -> Optional.of(later.why());
      case Sending.Unclear unclear -> Optional.of(unclear.why());
      case Sending.Refused refused -> Optional.of(refused.why());
    };
  }

  /** A text that is no alert, such as an answer; one attempt. Returns whether it was taken. */
  boolean reply(String text) {
    Map<String, Object> body = new LinkedHashMap<>();
    switch (service) {
      case TELEGRAM -> {
        body.put("chat_id", target);
        body.put("text", text);
      }
      case NTFY -> {
        body.put("topic", target);
        body.put("message", text);
      }
      case DISCORD, SLACK, WEBHOOK -> throw new IllegalStateException(service + " has no chat");
    }
    return judge(http.send(post(body).build())) instanceof Sending.Delivered;
  }

  private HttpRequest request(Alert alert, boolean again) {
    Map<String, Object> body = new LinkedHashMap<>();
    switch (service) {
      case TELEGRAM -> {
        body.put("chat_id", target);
        body.put("text", alert.message(again));
        body.put("disable_notification", alert.level() == AlertLevel.INFO);
      }
      case DISCORD -> {
        body.put("content", alert.message(again));
        body.put("allowed_mentions", Map.of("parse", List.of()));
      }
      case SLACK -> body.put("text", escaped(alert.message(again)));
      case NTFY -> {
        body.put("topic", target);
        body.put("title", alert.title());
        body.put("message", alert.body(again));
        body.put("priority", priority(alert.level()));
        // A newer message of the same sequence takes the place of the one before on the phone.
        body.put("sequence_id", alert.id());
      }
      case WEBHOOK -> plain(body, alert, again);
    }
    HttpRequest.Builder request = post(body);
    return service == Service.WEBHOOK
        ? request.header("Idempotency-Key", alert.id()).build()
        : request.build();
  }

  private static void plain(Map<String, Object> body, Alert alert, boolean again) {
    body.put("id", alert.id());
    body.put("level", alert.level().word());
    body.put("time", alert.at().toString());
    body.put("source", alert.source());
    body.put("kind", alert.kind());
    body.put("market", alert.market());
    body.put("text", alert.text());
    body.put("again", again);
  }

  private HttpRequest.Builder post(Map<String, Object> body) {
    URI to = service == Service.TELEGRAM ? URI.create(url + "/sendMessage") : url;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "twinleg")
            .POST(HttpRequest.BodyPublishers.ofString(JsonText.of(body), StandardCharsets.UTF_8));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private static int priority(AlertLevel level) {
    return switch (level) {
      case INFO -> 3;
      case WARNING -> 4;
      case CRITICAL -> 5;
    };
  }

  /** Slack reads these three as markup. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  // ---- answers

  /** The body of an answer is never shown: a proxy may put the URL into it. */
  private Sending judge(HttpResult result) {
    return switch (result) {
      case HttpResult.Ok ok ->
          service == Service.TELEGRAM && !ok.body().path("ok").asBoolean(false)
              ? new Sending.Refused("an answer that is not ok")
              : new Sending.Delivered();
      // Slack says "ok", which is no JSON; from the others it is the page of a network's front.
      case HttpResult.Unreadable page ->
          service == Service.SLACK || service == Service.WEBHOOK
              ? new Sending.Delivered()
              : new Sending.Unclear(page.describe());
      case HttpResult.HttpError error -> judge(error);
      case HttpResult.NoAnswer none ->
          none.neverSent()
              ? new Sending.Later(none.describe(), Duration.ZERO)
              : new Sending.Unclear(none.describe());
    };
  }

  private static Sending judge(HttpResult.HttpError error) {
    String why = error.describe();
    return switch (error.status()) {
      case 201, 202, 204 -> new Sending.Delivered();
      case 429 -> new Sending.Later(why, pause(error));
      // What stands before the service had no answer from it.
      case 502, 504 -> new Sending.Unclear(why);
      case 400, 413, 415, 422 -> new Sending.Refused(why);
      default -> new Sending.Later(why, pause(error));
    };
  }

  /** Discord and Telegram say it in the body, others in a header. */
  private static Duration pause(HttpResult.HttpError error) {
    Duration requested = error.retryAfter().orElse(Duration.ZERO);
    try {
      JsonNode body = JSON.readTree(error.text());
      JsonNode seconds =
          body.path("retry_after").isNumber()
              ? body.path("retry_after")
              : body.path("parameters").path("retry_after");
      if (seconds.isNumber()) {
        long millis = (long) Math.ceil(Math.min(seconds.doubleValue(), 1e6) * 1000);
        requested = Duration.ofMillis(Math.max(millis, requested.toMillis()));
      }
    } catch (JacksonException notJson) {
      return shorter(requested);
    }
    return shorter(requested);
  }

  private static Duration shorter(Duration requested) {
    return requested.compareTo(LONGEST_WAIT) < 0 ? requested : LONGEST_WAIT;
  }

  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return name();
  }
}
