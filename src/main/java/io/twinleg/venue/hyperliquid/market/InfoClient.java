package io.twinleg.venue.hyperliquid.market;

import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.venue.transport.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Questions to {@code POST /info}: public, without a key, and safe to ask twice. */
public final class InfoClient {
  /** What most questions cost of the venue's weight; the cheap ones cost {@link #CHEAP}. */
  public static final int USUAL = 20;

  static final int CHEAP = 2;

  private static final String PATH = "/info";
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final int TOO_MANY = 429;
  private static final HttpResult SPENT =
      new HttpResult.NoAnswer("our own budget of request weight is spent", true);

  private final HttpTransport http;
  private final RateLimiter budget;
  private final RetryPolicy reads;

  public InfoClient(HttpTransport http, RateLimiter budget, RetryPolicy reads) {
    this.http = http;
    this.budget = budget;
    this.reads = reads;
  }

  /**
   * What a run cannot go on without: asked again while that may help.
   *
   * @throws io.twinleg.venue.VenueException with a sentence where there is no answer
   */
  public JsonNode request(ObjectNode request, int weight) {
    String what = "asking " + http.site() + " for " + request.path("type").asString("");
    return reads.call(
        what,
        () -> {
          budget.consume(weight);
          return counted(http.post(PATH, request, PATIENCE));
        });
  }

  /** Asked once, and not at all where only the reserve of the weight budget is left. */
  HttpResult tryRequest(ObjectNode request, int weight) {
    return budget.tryAcquire(weight) ? counted(http.post(PATH, request, PATIENCE)) : SPENT;
  }

  CompletableFuture<HttpResult> tryRequestAsync(ObjectNode request, int weight) {
    return budget.tryAcquire(weight)
        ? http.postAsync(PATH, request, PATIENCE).thenApply(this::counted)
        : CompletableFuture.completedFuture(SPENT);
  }

  private HttpResult counted(HttpResult answer) {
    if (answer instanceof HttpResult.HttpError error && error.status() == TOO_MANY) {
      budget.markExhausted();
    }
    return answer;
  }
}
