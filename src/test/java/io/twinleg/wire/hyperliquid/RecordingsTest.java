package io.twinleg.wire.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.account.ActiveAsset;
import io.twinleg.wire.hyperliquid.account.AgentRow;
import io.twinleg.wire.hyperliquid.account.FillRow;
import io.twinleg.wire.hyperliquid.account.FundingDelta;
import io.twinleg.wire.hyperliquid.account.HyperliquidSpotAccount;
import io.twinleg.wire.hyperliquid.account.HyperliquidUserEvent;
import io.twinleg.wire.hyperliquid.account.LedgerRow;
import io.twinleg.wire.hyperliquid.account.OpenOrder;
import io.twinleg.wire.hyperliquid.account.OrderState;
import io.twinleg.wire.hyperliquid.account.PerpAccount;
import io.twinleg.wire.hyperliquid.account.UserRateLimit;
import io.twinleg.wire.hyperliquid.account.UserRole;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.market.AllMids;
import io.twinleg.wire.hyperliquid.market.CandleRow;
import io.twinleg.wire.hyperliquid.market.HyperliquidFundingRow;
import io.twinleg.wire.hyperliquid.market.HyperliquidTradeRow;
import io.twinleg.wire.hyperliquid.market.L2Book;
import io.twinleg.wire.hyperliquid.market.PerpContext;
import io.twinleg.wire.hyperliquid.market.PerpMeta;
import io.twinleg.wire.hyperliquid.market.PerpMetaAndContexts;
import io.twinleg.wire.hyperliquid.market.SpotMeta;
import io.twinleg.wire.hyperliquid.market.SpotMetaAndContexts;
import io.twinleg.wire.hyperliquid.stream.ClientFrame;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Recorded bodies of the venue are read, and where its shape is today's, written again without
 * loss.
 */
class RecordingsTest {
  private static final UnaryOperator<JsonNode> PERP_META = node -> PerpMeta.read(node).json();
  private static final UnaryOperator<JsonNode> SPOT_META = node -> SpotMeta.read(node).json();
  private static final UnaryOperator<JsonNode> BOOK = node -> L2Book.read(node).json();
  private static final UnaryOperator<JsonNode> FILLS = each(node -> FillRow.read(node).json());
  private static final UnaryOperator<JsonNode> LEDGER = each(node -> LedgerRow.read(node).json());
  private static final UnaryOperator<JsonNode> ANSWER = node -> ExchangeResponse.read(node).json();
  private static final UnaryOperator<JsonNode> ORDERS =
      each(node -> OpenOrder.read(node).shortJson());

  /** By how a file's name begins, the longer beginnings first. */
  private static final Map<String, UnaryOperator<JsonNode>> READERS = readers();

  /** These are neither requested by the adapter nor written by the simulator. */
  private static final List<String> NOT_OURS =
      List.of(
          "ccxt-parsed-",
          "delegatorHistory-",
          "endpoints-spot-account-getsubaccounts",
          "endpoints-spot-exchangedata-getassetinfo-",
          "endpoints-futures-exchangedata-getsymbols",
          "perpDeployAuctionStatus-",
          "perpDexLimits-",
          "perpDexs-",
          "perpDexStatus-",
          "portfolio-",
          "userVaultEquities-");

  /**
   * Read, but not written again as they were: older or hand-made shapes, in which keys of today are
   * missing or amounts are not in the venue's own form.
   */
  private static final List<String> ONE_WAY =
      List.of(
          "clearinghouseState-mainnet-pysdk",
          "endpoints-",
          "frontendOpenOrders-mainnet-pysdk",
          "http_",
          "meta-mainnet-go-Meta.json",
          "meta-mainnet-pysdk",
          "meta-testnet-",
          "metaAndAssetCtxs-mainnet-go-",
          "openOrders-mainnet-pysdk",
          "userFills-mainnet-pysdk",
          "userRateLimit-",
          "exchange-perpDeploy-testnet-go-PerpDeployHaltTrading_Success",
          "ws_book_data");

  /** Of years ago, or trimmed: they lack what is needed today, and are no answer. */
  private static final List<String> REFUSED =
      List.of(
          "clearinghouseState-mainnet-pysdk.json",
          "endpoints-spot-trading-getopenorders-jkorf.json",
          "http_clearinghouse_state_negative_total_raw_usd-nautilus.json",
          "openOrders-mainnet-pysdk.json",
          "userFills-mainnet-pysdk.json");

