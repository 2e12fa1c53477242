package io.twinleg.simulator.server.hyperliquid;

import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.SPOT;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.cloid;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.done;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.named;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.order;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.refused;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelOrders;
import io.twinleg.wire.hyperliquid.action.L1Action.Noop;
import io.twinleg.wire.hyperliquid.action.OrderKind.Tif;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import io.twinleg.wire.hyperliquid.action.UserSigned;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a request must pass before its action is looked at, step by step in the venue's order. */
class RequestAuthenticationTest {
  private static final String SCHEMA =
      "422 Failed to deserialize the JSON body into the target type";
  private static final String VAULT = "0x" + "5".repeat(40);
  private static final OptionalLong LONG_AGO = OptionalLong.of(1_700_000_000_000L);

  private final ServerFixture server = new ServerFixture();
  private final HyperliquidTestClient client = server.client(1, "1000", "1000");

  @AfterEach
  void close() {
    server.close();
  }

  private String raw(String body) {
    var answer = client.post(body);
    return answer.statusCode() + " " + answer.body();
  }

  // ---- form

  @Test
  void answersWhatIsNoRequestAsTheVenueDoes() {
    String good =
        client.signed(
            Envelope.Unsigned.of(new Noop(), HyperliquidTestClient.nonce()), Network.MAINNET);
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("{", "400 Failed to parse the request body as JSON");
    bodies.put("[]", SCHEMA);
    bodies.put("{}", SCHEMA);
    bodies.put(good.replace("\"noop\"", "\"dance\""), SCHEMA);
    bodies.put(good.replace("{\"type\":\"noop\"}", "{\"type\":\"noop\",\"x\":1}"), SCHEMA);
    bodies.put(good.replace("\"nonce\":", "\"nonce\":1,\"nonce\":"), SCHEMA);
    bodies.put(good.replaceFirst("\"v\":2[78]", "\"v\":256"), SCHEMA);
    bodies.put(good.replaceFirst("}$", ",\"more\":1}"), SCHEMA);
    bodies.forEach((body, expected) -> assertThat(raw(body)).as(body).isEqualTo(expected));
    assertThat(raw(good + " and more")).as("bytes after the value").isEqualTo("200 " + done());
  }

  @Test
  void refusesNumbersAndNamesOfOrdersThatAreNotWrittenAsTheVenueReadsThem() {
    String good =
        client.signed(
            Envelope.Unsigned.of(
                PlaceOrders.of(
                    List.of(named(order(SPOT, true, "39.5", "1.25", Tif.ALO), cloid(1)))),
                HyperliquidTestClient.nonce()),
            Network.MAINNET);
    for (String number : List.of("39.123456789", "3.95e1", "-39.5", "+39.5", "")) {
      assertThat(raw(good.replace("\"39.5\"", "\"" + number + "\""))).as(number).isEqualTo(SCHEMA);
    }
    assertThat(raw(good.replace(cloid(1), "0x01"))).isEqualTo(SCHEMA);
    assertThat(raw(good.replace(cloid(1), cloid(1).substring(2)))).isEqualTo(SCHEMA);
  }

  @Test
  void checksTheContentTypeBeforeTheBody() {
    var plain = client.post("{", "text/plain");
    assertThat(plain.statusCode()).isEqualTo(415);
    assertThat(plain.body()).isEqualTo("Expected request with `Content-Type: application/json`");
    assertThat(client.post("{", "application/problem+json").statusCode()).isEqualTo(400);
    assertThat(client.post("{", "application/json; charset=utf-8").statusCode()).isEqualTo(400);
  }

  /** On a server as slow as the wall: a minute of its time is over too soon on a fast one. */
  @Test
  void anIpAboveItsRequestWeightIsThrottled() {
    try (ServerFixture slow = ServerFixture.asSlowAsTheWall()) {
      HyperliquidTestClient impatient = slow.unregistered(1);
      String answer = "";
      for (int i = 0; i <= RestEndpoint.RequestWeights.A_MINUTE && !answer.startsWith("429"); i++) {
        var reply = impatient.post("{");
        answer = reply.statusCode() + " " + reply.body();
      }
      assertThat(answer).isEqualTo("429 null");
    }
  }

  // ---- who signed

  @Test
  void takesASignatureForEitherNetwork() {
    for (Network network : Network.values()) {
      assertThat(
              client.send(Envelope.Unsigned.of(new Noop(), HyperliquidTestClient.nonce()), network))
          .isEqualTo(done());
    }
  }

