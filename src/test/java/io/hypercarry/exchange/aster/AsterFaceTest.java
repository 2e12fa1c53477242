package io.hypercarry.exchange.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.Side;
import io.hypercarry.exchange.FundingIntervals;
import io.hypercarry.protocol.aster.BookTicker;
import io.hypercarry.protocol.aster.Calls;
import io.hypercarry.protocol.aster.DepthReply;
import io.hypercarry.protocol.aster.ExchangeInfo;
import io.hypercarry.protocol.aster.FundingRow;
import io.hypercarry.protocol.aster.FuturesAccount;
import io.hypercarry.protocol.aster.HmacKey;
import io.hypercarry.protocol.aster.NewOrder;
import io.hypercarry.protocol.aster.OrderReply;
import io.hypercarry.protocol.aster.OrderStatus;
import io.hypercarry.protocol.aster.Params;
import io.hypercarry.protocol.aster.PositionRow;
import io.hypercarry.protocol.aster.PremiumIndex;
import io.hypercarry.protocol.aster.Signing;
import io.hypercarry.protocol.aster.SpotAccount;
import io.hypercarry.protocol.aster.Tif;
import io.hypercarry.protocol.aster.TradeRow;
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

class AsterFaceTest {
  private static final String SYMBOL = "ASTERUSDT";
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private static FaceFixture face;
  private static Caller byKey;
  private static Caller byWallet;
  private static int names;

  @BeforeAll
  static void open() {
    face = new FaceFixture(1);
    byKey = new Caller(face.url(), new Signing.ByKey(FaceFixture.KEY, WINDOW));
    byWallet =
        new Caller(
            face.url(),
            new Signing.ByWallet(
                FaceFixture.WALLET.address(), FaceFixture.WALLET, AsterFace.CHAIN_ID));
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
    ExchangeInfo info = ExchangeInfo.read(leg, byKey.json(Calls.exchangeInfo(leg)));
    assertThat(info.find(SYMBOL).orElseThrow().isTrading()).isTrue();
    assertThat(info.find(SYMBOL).orElseThrow().filters().minNotional()).isEqualByComparingTo("5");
    assertThat(DepthReply.read(byKey.json(Calls.depth(leg, SYMBOL, 20))).book().bids())
        .isNotEmpty();
  }

  @Test
  void showsMarkAndFundingWithItsInterval() {
    PremiumIndex premium = PremiumIndex.read(byKey.json(Calls.premiumIndex(SYMBOL)));
    assertThat(premium.markPrice()).isPositive();
    assertThat(byKey.json(Calls.fundingInfo(SYMBOL)).get(0).path("fundingIntervalHours").asInt())
        .isEqualTo(1);
    assertThat(byKey.json(Calls.fundingRate(SYMBOL, Instant.now().minus(Duration.ofHours(5)), 3)))
        .hasSize(3);
  }

  @Test
  void bothGenerationsReadTheirAccount() {
    for (Caller caller : new Caller[] {byKey, byWallet}) {
      assertThat(SpotAccount.read(caller.json(Calls.account(Leg.SPOT))).of("USDT").total())
          .isPositive();
      assertThat(FuturesAccount.read(caller.json(Calls.account(Leg.PERP))).available())
          .isPositive();
    }
  }

  @Test
  void anOrderRestsIsFoundAndIsCancelled() {
    for (Caller caller : new Caller[] {byKey, byWallet}) {
      NewOrder order = order(Leg.SPOT, Side.BUY, Tif.GTX, away(Leg.SPOT), "10");
      HttpResponse<String> placed = caller.send(Calls.place(order));
      assertThat(placed.statusCode()).as(placed.body()).isEqualTo(200);
      assertThat(placed.headers().firstValue("X-MBX-ORDER-COUNT-10S")).isPresent();
      assertThat(placed.headers().firstValue("X-MBX-USED-WEIGHT-1M")).isPresent();
      assertThat(caller.json(Calls.openOrders(Leg.SPOT, SYMBOL))).hasSize(1);
      assertThat(query(caller, order).status()).isEqualTo(OrderStatus.NEW);
      assertThat(caller.json(Calls.cancel(Leg.SPOT, SYMBOL, order.clientOrderId())).path("status"))
          .hasToString("\"CANCELED\"");
      assertThat(caller.code(Calls.cancel(Leg.SPOT, SYMBOL, order.clientOrderId())))
          .isEqualTo(-2011);
      assertThat(query(caller, order).status()).isEqualTo(OrderStatus.CANCELED);
    }
  }

