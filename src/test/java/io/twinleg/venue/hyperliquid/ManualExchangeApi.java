package io.twinleg.venue.hyperliquid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Keeps what was sent; the test answers by hand, or never. */
final class ManualExchangeApi implements ExchangeApi {
  record Sent(JsonNode body, Duration patience, Consumer<ExchangeReply> heard) {
    String type() {
      return body.path("action").path("type").asString("");
    }

    long nonce() {
      return body.path("nonce").asLong();
    }

    void answer(String text) {
      heard.accept(WireMessages.said(text));
    }

    void lose() {
      heard.accept(new ExchangeReply.Lost("no answer in time"));
    }
  }

  final List<Sent> sent = new ArrayList<>();

  @Override
  public void post(JsonNode body, Duration patience, Consumer<ExchangeReply> heard) {
    sent.add(new Sent(body, patience, heard));
  }

  Sent last() {
    return sent.get(sent.size() - 1);
  }
}