  private static Map<String, UnaryOperator<JsonNode>> readers() {
    Map<String, UnaryOperator<JsonNode>> readers = new LinkedHashMap<>();
    readers.put("activeAssetData-", node -> ActiveAsset.read(node).json());
    readers.put("allMids-", node -> AllMids.read(node).json());
    readers.put("candleSnapshot-", each(node -> CandleRow.read(node).json()));
    readers.put("clearinghouseState-", node -> PerpAccount.read(node).json());
    readers.put("endpoints-futures-account-getaccount", node -> PerpAccount.read(node).json());
    readers.put("endpoints-futures-account-getfunding", each(n -> FundingDelta.read(n).json()));
    readers.put(
        "endpoints-futures-exchangedata-getexchangeinfoand",
        node -> PerpMetaAndContexts.read(node).json());
    readers.put("endpoints-futures-exchangedata-getexchangeinfo-", PERP_META);
    readers.put(
        "endpoints-futures-exchangedata-getfunding",
        each(n -> HyperliquidFundingRow.read(n).json()));
    readers.put("endpoints-futures-trading-", ANSWER);
    readers.put("endpoints-spot-account-getaccountledger", LEDGER);
    readers.put(
        "endpoints-spot-account-getbalances", node -> HyperliquidSpotAccount.read(node).json());
    readers.put("endpoints-spot-account-getextraagents", each(n -> AgentRow.read(n).json()));
    readers.put("endpoints-spot-account-getratelimits", node -> UserRateLimit.read(node).json());
    readers.put(
        "endpoints-spot-exchangedata-getexchangeinfoand",
        node -> SpotMetaAndContexts.read(node).json());
    readers.put("endpoints-spot-exchangedata-getexchangeinfo-", SPOT_META);
    readers.put("endpoints-spot-exchangedata-getklines", each(node -> CandleRow.read(node).json()));
    readers.put("endpoints-spot-exchangedata-getorderbook", BOOK);
    readers.put("endpoints-spot-exchangedata-getprices", node -> AllMids.read(node).json());
    readers.put("endpoints-spot-trading-getopenorders-", ORDERS);
    readers.put("endpoints-spot-trading-getopenordersext", each(n -> OpenOrder.read(n).json()));
    readers.put("endpoints-spot-trading-getusertrades", FILLS);
    readers.put("endpoints-spot-trading-placeorder", ANSWER);
    readers.put("exchange-", ANSWER);
    readers.put("extraAgents-", each(node -> AgentRow.read(node).json()));
    readers.put("frontendOpenOrders-", each(node -> OpenOrder.read(node).json()));
    readers.put("fundingHistory-", each(node -> HyperliquidFundingRow.read(node).json()));
    readers.put("historicalOrders-", each(node -> OrderState.read(node).json()));
    readers.put("http_all_perp_metas", each(PERP_META));
    readers.put("http_clearinghouse", node -> PerpAccount.read(node).json());
    readers.put("http_funding_history", each(node -> HyperliquidFundingRow.read(node).json()));
    readers.put("http_l2_book", BOOK);
    readers.put("http_meta_perp", PERP_META);
    readers.put("http_recent_trades", each(node -> HyperliquidTradeRow.read(node).json()));
    readers.put("http_spot_clearinghouse", node -> HyperliquidSpotAccount.read(node).json());
    readers.put("http_spot_meta", SPOT_META);
    readers.put("http_user_fills", FILLS);
    readers.put("l2Book-", BOOK);
    readers.put("metaAndAssetCtxs-", node -> PerpMetaAndContexts.read(node).json());
    readers.put("meta-", PERP_META);
    readers.put("openOrders-", ORDERS);
    readers.put("orderStatus-", node -> OrderState.lookupJson(OrderState.readLookup(node)));
    readers.put("spotClearinghouseState-", node -> HyperliquidSpotAccount.read(node).json());
    readers.put("spotMetaAndAssetCtxs-", node -> SpotMetaAndContexts.read(node).json());
    readers.put("spotMeta-", SPOT_META);
    readers.put("subscriptions-", each(RecordingsTest::dialogue));
    readers.put("trades-tickwright", each(RecordingsTest::tradesFrame));
    readers.put("userFillsByTime-", FILLS);
    readers.put("userFills-", FILLS);
    readers.put("userFunding-", each(node -> FundingDelta.read(node).json()));
    readers.put("userNonFundingLedgerUpdates-", LEDGER);
    readers.put("userRateLimit-", node -> UserRateLimit.read(node).json());
    readers.put("userRole-", node -> UserRole.read(node).json());
    readers.put("ws_all_dexs", RecordingsTest::contextsFrame);
    readers.put("ws_allmids", RecordingsTest::midsFrame);
    readers.put("ws_book_data", BOOK);
    readers.put("ws_user_fill", RecordingsTest::userFrame);
    return readers;
  }

