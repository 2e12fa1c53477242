package io.twinleg.venue.hyperliquid.market;

import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.venue.transport.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests to {@code POST /info}: public, without a key, and safe to repeat. */
public final class InfoClient {
  /**
   * Request weights, of 1200 a minute for one IP address. Most requests weigh this much; the cheap
   * ones weigh {@link #CHEAP}.
   */
  public static final int USUAL = 20;

  static final int CHEAP = 2;

  /** An action sent to {@code /exchange}. */
  public static final int ACTION = 1;

  /** The HTTP status of a spent weight limit. */
  public static final int TOO_MANY = 429;

  private static final String PATH = "/info";
  private static final int ROLE = 60;
  private static final int FUNDING_PAGE = 500;
  private static final int FUNDING_ROWS_PER_WEIGHT = 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(8);
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
      case "clearinghouseState", "spotClearinghouseState", "orderStatus" -> CHEAP;
      case "userRole" -> ROLE;
      default -> USUAL;
    };
  }

  /** What a request for so many hours of funding history weighs: one page has at most 500 rows. */
  static int fundingWeight(int hours) {
    return USUAL + 1 + Math.min(FUNDING_PAGE, hours) / FUNDING_ROWS_PER_WEIGHT;
  }

  /**
   * For what a run cannot continue without: repeated while that may help.
   *
   * @throws io.twinleg.venue.VenueException when there is no response
   */
  public JsonNode request(ObjectNode request, int weight) {
    String what = "the request to " + http.site() + " for " + request.path("type").asString("");
    return reads.call(
        what,
        () -> {
          budget.consume(weight);
          return counted(http.post(PATH, request, TIMEOUT));
        });
  }

  /** Sent once, and not at all where only the reserve of the weight budget is left. */
  CompletableFuture<HttpResult> tryRequestAsync(ObjectNode request, int weight) {
    return budget.tryAcquire(weight)
        ? http.postAsync(PATH, request, TIMEOUT).thenApply(this::counted)
        : CompletableFuture.completedFuture(SPENT);
  }

  private HttpResult counted(HttpResult result) {
    if (result instanceof HttpResult.HttpError error && error.status() == TOO_MANY) {
      budget.markExhausted();
    }
    return result;
  }
}
