package io.twinleg.venue.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * HTTP to one host. Never repeats a request: {@link RetryPolicy} does, where that is harmless. A
 * request's timeout holds for the whole exchange: the client's own ends at the headers, and a body
 * that stalls would wait for ever.
 */
public final class HttpTransport implements AutoCloseable {
  private static final int OK = 200;
  private static final int TEXT_KEPT = 1000;

  /** The largest body that a venue has a reason to send is its list of symbols, 2 MB. */
  static final int MAX_BODY_BYTES = 16 << 20;

  private static final Duration NO_LIMIT_GIVEN = Duration.ofSeconds(10);
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final String site;
  private final HttpClient client;

  /**
   * @param site such as {@code https://api.hyperliquid.xyz}, without a slash at its end
   */
  public HttpTransport(String site) {
    this.site = site;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  public String site() {
    return site;
  }

  public HttpResult post(String path, JsonNode body, Duration timeout) {
    return send(postRequest(path, body, timeout));
  }

  /** Completes on a thread of the client, never with an exception. */
  public CompletableFuture<HttpResult> postAsync(String path, JsonNode body, Duration timeout) {
    return sendAsync(postRequest(path, body, timeout));
  }

  /** As with a tree; the bytes are JSON in UTF-8. */
  public CompletableFuture<HttpResult> postAsync(String path, byte[] body, Duration timeout) {
    return sendAsync(postRequest(path, body, timeout));
  }

  private HttpRequest postRequest(String path, JsonNode body, Duration timeout) {
    return postRequest(path, body.toString().getBytes(StandardCharsets.UTF_8), timeout);
  }

  private HttpRequest postRequest(String path, byte[] body, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(site + path))
        .timeout(timeout)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  /** Returns within the request's timeout, also where the thread is interrupted. */
  public HttpResult send(HttpRequest request) {
    return await(sendAsync(request));
  }

  private static HttpResult await(CompletableFuture<HttpResult> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new HttpResult.NoAnswer("the program is ending", false);
    } catch (ExecutionException error) {
      throw new IllegalStateException(error.getCause());
    }
  }

  public CompletableFuture<HttpResult> sendAsync(HttpRequest request) {
    return sendAsync(request, TransportJson::read);
  }

  /** Of a body with a JSON value a line, as one array; otherwise as {@link #send}. */
  public HttpResult sendForLines(HttpRequest request) {
    return await(sendAsync(request, TransportJson::readLines));
  }

  private CompletableFuture<HttpResult> sendAsync(
      HttpRequest request, Function<String, JsonNode> reader) {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, response -> new LimitedBody(MAX_BODY_BYTES));
    Duration limit = request.timeout().orElse(NO_LIMIT_GIVEN);
    CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> exchange.cancel(true));
    return exchange.handle(
        (response, error) -> error == null ? read(response, reader) : noAnswer(error));
  }

  private static HttpResult read(HttpResponse<String> response, Function<String, JsonNode> reader) {
    String text = response.body();
    if (response.statusCode() != OK) {
      return new HttpResult.HttpError(response.statusCode(), kept(text), retryAfter(response));
    }
    try {
      return new HttpResult.Ok(reader.apply(text));
    } catch (JacksonException notJson) {
      return new HttpResult.Unreadable(kept(text));
    }
  }

  /** In seconds; the date form of this header is not read. */
  private static Optional<Duration> retryAfter(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  private static String kept(String text) {
    return text.substring(0, Math.min(text.length(), TEXT_KEPT));
  }

  private static HttpResult noAnswer(Throwable error) {
    Throwable inner = error.getCause();
    if (error instanceof CompletionException && inner != null) {
      return noAnswer(inner);
    }
    return switch (error) {
      case HttpConnectTimeoutException e -> new HttpResult.NoAnswer("no connection in time", true);
      case HttpTimeoutException e -> new HttpResult.NoAnswer("no answer in time", false);
      case CancellationException e -> new HttpResult.NoAnswer("no whole answer in time", false);
      case ConnectException e -> new HttpResult.NoAnswer("no connection", true);
      case LimitedBody.TooLargeException e ->
          new HttpResult.NoAnswer(String.valueOf(e.getMessage()), false);
      case IOException e -> new HttpResult.NoAnswer("the connection broke", false);
      case RuntimeException e -> throw e;
      default -> throw new IllegalStateException(error);
    };
  }

  /** Ends the connections at once; pending requests get no response. */
  @Override
  public void close() {
    client.shutdownNow();
  }

  /** A body as UTF-8 text, given up where it grows beyond a limit. */
  private static final class LimitedBody implements HttpResponse.BodySubscriber<String> {
    /** More than the venue has a reason to send. */
    static final class TooLargeException extends IOException {
      private static final long serialVersionUID = 1L;

      private TooLargeException(int limit) {
        super("a body of more than " + limit + " bytes");
      }
    }

    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    LimitedBody(int limit) {
      this.limit = limit;
    }

    @Override
    public CompletionStage<String> getBody() {
      return text;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
      subscription = newSubscription;
      newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        if (bytes.size() + buffer.remaining() > limit) {
          giveUp();
          return;
        }
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        bytes.writeBytes(part);
      }
    }

    private void giveUp() {
      bytes.reset();
      if (subscription != null) {
        subscription.cancel();
      }
      text.completeExceptionally(new TooLargeException(limit));
    }

    @Override
    public void onError(Throwable error) {
      text.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      text.complete(bytes.toString(StandardCharsets.UTF_8));
    }
  }
}
