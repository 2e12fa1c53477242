package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.request.ApiRequest;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.time.Duration;

/**
 * One of Aster's two hosts, with a budget of its own. Pauses as long as the host demands, and
 * before it has to demand it.
 */
final class RestHost implements AutoCloseable {
  private static final int SPOT_PER_MINUTE = 6000;
  private static final int FUTURES_PER_MINUTE = 2400;

  /** A quarter is reserved: enough for a hundred orders with their queries and cancels. */
  private static final int RESERVED_PART = 4;

  private static final int TOO_MANY = 429;
  private static final int BANNED = 418;
  private static final Duration USUAL_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration BAN = Duration.ofMinutes(2);

  private final HttpTransport http;
  private final RateLimiter budget;
  private volatile long pausedUntilNanos = System.nanoTime();

  RestHost(Leg leg, String url, BigDecimal clockSpeed) {
    http = new HttpTransport(url);
    int perMinute = leg == Leg.SPOT ? SPOT_PER_MINUTE : FUTURES_PER_MINUTE;
    budget = new RateLimiter(perMinute, perMinute / RESERVED_PART, System::nanoTime);
    budget.scaleWindow(clockSpeed);
  }

  String url() {
    return http.site();
  }

  ApiResult send(ApiRequest call, HttpRequest request) {
    if (System.nanoTime() - pausedUntilNanos < 0) {
      return new ApiResult.Throttled(false, "requests are paused, as Aster demanded");
    }
    if (!tryAcquire(call)) {
      return new ApiResult.Throttled(
          false, "the rest of this minute's weight is reserved for orders");
    }
    return read(http.send(request));
  }

  private boolean tryAcquire(ApiRequest call) {
    if (isUnlimited(call)) {
      budget.consume(call.weight());
      return true;
    }
    return budget.tryAcquire(call.weight());
  }

  /**
   * Orders, their status and settlement, the streams that report them, the time that stamps them,
   * and collateral for a position are requested whatever the budget says.
   */
  private static boolean isUnlimited(ApiRequest call) {
    return switch (call.resource()) {
      case "order",
          "noop",
          "guardedCancelOrder",
          "userTrades",
          "listenKey",
          "countdownCancelAll",
          "time",
          "asset/wallet/transfer" ->
          true;
      default -> false;
    };
  }

  private ApiResult read(HttpResult result) {
    return switch (result) {
      case HttpResult.Ok ok -> ApiResult.of(ok.body());
      case HttpResult.HttpError error -> {
        pauseRequests(error);
        yield ApiResult.of(error.status(), error.text());
      }
      case HttpResult.Unreadable unreadable -> ApiResult.Unknown.nothing(unreadable.describe());
      case HttpResult.NoAnswer none ->
          ApiResult.Unknown.nothing("no response from Aster: " + none.why());
    };
  }

  private void pauseRequests(HttpResult.HttpError error) {
    if (error.status() == TOO_MANY || error.status() == BANNED) {
      budget.markExhausted();
      Duration usual = error.status() == BANNED ? BAN : USUAL_BACK_OFF;
      pausedUntilNanos = System.nanoTime() + error.retryAfter().orElse(usual).toNanos();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
