package io.twinleg.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.simulator.server.common.ExchangeLoop;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.hyperliquid.HyperliquidServer;
import io.twinleg.venue.transport.HttpResult;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.TransportJson;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The proxy itself. */
class LyingProxyTest {
  private static final JsonNode STATUS = TransportJson.object().put("type", "exchangeStatus");

  @Test
  void itForwardsRequestsAndFramesAndLiesAboutBoth() throws Exception {
    ExchangeLoop loop =
        new ExchangeLoop(
            new Exchange(
                FixtureF0.instruments(),
                FixtureF0.FEES,
                ScriptedWorld.startingAt(Instant.parse("2026-01-05T12:00:00Z"))),
            BigDecimal.ONE,
            error -> {});
    try (HyperliquidServer server =
            new HyperliquidServer(loop, new HttpFaults(FaultProfile.NONE, 1, System::nanoTime));
        LyingProxy proxy = new LyingProxy("http://127.0.0.1:" + server.start(0));
        HttpTransport http = new HttpTransport(proxy.url())) {
      assertThat(http.post("/info", STATUS, Duration.ofSeconds(30)))
          .isInstanceOf(HttpResult.Ok.class);
      proxy.answers((request, venue) -> LyingProxy.page(403));
      assertThat(http.post("/info", STATUS, Duration.ofSeconds(30)))
          .isEqualTo(new HttpResult.HttpError(403, "<html>blocked</html>"));
      proxy.answers((request, venue) -> new LyingProxy.Reply.Stalled(venue.ask(), 5));
      assertThat(http.post("/info", STATUS, Duration.ofSeconds(1)))
          .isInstanceOf(HttpResult.NoAnswer.class);
      assertThat(proxy.requests()).hasSize(3);

      proxy.frames(frame -> List.of("first", frame.replace("pong", "gnop")));
      BlockingQueue<String> received = new LinkedBlockingQueue<>();
      WebSocket socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create(proxy.url().replace("http", "ws") + "/ws"), listener(received))
              .get();
      socket.sendText("{\"method\":\"ping\"}", true);
      while (!received.take().contains("gnop")) {
        assertThat(received).hasSizeLessThan(10);
      }
      socket.abort();
    } finally {
      loop.close();
    }
  }

  private static WebSocket.Listener listener(BlockingQueue<String> received) {
    return new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
        received.add(text.toString());
        socket.request(1);
        return null;
      }
    };
  }
}
