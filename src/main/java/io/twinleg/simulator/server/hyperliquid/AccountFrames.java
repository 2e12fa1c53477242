package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.AccountId;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.account.OpenOrder;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import io.twinleg.wire.hyperliquid.stream.Subscription;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Frames that tell the whole of an account's state, each time anew. */
final class AccountFrames {
  private AccountFrames() {}

  static boolean isState(Subscription subscription) {
    return switch (subscription.type()) {
      case "clearinghouseState", "spotState", "openOrders", "webData2" -> true;
      default -> false;
    };
  }

  static ServerFrame state(InfoHandler info, Subscription subscription) {
    String user = subscription.user().orElse("");
    ObjectNode data = HyperliquidJson.object();
    switch (subscription.type()) {
      case "clearinghouseState" -> {
        data.put("dex", "").put("user", user);
        data.set("clearinghouseState", info.accounts().perps(user).json());
      }
      case "spotState" -> {
        data.put("user", user);
        data.set("spotState", info.accounts().spot(user).json());
      }
      case "openOrders" -> {
        data.put("dex", "").put("user", user);
        data.set("orders", ServerFrame.array(open(info, user), OpenOrder::json));
      }
      default -> {
        data.put("user", user).put("totalVaultEquity", "0.0");
        data.set("clearinghouseState", info.accounts().perps(user).json());
        data.set("spotState", info.accounts().spot(user).json());
        data.set("openOrders", ServerFrame.array(open(info, user), OpenOrder::json));
        data.putArray("leadingVaults");
        data.putNull("agentAddress").putNull("agentValidUntil");
        data.put("cumLedger", "0.0").put("isVault", false);
        data.put("serverTime", info.accounts().perps(user).time());
      }
    }
    return new ServerFrame(subscription.type(), data);
  }

  private static List<OpenOrder> open(InfoHandler info, String user) {
    return info.open(new AccountId(user));
  }
}
