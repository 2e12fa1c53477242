package io.twinleg.simulator.server.hyperliquid;

import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.PERP;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.SPOT;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.order;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.reduce;
import static io.twinleg.wire.hyperliquid.action.OrderKind.Tif.ALO;
import static io.twinleg.wire.hyperliquid.action.OrderKind.Tif.GTC;
import static io.twinleg.wire.hyperliquid.action.OrderKind.Tif.IOC;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.simulator.ScriptedWorld;
import io.twinleg.wire.hyperliquid.account.FillRow;
import io.twinleg.wire.hyperliquid.account.FundingDelta;
import io.twinleg.wire.hyperliquid.account.LedgerRow;
import io.twinleg.wire.hyperliquid.account.OrderState;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is published of an account, in which order and when. */
class AccountHistoryTest implements AccountHistory.AccountListener {
  private static final String ME = "0x" + "1".repeat(40);
  private static final String OTHER = "0x" + "2".repeat(40);

  private final List<String> published = new ArrayList<>();
  private final Exchange exchange = new Exchange(FixtureF0.instruments(), FixtureF0.FEES, world());
  private final HyperliquidOrderLog log = new HyperliquidOrderLog(exchange);
  private final Universe universe = new Universe(exchange.instruments());
  private final ServerContext context =
      new ServerContext(exchange, universe, new HyperliquidAccountRegistry(), log, this);
  private final Triggers triggers = new Triggers(exchange);
  private final HyperliquidOrderHandler orders = new HyperliquidOrderHandler(context, triggers);
  private final AccountId me;
  private final AccountId other;

  AccountHistoryTest() {
    exchange.advanceTo(exchange.now());
    me = context.open(ME, Usd.of("1000"), Usd.of("1000"));
    other = context.open(OTHER, Usd.of("1000"), Usd.of("1000"));
  }

  /** The mark rises to 44 a minute after the start, and there it stays. */
  private static ScriptedWorld world() {
    return FixtureF0.world()
        .at(
            Duration.ofMinutes(1),
            gateway -> {
              gateway.oracle(FixtureF0.PERP, Price.of("44"));
              gateway.quote(FixtureF0.PERP, FixtureF0.book("43.99", "44.01"));
            });
  }

  private List<String> after(OrderWire... placed) {
    for (OrderWire each : placed) {
      orders.place(me, each);
    }
    return later(Duration.ofSeconds(1));
  }

  private List<String> later(Duration time) {
    exchange.advanceTo(exchange.now().plus(time));
    List<String> recent = List.copyOf(published);
    published.clear();
    return recent;
  }

  @Test
  void fillsAndUpdatesArriveWithTheLatencyOfTheStream() {
    orders.place(me, order(SPOT, true, "39", "1", ALO));
    assertThat(published).isEmpty();
    assertThat(later(exchange.latency().stream())).containsExactly("open 1 of 1");
  }

  @Test
  void anOrderThatFillsAtOnceIsPublishedAsOpenFirst() {
    assertThat(after(order(PERP, false, "40.02", "2", IOC)))
        .containsExactly("open 2 of 2", "fill 2", "filled 0 of 2");
  }

  @Test
  void aGtcThatFillsInPartStaysOpen() {
    orders.place(other, order(PERP, false, "40.025", "1", ALO));
    later(Duration.ofSeconds(1));
    assertThat(after(order(PERP, true, "40.025", "3", GTC)))
        .contains("open 3 of 3", "fill 1")
        .doesNotContain("filled 0 of 3");
  }

  @Test
  void anIocThatTheBookOnlyFillsInPartEndsAsCancelled() {
    exchange.admin().deposit(me, Usd.of("10000"), Leg.PERP);
    assertThat(after(order(PERP, false, "40.02", "600", IOC)))
        .containsExactly("open 600 of 600", "fill 500", "canceled 100 of 600");
  }

  @Test
  void aRejectedOrderIsPublishedWithItsReason() {
    assertThat(after(order(SPOT, true, "40.01", "1", ALO)))
        .containsExactly("badAloPxRejected 1 of 1");
  }

  @Test
  void aCancelOfTheVenueIsPublishedAsSuch() {
    after(order(PERP, false, "40.025", "1", ALO));
    assertThat(after(order(PERP, true, "40.03", "1", IOC)))
        .startsWith("selfTradeCanceled 1 of 1", "cancelled by the venue");
  }

  @Test
  void aRestingReduceOnlyOrderThatEndsWithItsPositionIsNoCancelOfTheVenue() {
    after(order(PERP, false, "40.02", "1", IOC), reduce(true, "38", "1", GTC));
    assertThat(after(order(PERP, true, "40.03", "1", IOC)))
        .contains("reduceOnlyCanceled 1 of 1")
        .doesNotContain("cancelled by the venue");
  }

  @Test
  void aStopBuysWhenTheMarkHasRisenToIt() {
    exchange.subscribe(new TriggerFixture(triggers, orders));
    after(order(PERP, false, "40.02", "1", IOC));
    OrderKind stop = new OrderKind.Trigger(true, new BigDecimal("43"), false);
    assertThat(after(order(PERP, true, "50", "1", stop, true, ""))).containsExactly("open 1 of 1");
    assertThat(later(Duration.ofMinutes(2))).contains("fill 1", "filled 0 of 1");
    assertThat(exchange.held(me, FixtureF0.PERP.id())).isEqualTo(Quantity.ZERO);
  }

  @Test
  void fundingIsPublishedWithThePosition() {
    after(order(PERP, false, "40.02", "2", IOC));
    assertThat(later(Duration.ofHours(1))).anyMatch(text -> text.startsWith("funding -2 "));
  }

  // ---- the listener

  @Override
  public void updated(AccountId account, OrderState state) {
    publish(
        account,
        state.status()
            + " "
            + plain(state.order().size())
            + " of "
            + plain(state.order().originalSize()));
  }

  @Override
  public void filled(AccountId account, FillRow fill) {
    publish(account, "fill " + plain(fill.size()));
  }

  @Override
  public void paid(AccountId account, FundingDelta payment) {
    publish(account, "funding " + plain(payment.positionSize()) + " " + payment.usdc());
  }

  @Override
  public void moved(AccountId account, LedgerRow row) {
    publish(account, row.type());
  }

  @Override
  public void cancelledByVenue(AccountId account, HyperliquidOrderRecord order) {
    publish(account, "cancelled by the venue");
  }

  @Override
  public void changed(AccountId account) {}

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private void publish(AccountId account, String text) {
    if (account.equals(me)) {
      published.add(text);
    }
  }
}
