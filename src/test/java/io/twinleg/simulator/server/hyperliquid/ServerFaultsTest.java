package io.twinleg.simulator.server.hyperliquid;

import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.SPOT;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.cloid;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.named;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.order;
import static io.twinleg.wire.hyperliquid.action.OrderKind.Tif.ALO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.server.common.FaultProfile;
import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.L1Action.Noop;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client meets when the wire is bad, each fault alone and every time. */
class ServerFaultsTest {
  private static final Usd MONEY = Usd.of("1000");

  private static ServerFixture always(String fault) {
    return new ServerFixture(FaultProfile.read("{\"" + fault + "\":1000,\"throttle_ms\":1000}"), 1);
  }

  private static String signedOrder(HyperliquidTestClient client) {
    return client.signed(
        Envelope.Unsigned.of(
            PlaceOrders.of(List.of(named(order(SPOT, true, "39", "1", ALO), cloid(1)))),
            HyperliquidTestClient.nonce()),
        Network.MAINNET);
  }

  private static int resting(ServerFixture server, HyperliquidTestClient client) {
    return server.onTheExchange(
        exchange -> exchange.account(new AccountId(client.address())).openOrders().size());
  }

  private static HyperliquidTestClient member(ServerFixture server) {
    return server.client(1, MONEY.toString(), MONEY.toString());
  }

  @Test
  void aRequestThatIsLostIsNotExecuted() {
    try (ServerFixture server = always("drop_before")) {
      HyperliquidTestClient client = member(server);
      assertThatThrownBy(() -> client.post(signedOrder(client)))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(resting(server, client)).isZero();
    }
  }

  @Test
  void anAnswerThatIsLostWasExecuted() {
    try (ServerFixture server = always("drop_after")) {
      HyperliquidTestClient client = member(server);
      assertThatThrownBy(() -> client.post(signedOrder(client)))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(resting(server, client)).isEqualTo(1);
    }
  }

  @Test
  void aServerErrorIsAPageOfHtmlAndNothingWasExecuted() {
    try (ServerFixture server = always("server_error")) {
      HyperliquidTestClient client = member(server);
      HttpResponse<String> answer = client.post(signedOrder(client));
      assertThat(answer.statusCode()).isBetween(500, 599);
      assertThat(answer.body()).startsWith("<html>");
      assertThat(resting(server, client)).isZero();
    }
  }

  @Test
  void aTruncatedAnswerIsNoJsonAndWasExecuted() {
    try (ServerFixture server = always("truncate")) {
      HyperliquidTestClient client = member(server);
      HttpResponse<String> answer = client.post(signedOrder(client));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).startsWith("{\"status\":\"ok\"").doesNotEndWith("}");
      assertThat(resting(server, client)).isEqualTo(1);
    }
  }

  @Test
  void aThrottledRequestIsAnsweredWithNull() {
    try (ServerFixture server = always("throttle")) {
      HyperliquidTestClient client = member(server);
      HttpResponse<String> answer =
          client.post(
              client.signed(
                  Envelope.Unsigned.of(new Noop(), HyperliquidTestClient.nonce()),
                  Network.MAINNET));
      assertThat(answer.statusCode() + " " + answer.body()).isEqualTo("429 null");
    }
  }
}
