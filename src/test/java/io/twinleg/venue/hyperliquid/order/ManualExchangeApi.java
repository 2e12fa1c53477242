package io.twinleg.venue.hyperliquid.order;

import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
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
  public void post(JsonNode body, Duration timeout, Consumer<ExchangeReply> callback) {
    sent.add(new Sent(body, timeout, callback));
  }

  public Sent last() {
    return sent.get(sent.size() - 1);
  }
}
