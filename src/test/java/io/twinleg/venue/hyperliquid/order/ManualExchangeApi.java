package io.twinleg.venue.hyperliquid.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Keeps what was sent; the test answers by hand, or never. */
public final class ManualExchangeApi implements ExchangeApi {
  public record Sent(JsonNode body, Duration timeout, Consumer<ExchangeReply> callback) {
    public String type() {
      return body.path("action").path("type").asString("");
    }

    public long nonce() {
      return body.path("nonce").asLong();
    }

    public void answer(String text) {
      callback.accept(WireMessages.received(text));
    }

    public void lose() {
      callback.accept(new ExchangeReply.Lost("no answer in time"));
    }
  }

  public final List<Sent> sent = new ArrayList<>();

  @Override
  public void post(byte[] body, Duration timeout, Consumer<ExchangeReply> callback) {
    JsonNode tree = HyperliquidJson.parseWhole(new String(body, UTF_8));
    sent.add(new Sent(tree, timeout, callback));
  }

  public Sent last() {
    return sent.get(sent.size() - 1);
  }
}
