package io.twinleg.simulator.server.hyperliquid;

import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.PERP;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.SPOT;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.done;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.order;
import static io.twinleg.simulator.server.hyperliquid.HyperliquidTestClient.refused;
import static io.twinleg.wire.hyperliquid.action.OrderKind.Tif.ALO;
import static io.twinleg.wire.hyperliquid.action.OrderKind.Tif.IOC;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.action.L1Action.AgentSendAsset;
import io.twinleg.wire.hyperliquid.action.L1Action.ReserveRequestWeight;
import io.twinleg.wire.hyperliquid.action.L1Action.ScheduleCancel;
import io.twinleg.wire.hyperliquid.action.L1Action.UpdateIsolatedMargin;
import io.twinleg.wire.hyperliquid.action.L1Action.UpdateLeverage;
import io.twinleg.wire.hyperliquid.action.UserSigned;
import io.twinleg.wire.hyperliquid.action.UserSigned.Kind;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Leverage, money and the dead man's switch, over HTTP. */
class WalletsOverHttpTest {
  private static final String USDC = "USDC:0x6d1e7cde53ba9467b783cb7c530ce054";

  private final ServerFixture server = new ServerFixture();
  private final HyperliquidTestClient client = server.client(1, "1000", "1000");

  @AfterEach
  void close() {
    server.close();
  }

  // ---- leverage

  private String leverage(long leverage, boolean cross) {
    return client.act(new UpdateLeverage(PERP, cross, leverage));
  }

  @Test
  void leverageLiesBetweenOneAndTheCoinsGreatest() {
    assertThat(leverage(0, true)).isEqualTo(refused("Invalid leverage value"));
    assertThat(leverage(11, true)).isEqualTo(refused("Invalid leverage value"));
    assertThat(leverage(3, true)).isEqualTo(done());
    assertThat(leverage(3, true)).as("again").isEqualTo(done());
    JsonNode asset = client.info("activeAssetData", ",\"coin\":\"HYPE\"");
    assertThat(asset.path("leverage").path("value").longValue()).isEqualTo(3);
  }

  @Test
  void theKindOfMarginIsNotSwitchedUnderAPosition() {
    client.place(order(PERP, false, "40.02", "1", IOC));
    assertThat(leverage(10, false))
        .isEqualTo(refused("Cannot switch leverage type with open position."));
    client.place(order(PERP, true, "40.03", "1", IOC));
    assertThat(leverage(10, false)).isEqualTo(done());
  }

  @Test
  void lessLeverageNeedsMoreCollateral() {
    leverage(10, true);
    client.place(order(PERP, false, "40.02", "100", IOC));
    assertThat(leverage(2, true))
        .isEqualTo(
            refused(
                "Cross position does not have sufficient margin available to decrease leverage. To"
                    + " decrease leverage, deposit more collateral."));
    assertThat(leverage(5, true)).isEqualTo(done());
  }

  @Test
  void marginIsNotAddedToACrossPosition() {
    assertThat(client.act(new UpdateIsolatedMargin(PERP, true, 1_000_000)))
        .isEqualTo(refused("Position does not use isolated margin."));
  }

  // ---- money

  private String transfer(String amount, boolean toPerp) {
    return client.act(
        UserSigned.of(
            Kind.USD_CLASS_TRANSFER,
            Network.MAINNET,
            amount,
            toPerp,
            HyperliquidTestClient.nonce()));
  }

  private static String spotUsdc(HyperliquidTestClient owner) {
    return owner
        .info("spotClearinghouseState", "")
        .path("balances")
        .path(0)
        .path("total")
        .asString("");
  }

  private static String perpUsdc(HyperliquidTestClient owner) {
    return owner
        .info("clearinghouseState", "")
        .path("marginSummary")
        .path("accountValue")
        .asString("");
  }

  private static String money(HyperliquidTestClient owner) {
    return spotUsdc(owner) + " and " + perpUsdc(owner);
  }