  @Test
  void theAcknowledgementSaysNewThoughTheOrderIsFilled() {
    NewOrder order = order(Leg.PERP, Side.SELL, Tif.IOC, through(Side.SELL), "10");
    OrderReply placed = OrderReply.read(Leg.PERP, byKey.json(Calls.place(order)));
    assertThat(placed.status()).isEqualTo(OrderStatus.NEW);
    assertThat(placed.filled()).isEqualByComparingTo("0");
    OrderReply asked = query(byKey, order);
    assertThat(asked.status()).isEqualTo(OrderStatus.FILLED);
    assertThat(asked.filled()).isEqualByComparingTo("10");
    assertThat(PositionRow.read(byKey.json(Calls.positions(SYMBOL)).get(0)).amount())
        .isEqualByComparingTo("-10");
    JsonNode trades = byKey.json(Calls.trades(Leg.PERP, SYMBOL, Instant.EPOCH, 100));
    assertThat(TradeRow.read(Leg.PERP, trades.get(0)).commission()).isPositive();
    assertThat(byKey.code(Calls.cancel(Leg.PERP, SYMBOL, order.clientOrderId()))).isEqualTo(-2011);
  }

  @Test
  void aPostOnlyOrderThatWouldCrossIsTakenAndExpires() {
    NewOrder order = order(Leg.PERP, Side.BUY, Tif.GTX, through(Side.BUY), "10");
    assertThat(byWallet.json(Calls.place(order)).path("status")).hasToString("\"NEW\"");
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
  void aWrongKeyAWrongSecretAndASkewedClockAreToldApart() {
    assertThat(code(new HmacKey("another", "the-secret"), 0)).isEqualTo(-2015);
    assertThat(code(new HmacKey("the-key", "another"), 0)).isEqualTo(-1022);
    assertThat(code(FaceFixture.KEY, 60_000)).isEqualTo(-1021);
    assertThat(code(FaceFixture.KEY, -60_000)).isEqualTo(-1021);
    assertThat(byKey.raw(Calls.account(Leg.SPOT), "").body()).contains("-1102");
  }

  @Test
  void aNonceIsTakenOnceAndOnlyWhileItIsFresh() {
    Signing wallet =
        new Signing.ByWallet(FaceFixture.WALLET.address(), FaceFixture.WALLET, AsterFace.CHAIN_ID);
    long nonce = (System.currentTimeMillis() + 500) * 1000;
    String once = wallet.signed(Params.NONE, nonce);
    assertThat(byWallet.raw(Calls.account(Leg.SPOT), once).statusCode()).isEqualTo(200);
    assertThat(byWallet.raw(Calls.account(Leg.SPOT), once).body()).contains("-4225");
    String old = wallet.signed(Params.NONE, nonce - 60_000_000);
    assertThat(byWallet.raw(Calls.account(Leg.SPOT), old).body()).contains("-4225");
    Signing mainnet = new Signing.ByWallet(FaceFixture.WALLET.address(), FaceFixture.WALLET, 1666);
    String other = mainnet.signed(Params.NONE, nonce + 1);
    assertThat(byWallet.raw(Calls.account(Leg.SPOT), other).body())
        .contains("Signature check failed");
  }

  @Test
  void anUnknownSymbolAndAnUnknownPathSaySo() {
    assertThat(byKey.code(Calls.bookTicker(Leg.SPOT, "NOPEUSDT"))).isEqualTo(-1121);
    assertThat(Json404.status(face.url() + "/nothing")).isEqualTo(404);
  }

  @Test
  void theDeadManCancelsWhatRestsOnFutures() {
    NewOrder order = order(Leg.PERP, Side.BUY, Tif.GTX, away(Leg.PERP), "10");
    byKey.send(Calls.place(order));
    byKey.send(Calls.countdown(SYMBOL, Duration.ofMillis(1)));
    Instant bound = Instant.now().plusSeconds(20);
    while (query(byKey, order).status() == OrderStatus.NEW && Instant.now().isBefore(bound)) {
      Thread.onSpinWait();
    }
    assertThat(query(byKey, order).status()).isEqualTo(OrderStatus.CANCELED);
  }

  @Test
  void theSameMarginTypeAgainIsAnErrorOfItsOwn() {
    assertThat(byKey.code(Calls.marginType(SYMBOL, true))).isEqualTo(-4046);
    assertThat(byKey.json(Calls.leverage(SYMBOL, 3)).path("leverage").asInt()).isEqualTo(3);
    assertThat(byKey.code(Calls.leverage(SYMBOL, 200))).isEqualTo(-4028);
  }

  private static long code(HmacKey key, long skew) {
    try (Caller caller = new Caller(face.url(), new Signing.ByKey(key, WINDOW))) {
      String body = caller.send(Calls.account(Leg.SPOT), System.currentTimeMillis() + skew).body();
      return io.hypercarry.protocol.aster.Json.parse(body).orElseThrow().path("code").asLong();
    }
  }

  private static long placed(NewOrder order) {
    return byKey.code(Calls.place(order));
  }

  private static OrderReply query(Caller caller, NewOrder order) {
    return OrderReply.read(
        order.leg(), caller.json(Calls.query(order.leg(), SYMBOL, order.clientOrderId())));
  }

  private static BigDecimal away(Leg leg) {
    BigDecimal bid = top(leg).bid();
    return AsterListing.ASTER
        .filters(leg)
        .roundPrice(Side.BUY, bid.multiply(new BigDecimal("0.97")));
  }

  private static BigDecimal through(Side side) {
    BookTicker top = top(Leg.PERP);
    BigDecimal far =
        side == Side.BUY
            ? top.ask().multiply(new BigDecimal("1.01"))
            : top.bid().multiply(new BigDecimal("0.99"));
    return AsterListing.ASTER.filters(Leg.PERP).roundPrice(side, far);
  }

  private static BookTicker top(Leg leg) {
    return BookTicker.read(byKey.json(Calls.bookTicker(leg, SYMBOL)));
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
    InstrumentId perp = AsterListing.ASTER.id(Leg.PERP);
    FundingIntervals four = new FundingIntervals(Map.of(perp, 4));
    try (FaceFixture other = new FaceFixture(1, Wire.SOUND, four);
        Caller caller = new Caller(other.url(), new Signing.ByKey(FaceFixture.KEY, WINDOW))) {
      assertThat(caller.json(Calls.fundingInfo(SYMBOL)).get(0).path("fundingIntervalHours").asInt())
          .isEqualTo(4);
      long next = PremiumIndex.read(caller.json(Calls.premiumIndex(SYMBOL))).nextFundingTime();
      assertThat(next % Duration.ofHours(4).toMillis()).isZero();
      assertThat(next).isGreaterThan(System.currentTimeMillis());
      JsonNode rows =
          caller.json(Calls.fundingRate(SYMBOL, Instant.now().minus(Duration.ofDays(1)), 5));
      assertThat(rows).hasSize(5);
      long between = FundingRow.read(rows.get(1)).time() - FundingRow.read(rows.get(0)).time();
      assertThat(Duration.ofMillis(between)).isEqualTo(Duration.ofHours(4));
    }
  }

  @Test
  void tooManyOrdersInTenSecondsAreRefusedWithoutATimeToWait() {
    try (FaceFixture other = new FaceFixture(1);
        Caller caller = new Caller(other.url(), new Signing.ByKey(FaceFixture.KEY, WINDOW))) {
      BigDecimal away = away(Leg.PERP);
      int accepted = 0;
      HttpResponse<String> answer;
      do {
        NewOrder order = order(Leg.PERP, Side.BUY, Tif.IOC, away, "10");
        answer = caller.send(Calls.place(order));
      } while (answer.statusCode() == 200 && ++accepted < 2000);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
      assertThat(answer.body()).contains("-1015");
      assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
      assertThat(accepted).isGreaterThanOrEqualTo(300);
    }
  }
}