  @Test
  void namesTheSignerThatItRecoversAndDoesNotKnow() {
    HyperliquidTestClient unregistered = server.unregistered(9);
    String body =
        unregistered.signed(
            Envelope.Unsigned.of(new Noop(), HyperliquidTestClient.nonce()), Network.TESTNET);
    assertThat(unregistered.post(body).body())
        .isEqualTo(refused("User or API Wallet " + unregistered.address() + " does not exist."));
    assertThat(unregistered.act(send(unregistered, HyperliquidTestClient.nonce())))
        .isEqualTo(
            refused("Must deposit before performing actions. User: " + unregistered.address()));
  }

  private static UserSigned send(HyperliquidTestClient to, long nonce) {
    return UserSigned.of(UserSigned.Kind.USD_SEND, Network.MAINNET, to.address(), "1", nonce);
  }

  @Test
  void cannotRecoverASignerFromNothing() {
    String body =
        client
            .signed(Envelope.Unsigned.of(new Noop(), 1), Network.MAINNET)
            .replaceAll("\"(r|s)\":\"0x[0-9a-f]+\"", "\"$1\":\"0x0\"");
    assertThat(client.post(body).body())
        .as("before the nonce, which is too low")
        .isEqualTo(refused("Unable to recover signer."));
  }

  @Test
  void judgesTheFormOfAMoneyActionBeforeItsSignature() {
    long nonce = HyperliquidTestClient.nonce();
    UserSigned action = send(client, nonce);
    assertThat(client.send(Envelope.Unsigned.of(action, nonce + 1)))
        .isEqualTo(refused("Nonce mismatch."));
    assertThat(
            client.send(
                new Envelope.Unsigned(action, nonce, Optional.of(VAULT), OptionalLong.empty())))
        .isEqualTo(refused("Vault may not perform this action."));
    assertThat(client.send(new Envelope.Unsigned(action, nonce, Optional.empty(), LONG_AGO)))
        .isEqualTo(refused("Action does not support expires_after"));
    Map<String, Object> elsewhere = new LinkedHashMap<>(action.values());
    elsewhere.put("hyperliquidChain", "Devnet");
    assertThat(client.act(new UserSigned(action.kind(), action.chainId(), elsewhere)))
        .isEqualTo(refused("Mainnet and testnet require different signature."));
  }

  // ---- nonces

  @Test
  void takesANonceOnceAndOnlyNearTheTime() {
    long nonce = HyperliquidTestClient.nonce();
    assertThat(noop(nonce)).isEqualTo(done());
    assertThat(noop(nonce)).isEqualTo(refused("Invalid nonce: duplicate nonce " + nonce));
    assertThat(noop(1)).startsWith(refused("Invalid nonce: nonce too low 1 < ").split("\"}")[0]);
    long far = System.currentTimeMillis() + Duration.ofDays(1).toMillis();
    assertThat(noop(far)).contains("Invalid nonce: nonce too high " + far + " > ");
  }

  @Test
  void keepsTheHundredHighestAndRemembersTheRest() {
    long first = HyperliquidTestClient.nonce();
    for (int i = 0; i < 101; i++) {
      noop(first + 1 + i);
      HyperliquidTestClient.nonce();
    }
    assertThat(noop(first)).contains("nonce too low " + first + " < " + (first + 2));
    assertThat(noop(first + 1))
        .as("seen below the floor")
        .isEqualTo(refused("Invalid nonce: duplicate nonce " + (first + 1)));
  }

  @Test
  void aNoopInvalidatesTheNonceOfAnOrderThatComesAfterIt() {
    long nonce = HyperliquidTestClient.nonce();
    assertThat(noop(nonce)).isEqualTo(done());
    assertThat(
            client.send(
                Envelope.Unsigned.of(
                    PlaceOrders.of(List.of(named(order(SPOT, true, "39", "1", Tif.ALO), cloid(3)))),
                    nonce)))
        .isEqualTo(refused("Invalid nonce: duplicate nonce " + nonce));
    assertThat(client.status(cloid(3))).isEqualTo("unknownOid");
  }

  private String noop(long nonce) {
    return client.send(Envelope.Unsigned.of(new Noop(), nonce));
  }

  @Test
  void aVaultThatIsNotTheSignersCostsNoNonceAndAnExpiredActionDoes() {
    long nonce = HyperliquidTestClient.nonce();
    var ofVault =
        new Envelope.Unsigned(new Noop(), nonce, Optional.of(VAULT), OptionalLong.empty());
    assertThat(client.send(ofVault)).isEqualTo(refused("Vault not registered: " + VAULT));
    var late = new Envelope.Unsigned(new Noop(), nonce, Optional.empty(), LONG_AGO);
    assertThat(client.send(late)).isEqualTo(refused("Action already expired"));
    assertThat(noop(nonce)).isEqualTo(refused("Invalid nonce: duplicate nonce " + nonce));
    assertThat(client.info("userRateLimit", "").path("nRequestsUsed").longValue())
        .as("an expired action costs five")
        .isEqualTo(5);
  }

