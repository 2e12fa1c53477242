package io.twinleg.venue.hyperliquid.market;

import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.venue.transport.RetryPolicy;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.LenientJson;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests to {@code POST /info}: public, without a key, and safe to repeat. */
public final class InfoClient {
  /**
   * Request weights, of 1200 a minute for one IP address. Most requests weigh this much; the cheap
   * ones weigh {@link #CHEAP}.
   */
  private static final int USUAL = 20;

  private static final int CHEAP = 2;

  /** An action sent to {@code /exchange}. */
  public static final int ACTION = 1;

  /** The HTTP status of a spent weight limit. */
  public static final int TOO_MANY = 429;

  private static final String PATH = "/info";
  private static final int ROLE = 60;
  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final Duration ONCE = Duration.ofSeconds(3);
  private static final HttpResult SPENT =
      new HttpResult.NoAnswer("the budget of request weight is spent", true);

  private final HttpTransport http;
  private final RateLimiter budget;
  private final RetryPolicy reads;

  public InfoClient(HttpTransport http, RateLimiter budget, RetryPolicy reads) {
    this.http = http;
    this.budget = budget;
    this.reads = reads;
  }

  /** What a request of this type weighs. */
  public static int weight(String type) {
    return switch (type) {
      case "clearinghouseState",
          "spotClearinghouseState",
          "orderStatus",
          "exchangeStatus",
          "l2Book" ->
          CHEAP;
      case "userRole" -> ROLE;
      default -> USUAL;
    };
  }

  /**
   * For what a run cannot continue without: repeated while that may help, also where the response
   * cannot be read.
   *
   * @throws io.twinleg.venue.VenueException when there is no readable response
   */
  public <T> T request(ObjectNode request, Function<JsonNode, T> reader) {
    AtomicReference<@Nullable T> read = new AtomicReference<>();
    JsonNode last =
        reads.call(
            "the request to " + http.site() + " for " + type(request),
            () -> {
              budget.consume(weight(request));
              HttpResult result = counted(http.post(PATH, request, TIMEOUT));
              return result instanceof HttpResult.Ok ok ? readable(ok, reader, read) : result;
            });
    T known = read.get();
    return known != null ? known : reader.apply(last);
  }

  /**
   * For what may be left out: repeated while there is no response; one that cannot be read is
   * thrown at once.
   *
   * @throws io.twinleg.venue.VenueException when there is no response
   * @throws MalformedMessage when it cannot be read
   */
  <T> T requestAnswered(ObjectNode request, Function<JsonNode, T> reader) {
    return reader.apply(
        reads.call(
            "the request to " + http.site() + " for " + type(request),
            () -> {
              budget.consume(weight(request));
              return counted(http.post(PATH, request, TIMEOUT));
            }));
  }

  private static <T> HttpResult readable(
      HttpResult.Ok answer, Function<JsonNode, T> reader, AtomicReference<@Nullable T> read) {
    try {
      read.set(MalformedMessage.ofImpossible(() -> reader.apply(answer.body())));
      return answer;
    } catch (MalformedMessage unreadable) {
      return new HttpResult.Unreadable(unreadable.detail());
    }
  }

  /**
   * Sent once: who needs it again asks again, and nothing waits behind a retry.
   *
   * @throws VenueException when there is no response
   * @throws MalformedMessage when it cannot be read
   */
  public <T> T requestOnce(ObjectNode request, Function<JsonNode, T> reader) {
    budget.consume(weight(request));
    HttpResult result = counted(http.post(PATH, request, ONCE));
    if (result instanceof HttpResult.Ok ok) {
      return MalformedMessage.ofImpossible(() -> reader.apply(ok.body()));
    }
    throw new VenueException("the request for " + type(request) + ": " + result.describe(), true);
  }

  private static String type(ObjectNode request) {
    return LenientJson.optionalText(request, "type").orElse("");
  }

  private static int weight(ObjectNode request) {
    return weight(type(request));
  }

  /** Sent once, and not at all where only the reserve of the weight budget is left. */
  CompletableFuture<HttpResult> tryRequestAsync(ObjectNode request) {
    return budget.tryAcquire(weight(request))
        ? http.postAsync(PATH, request, TIMEOUT).thenApply(this::counted)
        : CompletableFuture.completedFuture(SPENT);
  }

  /** Takes note of the venue's word that the limit is reached. */
  public HttpResult counted(HttpResult result) {
    if (result instanceof HttpResult.HttpError error && error.status() == TOO_MANY) {
      budget.markExhausted();
    }
    return result;
  }
}
