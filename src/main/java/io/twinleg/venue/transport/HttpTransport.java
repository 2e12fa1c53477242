package io.twinleg.venue.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** HTTP to one host. Never repeats a request: {@link RetryPolicy} does, where that is harmless. */
public final class HttpTransport implements AutoCloseable {
  private static final int OK = 200;
  private static final int TEXT_KEPT = 1000;
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

  private HttpRequest postRequest(String path, JsonNode body, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(site + path))
        .timeout(timeout)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
        .build();
  }

  public HttpResult send(HttpRequest request) {
    return sendAsync(request).join();
  }

  public CompletableFuture<HttpResult> sendAsync(HttpRequest request) {
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
        .handle((response, error) -> error == null ? read(response) : noAnswer(error));
  }

  private static HttpResult read(HttpResponse<String> response) {
    String text = response.body();
    if (response.statusCode() != OK) {
      return new HttpResult.HttpError(response.statusCode(), kept(text), retryAfter(response));
    }
    try {
      return new HttpResult.Ok(TransportJson.read(text));
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
      case ConnectException e -> new HttpResult.NoAnswer("no connection", true);
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
}