  @Test
  void transfersBetweenTheWalletsAreInTheLedger() {
    assertThat(transfer("100.5", true)).isEqualTo(done());
    assertThat(transfer("2e1", false)).as("an exponent is allowed here").isEqualTo(done());
    assertThat(money(client)).isEqualTo("919.5 and 1080.5");
    assertThat(client.info("userNonFundingLedgerUpdates", ",\"startTime\":0"))
        .extracting(row -> row.path("delta").toString())
        .containsExactly(
            "{\"type\":\"accountClassTransfer\",\"usdc\":\"100.5\",\"toPerp\":true}",
            "{\"type\":\"accountClassTransfer\",\"usdc\":\"20.0\",\"toPerp\":false}");
  }

  @Test
  void noMoreMovesThanIsFree() {
    assertThat(transfer("1000.01", true)).contains("Insufficient balance");
    assertThat(transfer("money", true)).isEqualTo(refused("Invalid decimal number"));
    assertThat(transfer("0", true)).isEqualTo(refused("Send amount cannot be zero"));
    assertThat(transfer("0.0000001", true)).isEqualTo(refused("Invalid number of decimals"));
    client.rest(order(SPOT, true, "39", "20", ALO));
    assertThat(transfer("220.01", true)).as("780 are held").contains("Insufficient balance");
    assertThat(transfer("220", true)).isEqualTo(done());
  }

  @Test
  void aTenthOfWhatIsHeldStaysInThePerpWallet() {
    leverage(10, true);
    client.place(order(PERP, false, "40.02", "100", IOC));
    assertThat(transfer("600", false)).contains("Insufficient balance");
    assertThat(transfer("590", false)).isEqualTo(done());
  }

  @Test
  void anAgentMovesMoneyWithinTheAccountAndNowhereElse() {
    HyperliquidTestClient agent = server.unregistered(2);
    server.face().approve(client.address(), agent.address());
    assertThat(agent.act(within(client, "spot", "", "100"))).isEqualTo(done());
    assertThat(money(client)).isEqualTo("900.0 and 1100.0");
    assertThat(agent.act(within(agent, "spot", "", "1")))
        .isEqualTo(refused("Agent can only send asset to same user or their sub-accounts."));
    assertThat(agent.act(within(client, "spot", "spot", "1"))).isEqualTo(refused("Invalid send"));
    assertThat(agent.act(within(client, "spot", "", "0.12345678")))
        .as("six decimals at most")
        .isEqualTo(refused("Invalid send"));
    assertThat(agent.act(within(client, "xyz", "", "1"))).isEqualTo(refused("Invalid perp DEX"));
  }

  private static AgentSendAsset within(
      HyperliquidTestClient to, String from, String into, String amount) {
    return new AgentSendAsset(
        to.address(), from, into, USDC, amount, "", HyperliquidTestClient.nonce());
  }

  @Test
  void moneyIsSentToOthersAndAnAccountIsOpenedForOneDollar() {
    HyperliquidTestClient known = server.client(2, "0", "0");
    HyperliquidTestClient fresh = server.unregistered(3);
    assertThat(client.act(send(known, "10"))).isEqualTo(done());
    assertThat(client.act(send(fresh, "10"))).isEqualTo(done());
    assertThat(client.act(send(client, "10"))).isEqualTo(refused("Invalid send"));
    assertThat(client.act(send(known, "5000"))).contains("Insufficient balance");
    assertThat(money(known)).isEqualTo("0.0 and 10.0");
    assertThat(money(fresh)).isEqualTo("0.0 and 10.0");
    assertThat(money(client)).isEqualTo("1000.0 and 979.0");
    assertThat(fresh.info("userNonFundingLedgerUpdates", ",\"startTime\":0").path(0).toString())
        .contains("\"type\":\"internalTransfer\"")
        .contains("\"fee\":\"1.0\"");
  }

  private static UserSigned send(HyperliquidTestClient to, String amount) {
    return UserSigned.of(
        Kind.USD_SEND, Network.MAINNET, to.address(), amount, HyperliquidTestClient.nonce());
  }