  @Test
  void everyRecordingIsReadByTheReaderOfItsShape() {
    List<String> all = SharedFiles.recordings("");
    assertThat(all).hasSize(106);
    for (String name : all) {
      assertThat(begins(NOT_OURS, name) || reader(name) != null).as(name).isTrue();
    }
  }

  @Test
  void recordingsOfTodaysShapeAreWrittenAgainAsTheyWere() {
    List<String> changed = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    int kept = 0;
    for (String name : SharedFiles.recordings("")) {
      if (!begins(NOT_OURS, name)) {
        JsonNode recorded = SharedFiles.recording(name);
        JsonNode written;
        try {
          written = HyperliquidJson.parse(HyperliquidJson.text(reader(name).apply(recorded)));
        } catch (MalformedMessage lacksWhatIsNeeded) {
          refused.add(name);
          continue;
        }
        boolean isSame = comparable(recorded).equals(comparable(written));
        kept += isSame ? 1 : 0;
        if (!isSame && !begins(ONE_WAY, name)) {
          changed.add(name);
        }
      }
    }
    assertThat(changed).isEmpty();
    assertThat(refused).isEqualTo(REFUSED);
    assertThat(kept).isGreaterThan(50);
  }

  private static UnaryOperator<JsonNode> reader(String name) {
    return READERS.entrySet().stream()
        .filter(entry -> name.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no reader for " + name));
  }

  private static boolean begins(List<String> beginnings, String name) {
    return beginnings.stream().anyMatch(name::startsWith);
  }

  /** Without fields that the venue added lately and that are not used here. */
  private static String comparable(JsonNode tree) {
    return sorted(tree)
        .toString()
        .replaceAll("\"(growthMode|lastGrowthModeChangeTime)\":\"[^\"]*\",?", "")
        .replace(",}", "}");
  }

  private static JsonNode sorted(JsonNode tree) {
    if (tree.isArray()) {
      return LenientJson.array(List.copyOf(tree.values()), RecordingsTest::sorted);
    }
    if (!tree.isObject()) {
      return tree;
    }
    var sorted = HyperliquidJson.object();
    tree.propertyNames().stream().sorted().forEach(key -> sorted.set(key, sorted(tree.path(key))));
    return sorted;
  }

  private static UnaryOperator<JsonNode> each(Function<JsonNode, ? extends JsonNode> one) {
    return list -> LenientJson.array(List.copyOf(list.values()), one);
  }

  private static JsonNode dialogue(JsonNode line) {
    boolean isOurs = line.path("dir").asString("").equals(">");
    var copy = HyperliquidJson.object().put("dir", line.path("dir").asString(""));
    String text = HyperliquidJson.text(line.path("msg"));
    copy.set(
        "msg",
        isOurs
            ? ClientFrame.read(HyperliquidJson.parse(text)).json()
            : ServerFrame.read(text).json());
    return copy;
  }

  private static JsonNode tradesFrame(JsonNode node) {
    ServerFrame frame = ServerFrame.read(HyperliquidJson.text(node));
    return frame.channel().equals("trades")
        ? new ServerFrame(
                "trades",
                ServerFrame.array(frame.rows(HyperliquidTradeRow::read), HyperliquidTradeRow::json))
            .json()
        : frame.json();
  }

  private static JsonNode contextsFrame(JsonNode node) {
    var dexes = HyperliquidJson.array();
    for (JsonNode pair : node.path("data").path("ctxs").values()) {
      dexes
          .addArray()
          .add(pair.path(0))
          .add(each(context -> PerpContext.read(context).json()).apply(pair.path(1)));
    }
    var data = HyperliquidJson.object();
    data.set("ctxs", dexes);
    return new ServerFrame("allDexsAssetCtxs", data).json();
  }

  private static JsonNode midsFrame(JsonNode node) {
    var data = HyperliquidJson.object();
    data.set("mids", AllMids.read(node.path("data").path("mids")).json());
    return new ServerFrame("allMids", data).json();
  }

  private static JsonNode userFrame(JsonNode node) {
    return new ServerFrame("user", HyperliquidUserEvent.read(node.path("data")).json()).json();
  }
}
