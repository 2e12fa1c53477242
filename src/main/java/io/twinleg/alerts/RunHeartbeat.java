package io.twinleg.alerts;

import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.HttpTransport;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Pings a URL of the owner's, behind which a service rings when the pings stop: the only alarm that
 * also works when this machine is gone. A ping says that the runner's loop turned since the one
 * before, never only that the program exists. Used by one thread, which it does not block.
 */
public final class RunHeartbeat implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final URI url;
  private final Duration interval;
  private final HttpTransport http;
  private @Nullable CompletableFuture<HttpResult> pending;
  private Instant last = Instant.MIN;
  private long turnsBefore;
  private boolean failing;

  public RunHeartbeat(URI url, Duration interval) {
    this.url = url;
    this.interval = interval;
    this.http = new HttpTransport(url.getScheme() + "://" + url.getAuthority());
  }

  /**
   * Pings where one is due and the loop has turned.
   *
   * @param turns of the runner's loop since its start
   * @return why the pings do not arrive, once
   */
  Optional<String> beat(Instant now, long turns) {
    if (pending != null && !pending.isDone()) {
      return Optional.empty();
    }
    Optional<String> failure = pending == null ? Optional.empty() : failure(pending.join());
    pending = null;
    // Where the wall clock was set back the ping is due too.
    boolean isDue =
        last.equals(Instant.MIN) || now.isBefore(last) || !now.isBefore(last.plus(interval));
    if (isDue && turns != turnsBefore) {
      last = now;
      turnsBefore = turns;
      pending = http.sendAsync(request());
    }
    return failure;
  }

  /** One ping, now; empty where it arrived, else why not. */
  public Optional<String> test() {
    return why(http.send(request()));
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(url)
        .timeout(TIMEOUT)
        .header("User-Agent", "twinleg")
        .GET()
        .build();
  }

  private Optional<String> failure(HttpResult result) {
    Optional<String> why = why(result);
    boolean isNew = why.isPresent() && !failing;
    failing = why.isPresent();
    return isNew ? why : Optional.empty();
  }

  private static Optional<String> why(HttpResult result) {
    return switch (result) {
      case HttpResult.Ok ok -> Optional.empty();
      case HttpResult.Unreadable text -> Optional.empty();
      case HttpResult.HttpError error when error.status() < 300 -> Optional.empty();
      case HttpResult.HttpError error -> Optional.of(error.describe());
      case HttpResult.NoAnswer none -> Optional.of(none.describe());
    };
  }

  @Override
  public void close() {
    http.close();
  }
}