  @Test
  void coinsAreSentToWhoHasAnAccount() {
    HyperliquidTestClient known = server.client(2, "0", "0");
    client.place(order(SPOT, true, "40.01", "2", IOC));
    assertThat(client.act(coins(known, "HYPE:0x0d01dc56dcaaca66ad901c959b4011ec", "1.5")))
        .isEqualTo(done());
    assertThat(known.info("spotClearinghouseState", "").path("balances").path(1).toString())
        .contains("\"coin\":\"HYPE\"")
        .contains("\"total\":\"1.5\"");
    assertThat(client.act(coins(known, "HYPE", "1"))).contains("Insufficient balance");
    assertThat(client.act(coins(known, "NONE:0x00", "1"))).contains("Unknown token");
  }

  private static UserSigned coins(HyperliquidTestClient to, String token, String amount) {
    return UserSigned.of(
        Kind.SPOT_SEND,
        Network.MAINNET,
        to.address(),
        token,
        amount,
        HyperliquidTestClient.nonce());
  }

  @Test
  void aSaleIsWonAgainstWhatTheCoinsCost() {
    client.place(order(SPOT, true, "40.01", "2", IOC));
    client.place(order(SPOT, false, "40", "1", IOC));
    JsonNode sale = client.info("userFills", "").path(0);
    assertThat(sale.path("startPosition").asString("")).isEqualTo("1.9986");
    assertThat(sale.path("closedPnl").asString("")).startsWith("-0.03802");
  }

  @Test
  void whatIsWithdrawnIsGone() {
    assertThat(
            client.act(
                UserSigned.of(
                    Kind.WITHDRAW,
                    Network.MAINNET,
                    client.address(),
                    "100",
                    HyperliquidTestClient.nonce())))
        .isEqualTo(done());
    assertThat(money(client)).isEqualTo("1000.0 and 900.0");
  }

  @Test
  void requestsAreBoughtWithCollateral() {
    assertThat(client.act(new ReserveRequestWeight(1000, Optional.empty()))).isEqualTo(done());
    assertThat(money(client)).isEqualTo("1000.0 and 999.5");
    assertThat(client.info("userRateLimit", "").path("nRequestsCap").longValue()).isEqualTo(11_000);
  }

  // ---- the dead man's switch

  @Test
  void aNewAccountHasNoDeadMansSwitch() {
    String text =
        refused(
            "Cannot set scheduled cancel time until enough volume traded. Required: $1000000."
                + " Traded: $0.00.");
    assertThat(schedule(60_000)).isEqualTo(text);
    assertThat(client.act(new ScheduleCancel(OptionalLong.empty()))).isEqualTo(text);
  }

  @Test
  void theDeadMansSwitchCancelsEverythingWhenItsTimeComes() throws InterruptedException {
    tradeAMillion();
    assertThat(schedule(4_000))
        .isEqualTo(
            refused("Scheduled cancel time too early, must be at least 5 seconds from now."));
    client.rest(order(SPOT, true, "39", "1", ALO));
    client.place(
        HyperliquidTestClient.named(
            order(PERP, true, "39", "1", ALO), HyperliquidTestClient.cloid(1)));
    assertThat(schedule(20_000)).isEqualTo(done());
    assertThat(client.info("openOrders", "")).hasSize(2);
    server.await(server.now() + 20_001);
    assertThat(client.info("openOrders", "")).isEmpty();
    assertThat(client.status(HyperliquidTestClient.cloid(1))).isEqualTo("scheduledCancel");
  }

  private String schedule(long inMs) {
    return client.act(new ScheduleCancel(OptionalLong.of(server.now() + inMs)));
  }

  /** Two rich ones make the volume, one of them being the client. */
  private void tradeAMillion() {
    HyperliquidTestClient rich = server.client(8, "0", "10000000");
    server.onTheExchange(exchange -> {
      exchange.admin().deposit(new AccountId(client.address()), Usd.of("1000000"), Leg.PERP);
      return exchange;
    });
    rich.place(order(PERP, false, "40.025", "26000", ALO));
    client.place(order(PERP, true, "40.025", "26000", IOC));
  }
}
