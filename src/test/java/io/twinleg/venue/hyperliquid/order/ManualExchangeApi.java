package io.twinleg.venue.hyperliquid.order;

import io.twinleg.venue.hyperliquid.order.ExchangeApi.ExchangeReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Keeps what was sent; the test answers by hand, or never. */
public final class ManualExchangeApi implements ExchangeApi {
  public record Sent(JsonNode body, Duration patience, Consumer<ExchangeReply> heard) {
    public String type() {
      return body.path("action").path("type").asString("");
    }

    public long nonce() {
      return body.path("nonce").asLong();
    }

    public void answer(String text) {
      heard.accept(WireMessages.said(text));
    }

    public void lose() {
      heard.accept(new ExchangeReply.Lost("no answer in time"));
    }
  }

  public final List<Sent> sent = new ArrayList<>();

  @Override
  public void post(JsonNode body, Duration patience, Consumer<ExchangeReply> heard) {
    sent.add(new Sent(body, patience, heard));
  }

  public Sent last() {
    return sent.get(sent.size() - 1);
  }
}
