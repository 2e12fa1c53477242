package io.twinleg.venue.hyperliquid.order;

import static io.twinleg.venue.hyperliquid.order.WireMessages.json;
import static io.twinleg.venue.hyperliquid.order.WireMessages.name;
import static io.twinleg.venue.hyperliquid.order.WireMessages.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.CancelOrder;
import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Command.SetLeverage;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.LeverageResult;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.scenario.Scenario;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.action.Envelope;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ActionSenderTest {
  private static final long NOW = 1_764_000_000_000L;
  private static final PlaceOrder SPOT =
      order(1, WireMessages.SPOT, Side.SELL, "4.98", TimeInForce.IOC, OrderPurpose.EXIT);
  private static final PlaceOrder PERP =
      order(2, WireMessages.PERP, Side.BUY, "4.98", TimeInForce.IOC, OrderPurpose.EXIT);
  private static final PlaceOrder RESTING =
      order(3, WireMessages.SPOT, Side.BUY, "4.99", TimeInForce.ALO);

  private final List<Runnable> later = new ArrayList<>();
  private final ManualExchangeApi line = new ManualExchangeApi();
  private final Map<String, JsonNode> answers = new LinkedHashMap<>();
  private final List<Event> published = new ArrayList<>();
  private final OrderCache orders = new OrderCache();
  private final NonceSource nonces = new NonceSource(this::now);
  private final InfoApi info =
      question -> answers.getOrDefault(question.path("type").asString(""), HyperliquidJson.array());
  private final EventPublisher facts = facts();
  private final ActionSender sender = sender();
  private int remeasured;
  private long now = NOW;

  private Instant now() {
    return Instant.ofEpochMilli(now);
  }

  private EventPublisher facts() {
    Deduplicator memory = new Deduplicator(this::now);
    memory.start(Instant.ofEpochMilli(NOW - 1000));
    EventPublisher open =
        new EventPublisher(
            WireMessages.legs(), orders, memory, this::now, (time, fact) -> published.add(fact));
    open.finishStart();
    return open;
  }

  private ActionSender sender() {
    LeverageClient leverage =
        new LeverageClient(
            WireMessages.IDENTITY,
            WireMessages.legs(),
            line,
            info,
            facts,
            Runnable::run,
            later::add);
    return new ActionSender(
        WireMessages.IDENTITY,
        WireMessages.legs(),
        nonces,
        orders,
        line,
        facts,
        leverage,
        this::now,
        BigDecimal.ONE,
        () -> remeasured++);
  }

  private List<PreparedCommand> send(Command... commands) {
    List<PreparedCommand> prepared = sender.prepare(List.of(commands));
    sender.send(prepared);
    return prepared;
  }

  private void ask(PlaceOrder order) {
    new OrderStatusClient(
            WireMessages.IDENTITY.account(), WireMessages.legs(), info, orders, facts, this::now)
        .query(order.order());
  }

  private void fills(String size) {
    answers.put(
        "userFillsByTime",
        json(
            "[{'coin':'@107','px':'40.0','sz':'%s','side':'A','time':%d,'oid':77,'tid':1,'crossed':true,'fee':'0.1','feeToken':'USDC','cloid':'%s'}]"
                .formatted(size, NOW + 5, name(1).hex())));
  }

  private void record(String status, String origSz, String sz) {
    answers.put(
        "orderStatus",
        json(
            "{'status':'order','order':{'order':{'coin':'@107','side':'A','limitPx':'40.0','oid':77,'timestamp':1,'origSz':'%s','sz':'%s','cloid':'%s'},'status':'%s','statusTimestamp':1}}"
                .formatted(origSz, sz, name(1).hex(), status)));
  }

  @Test
  @Scenario("A05")
  void bothLegsTravelInOneSignedAction() {
    List<PreparedCommand> prepared = send(SPOT, PERP);

    assertThat(line.sent).hasSize(1);
    assertThat(line.last().body().path("action").path("orders")).hasSize(2);
    assertThat(prepared.get(0).envelope()).isEqualTo(prepared.get(1).envelope());
    assertThat(Envelope.read(HyperliquidJson.text(line.last().body())).signer(Network.TESTNET))
        .contains(WireMessages.SIGNER.address());
  }

  @Test
  void whatOnlyRestsNeverSharesAnActionWithWhatTakes() {
    send(RESTING, SPOT, new CancelOrder(name(9), WireMessages.SPOT.id()));

    assertThat(line.sent)
        .extracting(ManualExchangeApi.Sent::type)
        .containsExactly("order", "order", "cancelByCloid");
    assertThat(line.sent)
        .extracting(ManualExchangeApi.Sent::nonce)
        .containsExactly(NOW, NOW + 1, NOW + 2);
  }

  @Test
  void anOrderThatTakesExpiresInTwoSecondsAndOneThatRestsInFive() {
    send(SPOT, RESTING, new CancelOrder(name(9), WireMessages.SPOT.id()));

    assertThat(line.sent)
        .extracting(sent -> sent.body().path("expiresAfter").asLong(0))
        .containsExactly(NOW + 2000, NOW + 5000, 0L);
  }

  @Test
  @Scenario("E04")
  void spotIsNeverReduceOnlyAndPostOnlyIsATimeInForce() {
    send(PERP, SPOT, RESTING);

    JsonNode taking = line.sent.get(0).body().path("action").path("orders");
    assertThat(taking.get(0).path("r").asBoolean()).isTrue();
    assertThat(taking.get(1).path("r").asBoolean()).isFalse();
    JsonNode resting = line.sent.get(1).body().path("action").path("orders").get(0);
    assertThat(resting.path("t").toString()).isEqualTo("{\"limit\":{\"tif\":\"Alo\"}}");
    assertThat(resting.path("p").asString()).isEqualTo("40");
    assertThat(resting.path("a").asInt()).isEqualTo(10107);
  }

  @Test
  void theJournalHoldsNoKeyAndMakesTheSameBytesAgain() {
    List<PreparedCommand> prepared = send(SPOT, PERP);
    sender.send(prepared);

    assertThat(line.sent.get(1).body()).isEqualTo(line.sent.get(0).body());
    assertThat(prepared.get(0).envelope())
        .contains("\"nonce\":" + NOW, WireMessages.SIGNER.address(), "\"hash\"")
        .doesNotContain("0707070707");
  }

  @Test
  @Scenario("F09")
  void noncesGoOnWhenTheClockJumpsBackAndAfterARestart() {
    send(SPOT);
    now = NOW - 300_000;
    send(PERP);
    nonces.restore(NOW + 10_000);
    send(RESTING);

    assertThat(line.sent)
        .extracting(ManualExchangeApi.Sent::nonce)
        .containsExactly(NOW, NOW + 1, NOW + 10_001);
  }

  @Test
  void invalidatingItsNonceProvesThatALostOrderNeverLanded() {
    send(SPOT);
    line.last().lose();
    answers.put("orderStatus", json("{'status':'unknownOid'}"));
    ask(SPOT);
    sender.invalidateNonce(new Command.InvalidateNonce(name(1)));

    assertThat(line.last().type()).isEqualTo("noop");
    assertThat(line.last().nonce()).isEqualTo(NOW);
    line.last().answer("{'status':'ok','response':{'type':'default'}}");
    assertThat(published)
        .containsExactly(
            new Event.OrderUnknown(name(1), "no answer in time"),
            new Event.OrderNotFound(name(1)),
            new Event.NonceInvalidated(name(1), true));
  }

  @Test
  void bothOrdersOfAnInvalidatedActionNeverLand() {
    send(SPOT, PERP);
    sender.invalidateNonce(new Command.InvalidateNonce(name(1)));
    sender.invalidateNonce(new Command.InvalidateNonce(name(2)));
    line.sent.get(1).answer("{'status':'ok','response':{'type':'default'}}");
    line.sent.get(2).answer("{'status':'err','response':'Invalid nonce: duplicate nonce 1'}");

    assertThat(published)
        .containsExactly(
            new Event.NonceInvalidated(name(1), true), new Event.NonceInvalidated(name(2), true));
  }

  @Test
  void aLostOrderThatLandedIsFoundWithItsFillsAndNotSentAgain() {
    send(SPOT);
    line.last().lose();
    fills("4.98");
    record("filled", "4.98", "4.98");
    ask(SPOT);

    assertThat(line.sent).hasSize(1);
    assertThat(published.get(1)).isInstanceOf(Event.OrderFilled.class);
    assertThat(published.get(2))
        .isEqualTo(new Event.OrderEnded(name(1), Quantity.of("4.98"), "filled"));
  }

  @Test
  void theRecordsRemainderIsIgnoredBeforeTheFills() {
    send(SPOT);
    fills("2.00");
    record("canceled", "4.98", "4.98");
    ask(SPOT);

    assertThat(published.get(1))
        .isEqualTo(new Event.OrderEnded(name(1), Quantity.of("2"), "canceled"));
  }

  @Test
  void aNonceThatWasJudgedBeforeIsNoProofOfNothing() {
    send(SPOT);
    sender.invalidateNonce(new Command.InvalidateNonce(name(1)));
    line.last().answer("{'status':'err','response':'Invalid nonce: duplicate nonce 5'}");
    sender.invalidateNonce(new Command.InvalidateNonce(name(1)));
    line.last().lose();

    assertThat(published).containsExactly(new Event.NonceInvalidated(name(1), false));
  }

  @Test
  void leverageIsSentAgainWhenItsAnswerIsLostAndReadWhenItHadLanded() {
    send(new SetLeverage(WireMessages.PERP.id(), 1, true));
    line.last().lose();
    assertThat(line.sent.get(1).body()).isEqualTo(line.sent.get(0).body());
    answers.put("activeAssetData", json("{'coin':'HYPE','leverage':{'type':'cross','value':1}}"));
    line.last().answer("{'status':'err','response':'Invalid nonce: duplicate nonce 5'}");

    assertThat(published)
        .singleElement()
        .isInstanceOfSatisfying(
            LeverageResult.class, answer -> assertThat(answer.accepted()).isTrue());
  }

  @Test
  void leverageThatTheVenueRefusesIsRefused() {
    send(new SetLeverage(WireMessages.PERP.id(), 20, true));
    line.last().answer("{'status':'err','response':'Invalid leverage value'}");

    assertThat(published)
        .containsExactly(
            new LeverageResult(WireMessages.PERP.id(), 20, true, false, "Invalid leverage value"));
  }

  /** A lost answer is no refusal: what holds is requested, until it is known. */
  @Test
  void leverageWithoutAnyAnswerIsRequestedAboutUntilItIsKnown() {
    send(new SetLeverage(WireMessages.PERP.id(), 1, true));
    for (int attempt = 0; attempt < 4; attempt++) {
      line.last().lose();
    }
    assertThat(published).noneMatch(LeverageResult.class::isInstance);
    assertThat(later).hasSize(1);
    answers.put("activeAssetData", json("{'coin':'HYPE','leverage':{'type':'cross','value':1}}"));
    later.removeFirst().run();
    assertThat(published)
        .contains(
            new LeverageResult(WireMessages.PERP.id(), 1, true, true, "the venue has cross 1"));
  }

  /** Case L10: the offset is measured anew when the venue finds us late. */
  @Test
  void aRefusalForItsTimeMeasuresTheClockAnew() {
    send(SPOT);
    line.last().answer("{'status':'err','response':'Action already expired'}");
    send(RESTING);
    line.last().answer("{'status':'err','response':'Invalid nonce: nonce too low 1 < 2'}");
    assertThat(remeasured).isEqualTo(2);
    send(RESTING);
    line.last().answer("{'status':'err','response':'Invalid spot'}");
    assertThat(remeasured).isEqualTo(2);
  }

  /** Kind C: an answer about another order is no answer. */
  @ParameterizedTest
  @CsvSource({"canceled, OWN, @107, A", "open, OWN, @107, A"})
  void aRecordOfTheOrderIsTaken(String status, String cloid, String coin, String side) {
    assertThat(reported(status, cloid, coin, side)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "canceled, 0x000000000000000000000000deadbeef, @107, A",
    "canceled, OWN, HYPE, A",
    "open, OWN, @107, B",
    "iocCancelRejected, 0x000000000000000000000000deadbeef, @107, A"
  })
  void aRecordOfAnotherOrderIsNone(String status, String cloid, String coin, String side) {
    assertThatThrownBy(() -> reported(status, cloid, coin, side))
        .isInstanceOf(MalformedMessage.class);
    assertThat(published).isEmpty();
  }

  private List<Event> reported(String status, String cloid, String coin, String side) {
    send(SPOT);
    fills("1.00");
    record(status, "4.98", "3.98");
    answers.put(
        "orderStatus",
        json(
            answers
                .get("orderStatus")
                .toString()
                .replace(name(1).hex(), cloid.replace("OWN", name(1).hex()))
                .replace("@107", coin)
                .replace("\"A\"", "\"" + side + "\"")));
    if (status.equals("open") || cloid.startsWith("0x") || !coin.equals("@107")) {
      answers.put("userFillsByTime", HyperliquidJson.array());
    }
    ask(SPOT);
    return published;
  }
}