  @Test
  void anActionIsNotExpiredWhileOneOfTheTwoClocksIsBeforeItsExpiry() {
    long now = server.now();
    assertThat(now).as("far behind the wall").isLessThan(System.currentTimeMillis());
    var between =
        new Envelope.Unsigned(
            new Noop(),
            HyperliquidTestClient.nonce(),
            Optional.empty(),
            OptionalLong.of(now + 3_600_000));
    assertThat(client.send(between)).isEqualTo(done());
  }

  @Test
  void takesTwoHundredElementsAtOnceAndNoMore() {
    var one = new CancelOrders.OidCancel(SPOT, 1);
    String gone =
        "{\"error\":\"Order was never placed, already canceled, or filled. asset=10107\"}";
    assertThat(client.act(new CancelOrders(Collections.nCopies(2, one), true)))
        .contains("[" + gone + "," + gone + "]");
    assertThat(client.act(new CancelOrders(Collections.nCopies(201, one), true)))
        .isEqualTo(refused("Signed action over weight limit of 200."));
    assertThat(client.act(new CancelOrders(Collections.nCopies(200, one), true)))
        .startsWith("{\"status\":\"ok\"");
    assertThat(client.info("userRateLimit", "").path("nRequestsUsed").longValue()).isEqualTo(202);
  }

  // ---- agents

  @Test
  void anAgentTradesForItsMasterAndMovesNoMoney() {
    HyperliquidTestClient agent = server.unregistered(2);
    assertThat(client.act(approve(agent.address(), "bot"))).isEqualTo(done());
    assertThat(agent.place(named(order(SPOT, true, "39", "1", Tif.ALO), cloid(4))))
        .contains("resting");
    assertThat(client.status(cloid(4))).isEqualTo("open");
    assertThat(agent.act(send(client, HyperliquidTestClient.nonce())))
        .isEqualTo(refused("Must deposit before performing actions. User: " + agent.address()));
    assertThat(client.info("extraAgents", "").path(0).path("name").asString("")).isEqualTo("bot");
  }

  @Test
  void anAgentThatIsReplacedOrRemovedIsTheMastersNoMore() {
    HyperliquidTestClient first = server.unregistered(2);
    HyperliquidTestClient second = server.unregistered(3);
    String gone = refused("Must deposit before performing actions. User: " + client.address());
    client.act(approve(first.address(), ""));
    assertThat(first.act(new Noop())).isEqualTo(done());
    client.act(approve(second.address(), ""));
    assertThat(first.act(new Noop())).isEqualTo(gone);
    assertThat(second.act(new Noop())).isEqualTo(done());
    assertThat(client.act(approve("0x" + "0".repeat(40), ""))).isEqualTo(done());
    assertThat(second.act(new Noop())).isEqualTo(gone);
  }

  @Test
  void hasOneUnnamedAgentAndThreeNamed() {
    for (int i = 0; i < 3; i++) {
      assertThat(client.act(approve(server.unregistered(20 + i).address(), "a" + i)))
          .isEqualTo(done());
    }
    assertThat(client.act(approve(server.unregistered(30).address(), "a3")))
        .contains("Too many extra agents");
    assertThat(client.act(approve(server.unregistered(30).address(), "a1"))).isEqualTo(done());
    assertThat(client.act(approve(server.unregistered(31).address(), ""))).isEqualTo(done());
    assertThat(client.act(approve(server.client(40, "1", "1").address(), "")))
        .contains("Extra agent already used");
    assertThat(
            client.act(approve(server.unregistered(32).address(), "a1 valid_until 1600000000000")))
        .contains("Agent valid_until already expired.");
  }

  private static UserSigned approve(String agent, String name) {
    return UserSigned.of(
        UserSigned.Kind.APPROVE_AGENT, Network.MAINNET, agent, name, HyperliquidTestClient.nonce());
  }

  @Test
  void aBatchThatIsWrongInItselfIsNotRecorded() {
    assertThat(
            client.place(
                named(order(SPOT, true, "39", "1", Tif.ALO), cloid(5)),
                named(order(SPOT, true, "39", "0", Tif.ALO), cloid(6))))
        .isEqualTo(rejected("Order has zero size."));
    assertThat(List.of(client.status(cloid(5)), client.status(cloid(6))))
        .containsExactly("unknownOid", "unknownOid");
  }
}
