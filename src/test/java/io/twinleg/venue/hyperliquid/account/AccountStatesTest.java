package io.twinleg.venue.hyperliquid.account;

import static io.twinleg.venue.hyperliquid.order.WireMessages.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.hyperliquid.order.WireMessages;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AccountStatesTest {
  private static final JsonNode PERP =
      json(
          "{'marginSummary':{'accountValue':'990.5','totalNtlPos':'200.0','totalMarginUsed':'200.0'},'crossMaintenanceMarginUsed':'10.0','withdrawable':'790.5','assetPositions':[{'type':'oneWay','position':{'coin':'HYPE','szi':'-5.0','leverage':{'type':'cross','value':1},'entryPx':'40.0','unrealizedPnl':'-9.5','marginUsed':'200.0'}},{'type':'oneWay','position':{'coin':'DOGE','szi':'7.0','entryPx':'0.1','unrealizedPnl':'0.0','marginUsed':'0.7'}}]}");
  private static final JsonNode SPOT =
      json(
          "{'balances':[{'coin':'USDC','token':0,'total':'1000.0','hold':'150.0'},{'coin':'HYPE','token':150,'total':'4.988004','hold':'1.0'},{'coin':'HYPE','token':9,'total':'77.0','hold':'0.0'},{'coin':'+12','total':'1.0','hold':'0.0'}],'evmEscrows':[]}");
  private static final JsonNode ORDERS =
      json(
          "[{'coin':'@107','side':'B','limitPx':'40.0','sz':'1.5','oid':1,'origSz':'2.0','cloid':'"
              + WireMessages.name(1).hex()
              + "'},{'coin':'BTC','side':'B','limitPx':'60000','sz':'1','oid':2}]");

  private static AccountState view(AccountMode mode, JsonNode perp) {
    return new AccountStates(perp, SPOT, ORDERS).view(mode, WireMessages.legs());
  }

  @Test
  void theTwoWalletsOfAClassicAccountAreApart() {
    AccountState state = view(AccountMode.CLASSIC, PERP);

    assertThat(state.pooled()).isFalse();
    assertThat(state.freeForSpot()).isEqualTo(Usd.of("850.0"));
    assertThat(state.freeForPerp()).isEqualTo(Usd.of("790.5"));
    assertThat(state.perpEquity()).isEqualTo(Usd.of("990.5"));
    assertThat(state.quoteBalance()).isEqualTo(Usd.of("1000.0"));
    assertThat(state.maintenanceMargin()).isEqualTo(Usd.of("10.0"));
  }

  @Test
  void coinsAreKnownByTheirTokenAndPositionsBySign() {
    AccountState state = view(AccountMode.CLASSIC, PERP);

    assertThat(state.spotTotal(WireMessages.SPOT.id())).isEqualTo(Quantity.of("4.988004"));
    assertThat(state.balances().get(0).hold()).isEqualTo(Quantity.of("1"));
    assertThat(state.perpSize(WireMessages.PERP.id())).isEqualTo(Quantity.of("-5"));
    assertThat(state.positions()).hasSize(1);
    assertThat(state.positions().get(0).entryNotional().plain()).isEqualByComparingTo("200");
    assertThat(state.openOrders()).hasSize(1);
    assertThat(state.openOrders().get(0).clientOrderId()).contains(WireMessages.name(1));
  }

  /** The perp state of a pooled account shows zero: trap 11. */
  @Test
  void thePoolOfAUnifiedAccountIsItsSpotState() {
    AccountState empty = view(AccountMode.UNIFIED, HyperliquidJson.object());
    assertThat(empty.pooled()).isTrue();
    assertThat(empty.freeForPerp()).isEqualTo(Usd.of("850.0"));
    assertThat(empty.perpEquity()).isEqualTo(Usd.of("1000.0"));

    AccountState held = view(AccountMode.PORTFOLIO_MARGIN, PERP);
    assertThat(held.freeForSpot()).isEqualTo(held.freeForPerp());
    assertThat(held.freeForPerp().plain()).isEqualByComparingTo("639.8");
    assertThat(held.perpEquity().plain()).isEqualByComparingTo("990.5");
  }

  @Test
  void anAddressThatWasNeverUsedHasNothing() {
    AccountState state =
        new AccountStates(
                HyperliquidJson.object(), HyperliquidJson.object(), HyperliquidJson.array())
            .view(AccountMode.CLASSIC, WireMessages.legs());

    assertThat(state.quoteBalance()).isEqualTo(Usd.ZERO);
    assertThat(state.positions()).isEmpty();
  }
}
