package io.twinleg.simulator.server.aster;

import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.request.ApiRequest;
import io.twinleg.wire.aster.request.ApiRequest.AuthType;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.Signing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** A client written as plainly as can be: what it sends is what a test names. */
final class AsterCaller implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final Signing signing;
  private long nonce;

  AsterCaller(String url, Signing signing) {
    this.url = url;
    this.signing = signing;
  }

  HttpResponse<String> send(ApiRequest call) {
    return send(call, System.currentTimeMillis());
  }

  HttpResponse<String> send(ApiRequest call, long millis) {
    boolean wallet = signing.version() == ApiVersion.V3;
    long stamp = wallet ? millis * 1000 + nonce++ : millis;
    boolean sign =
        call.security() == AuthType.SIGNED || (wallet && call.security() == AuthType.STREAM);
    String text = sign ? signing.signed(call.params(), stamp) : call.params().encoded();
    return raw(call, text);
  }

  HttpResponse<String> raw(ApiRequest call, String text) {
    String path = url + signing.version().path(call.leg(), call.resource());
    HttpRequest.Builder request =
        call.hasBody()
            ? HttpRequest.newBuilder(URI.create(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(call.method(), HttpRequest.BodyPublishers.ofString(text))
            : HttpRequest.newBuilder(URI.create(path + "?" + text))
                .method(call.method(), HttpRequest.BodyPublishers.noBody());
    signing.apiKey().ifPresent(key -> request.header("X-MBX-APIKEY", key));
    try {
      return http.send(
          request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  JsonNode json(ApiRequest call) {
    return AsterJson.parse(send(call).body()).orElseThrow();
  }

  long code(ApiRequest call) {
    return json(call).path("code").asLong();
  }

  @Override
  public void close() {
    http.close();
  }
}
