package io.twinleg.simulator.server.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Side;
import io.twinleg.wire.aster.AsterFundingRow;
import io.twinleg.wire.aster.AsterJson;
import io.twinleg.wire.aster.AsterSpotAccount;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.BookTicker;
import io.twinleg.wire.aster.DepthReply;
import io.twinleg.wire.aster.ExchangeInfo;
import io.twinleg.wire.aster.FuturesAccount;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.OrderStatus;
import io.twinleg.wire.aster.PositionRow;
import io.twinleg.wire.aster.PremiumIndex;
import io.twinleg.wire.aster.request.ApiRequests;
import io.twinleg.wire.aster.request.HmacKey;
import io.twinleg.wire.aster.request.NewOrder;
import io.twinleg.wire.aster.request.NewOrder.Tif;
import io.twinleg.wire.aster.request.Params;
import io.twinleg.wire.aster.request.Signing;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class AsterServerTest {
  private static final String SYMBOL = "ASTERUSDT";
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private static AsterServerFixture face;
  private static AsterCaller byKey;
  private static AsterCaller byWallet;
  private static int names;

  @BeforeAll
  static void open() {
    face = new AsterServerFixture(1);
    byKey = new AsterCaller(face.url(), new Signing.ByKey(AsterServerFixture.KEY, WINDOW));
    byWallet =
        new AsterCaller(
            face.url(),
            new Signing.ByWallet(
                AsterServerFixture.WALLET.address(),
                AsterServerFixture.WALLET,
                AsterServer.CHAIN_ID));
  }

  @AfterAll
  static void close() {
    byKey.close();
    byWallet.close();
    face.close();
  }

  @ParameterizedTest
  @EnumSource(Leg.class)
  void listsItsSymbolsInTheShapeOfTheRecording(Leg leg) {
    ExchangeInfo info = ExchangeInfo.read(leg, byKey.json(ApiRequests.exchangeInfo(leg)));
    assertThat(info.find(SYMBOL).orElseThrow().isTrading()).isTrue();
    assertThat(info.find(SYMBOL).orElseThrow().filters().minNotional()).isEqualByComparingTo("5");
    assertThat(DepthReply.read(byKey.json(ApiRequests.depth(leg, SYMBOL, 20))).book().bids())
        .isNotEmpty();
  }

  @Test
  void showsMarkAndFundingWithItsInterval() {
    PremiumIndex premium = PremiumIndex.read(byKey.json(ApiRequests.premiumIndex(SYMBOL)));
    assertThat(premium.markPrice()).isPositive();
    assertThat(
            byKey.json(ApiRequests.fundingInfo(SYMBOL)).get(0).path("fundingIntervalHours").asInt())
        .isEqualTo(1);
    assertThat(
            byKey.json(
                ApiRequests.fundingRate(SYMBOL, Instant.now().minus(Duration.ofHours(5)), 3)))
        .hasSize(3);
  }

  @Test
  void bothGenerationsReadTheirAccount() {
    for (AsterCaller caller : new AsterCaller[] {byKey, byWallet}) {
      assertThat(
              AsterSpotAccount.read(caller.json(ApiRequests.account(Leg.SPOT)), asset -> true)
                  .of("USDT")
                  .total())
          .isPositive();
      assertThat(
              FuturesAccount.read(caller.json(ApiRequests.account(Leg.PERP)), symbol -> true)
                  .available())
          .isPositive();
    }
  }

  @Test
  void anOrderRestsIsFoundAndIsCancelled() {
    for (AsterCaller caller : new AsterCaller[] {byKey, byWallet}) {
      NewOrder order = order(Leg.SPOT, Side.BUY, Tif.GTX, away(Leg.SPOT), "10");
      HttpResponse<String> placed = caller.send(ApiRequests.place(order));
      assertThat(placed.statusCode()).as(placed.body()).isEqualTo(200);
      assertThat(placed.headers().firstValue("X-MBX-ORDER-COUNT-10S")).isPresent();
      assertThat(placed.headers().firstValue("X-MBX-USED-WEIGHT-1M")).isPresent();
      assertThat(caller.json(ApiRequests.openOrders(Leg.SPOT, SYMBOL))).hasSize(1);
      assertThat(query(caller, order).status()).isEqualTo(OrderStatus.NEW);
      assertThat(
              caller
                  .json(ApiRequests.cancel(Leg.SPOT, SYMBOL, order.clientOrderId()))
                  .path("status"))
          .hasToString("\"CANCELED\"");
      assertThat(caller.code(ApiRequests.cancel(Leg.SPOT, SYMBOL, order.clientOrderId())))
          .isEqualTo(-2011);
      assertThat(query(caller, order).status()).isEqualTo(OrderStatus.CANCELED);
    }
  }

  @Test
  void theAcknowledgementIsNewThoughTheOrderIsFilled() {
    NewOrder order = order(Leg.PERP, Side.SELL, Tif.IOC, through(Side.SELL), "10");
    OrderReply placed = OrderReply.read(Leg.PERP, byKey.json(ApiRequests.place(order)));
    assertThat(placed.status()).isEqualTo(OrderStatus.NEW);
    assertThat(placed.filled()).isEqualByComparingTo("0");
    OrderReply queried = query(byKey, order);
    assertThat(queried.status()).isEqualTo(OrderStatus.FILLED);
    assertThat(queried.filled()).isEqualByComparingTo("10");
    assertThat(PositionRow.read(byKey.json(ApiRequests.positions(SYMBOL)).get(0)).amount())
        .isEqualByComparingTo("-10");
    JsonNode trades = byKey.json(ApiRequests.trades(Leg.PERP, SYMBOL, Instant.EPOCH, 100));
    assertThat(AsterTradeRow.read(Leg.PERP, trades.get(0)).commission()).isPositive();
    assertThat(byKey.code(ApiRequests.cancel(Leg.PERP, SYMBOL, order.clientOrderId())))
        .isEqualTo(-2011);
  }

  @Test
  void aPostOnlyOrderThatWouldCrossIsTakenAndExpires() {
    NewOrder order = order(Leg.PERP, Side.BUY, Tif.GTX, through(Side.BUY), "10");
    assertThat(byWallet.json(ApiRequests.place(order)).path("status")).hasToString("\"NEW\"");
    assertThat(query(byWallet, order).status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(query(byWallet, order).filled()).isEqualByComparingTo("0");
  }

  @Test
  void everyRuleIsKeptAndNamedByItsCode() {
    BigDecimal away = away(Leg.PERP);
    BigDecimal offTick = away.add(new BigDecimal("0.00005"));
    assertThat(placed(order(Leg.PERP, Side.BUY, Tif.GTC, offTick, "10"))).isEqualTo(-4014);
    assertThat(placed(order(Leg.PERP, Side.BUY, Tif.GTC, away, "10.001"))).isEqualTo(-4023);
    assertThat(placed(order(Leg.PERP, Side.BUY, Tif.GTC, away, "0.001"))).isEqualTo(-4004);
    assertThat(placed(order(Leg.PERP, Side.BUY, Tif.GTC, away, "1"))).isEqualTo(-4164);
    assertThat(placed(order(Leg.SPOT, Side.BUY, Tif.GTC, away, "1"))).isEqualTo(-5076);
    assertThat(placed(order(Leg.PERP, Side.SELL, Tif.GTC, new BigDecimal("0.3"), "100")))
        .isEqualTo(-4024);
    assertThat(placed(order(Leg.SPOT, Side.SELL, Tif.GTC, new BigDecimal("2"), "100")))
        .isEqualTo(-2018);
    assertThat(placed(order(Leg.PERP, Side.BUY, Tif.GTC, away, "900000"))).isEqualTo(-2019);
  }

  @Test
  void aWrongKeyAWrongSecretAndASkewedClockHaveDifferentCodes() {
    assertThat(code(new HmacKey("another", "the-secret"), 0)).isEqualTo(-2015);
    assertThat(code(new HmacKey("the-key", "another"), 0)).isEqualTo(-1022);
    assertThat(code(AsterServerFixture.KEY, 60_000)).isEqualTo(-1021);
    assertThat(code(AsterServerFixture.KEY, -60_000)).isEqualTo(-1021);
    assertThat(byKey.raw(ApiRequests.account(Leg.SPOT), "").body()).contains("-1102");
  }

  @Test
  void aNonceIsTakenOnceAndOnlyWhileItIsFresh() {
    Signing wallet =
        new Signing.ByWallet(
            AsterServerFixture.WALLET.address(), AsterServerFixture.WALLET, AsterServer.CHAIN_ID);
    long nonce = (System.currentTimeMillis() + 500) * 1000;
    String once = wallet.signed(Params.NONE, nonce);
    assertThat(byWallet.raw(ApiRequests.account(Leg.SPOT), once).statusCode()).isEqualTo(200);
    assertThat(byWallet.raw(ApiRequests.account(Leg.SPOT), once).body()).contains("-4225");
    String late = wallet.signed(Params.NONE, nonce - 50_000_000);
    assertThat(byWallet.raw(ApiRequests.account(Leg.SPOT), late).statusCode()).isEqualTo(200);
    String old = wallet.signed(Params.NONE, nonce - 61_000_000);
    assertThat(byWallet.raw(ApiRequests.account(Leg.SPOT), old).body()).contains("-4225");
    face.face().setNonceWindow(Duration.ofSeconds(10));
    String early = wallet.signed(Params.NONE, nonce - 49_000_000);
    assertThat(byWallet.raw(ApiRequests.account(Leg.SPOT), early).body()).contains("-4225");
    Signing mainnet =
        new Signing.ByWallet(AsterServerFixture.WALLET.address(), AsterServerFixture.WALLET, 1666);
    String other = mainnet.signed(Params.NONE, nonce + 1);
    assertThat(byWallet.raw(ApiRequests.account(Leg.SPOT), other).body())
        .contains("Signature check failed");
  }

  @Test
  void anUnknownSymbolAndAnUnknownPathAreRefused() {
    assertThat(byKey.code(ApiRequests.bookTicker(Leg.SPOT, "NOPEUSDT"))).isEqualTo(-1121);
    assertThat(Json404.status(face.url() + "/nothing")).isEqualTo(404);
  }

  @Test
  void theDeadManCancelsWhatRestsOnFutures() {
    NewOrder order = order(Leg.PERP, Side.BUY, Tif.GTX, away(Leg.PERP), "10");
    byKey.send(ApiRequests.place(order));
    byKey.send(ApiRequests.countdown(SYMBOL, Duration.ofMillis(1)));
    Instant bound = Instant.now().plusSeconds(20);
    while (query(byKey, order).status() == OrderStatus.NEW && Instant.now().isBefore(bound)) {
      Thread.onSpinWait();
    }
    assertThat(query(byKey, order).status()).isEqualTo(OrderStatus.CANCELED);
  }

  @Test
  void theSameMarginTypeAgainIsAnErrorOfItsOwn() {
    assertThat(byKey.code(ApiRequests.marginType(SYMBOL, true))).isEqualTo(-4046);
    assertThat(byKey.json(ApiRequests.leverage(SYMBOL, 3)).path("leverage").asInt()).isEqualTo(3);
    assertThat(byKey.code(ApiRequests.leverage(SYMBOL, 200))).isEqualTo(-4028);
  }

  private static long code(HmacKey key, long skew) {
    try (AsterCaller caller = new AsterCaller(face.url(), new Signing.ByKey(key, WINDOW))) {
      String body =
          caller.send(ApiRequests.account(Leg.SPOT), System.currentTimeMillis() + skew).body();
      return AsterJson.parse(body).orElseThrow().path("code").asLong();
    }
  }

  private static long placed(NewOrder order) {
    return byKey.code(ApiRequests.place(order));
  }

  private static OrderReply query(AsterCaller caller, NewOrder order) {
    return OrderReply.read(
        order.leg(), caller.json(ApiRequests.query(order.leg(), SYMBOL, order.clientOrderId())));
  }

  private static BigDecimal away(Leg leg) {
    BigDecimal bid = top(leg).bid();
    return AsterInstruments.ASTER
        .filters(leg)
        .roundPrice(Side.BUY, bid.multiply(new BigDecimal("0.97")));
  }

  private static BigDecimal through(Side side) {
    BookTicker top = top(Leg.PERP);
    BigDecimal far =
        side == Side.BUY
            ? top.ask().multiply(new BigDecimal("1.01"))
            : top.bid().multiply(new BigDecimal("0.99"));
    return AsterInstruments.ASTER.filters(Leg.PERP).roundPrice(side, far);
  }

  private static BookTicker top(Leg leg) {
    return BookTicker.read(byKey.json(ApiRequests.bookTicker(leg, SYMBOL)));
  }

  private static NewOrder order(Leg leg, Side side, Tif tif, BigDecimal price, String quantity) {
    return new NewOrder(
        leg,
        SYMBOL,
        side,
        Optional.of(tif),
        new BigDecimal(quantity),
        Optional.of(price),
        false,
        "test-" + ++names);
  }

  @Test
  void aSymbolMayPayEveryFourHours() {
    InstrumentId perp = AsterInstruments.ASTER.id(Leg.PERP);
    Map<InstrumentId, Integer> four = Map.of(perp, 4);
    try (AsterServerFixture other = new AsterServerFixture(1, FaultHook.SOUND, four);
        AsterCaller caller =
            new AsterCaller(other.url(), new Signing.ByKey(AsterServerFixture.KEY, WINDOW))) {
      assertThat(
              caller
                  .json(ApiRequests.fundingInfo(SYMBOL))
                  .get(0)
                  .path("fundingIntervalHours")
                  .asInt())
          .isEqualTo(4);
      long next =
          PremiumIndex.read(caller.json(ApiRequests.premiumIndex(SYMBOL))).nextFundingTime();
      assertThat(next % Duration.ofHours(4).toMillis()).isZero();
      assertThat(next).isGreaterThan(System.currentTimeMillis());
      JsonNode rows =
          caller.json(ApiRequests.fundingRate(SYMBOL, Instant.now().minus(Duration.ofDays(1)), 5));
      assertThat(rows).hasSize(5);
      long between =
          AsterFundingRow.read(rows.get(1)).time() - AsterFundingRow.read(rows.get(0)).time();
      assertThat(Duration.ofMillis(between)).isEqualTo(Duration.ofHours(4));
    }
  }

  @Test
  void tooManyOrdersInTenSecondsAreRefusedWithoutATimeToWait() {
    try (AsterServerFixture other = new AsterServerFixture(1);
        AsterCaller caller =
            new AsterCaller(other.url(), new Signing.ByKey(AsterServerFixture.KEY, WINDOW))) {
      BigDecimal away = away(Leg.PERP);
      int accepted = 0;
      HttpResponse<String> answer;
      do {
        NewOrder order = order(Leg.PERP, Side.BUY, Tif.IOC, away, "10");
        answer = caller.send(ApiRequests.place(order));
      } while (answer.statusCode() == 200 && ++accepted < 2000);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
      assertThat(answer.body()).contains("-1015");
      assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
      assertThat(accepted).isGreaterThanOrEqualTo(300);
    }
  }
}
