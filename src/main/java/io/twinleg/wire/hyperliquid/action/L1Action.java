package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.StrictJson;
import io.twinleg.wire.hyperliquid.action.ModifyOrder.BatchModify;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Trading: the hash of its canonical form is signed, by the account or by an agent of it. */
public sealed interface L1Action extends Action
    permits PlaceOrders,
        L1Action.CancelOrders,
        L1Action.CancelByCloid,
        ModifyOrder,
        BatchModify,
        L1Action.ScheduleCancel,
        L1Action.UpdateLeverage,
        L1Action.UpdateIsolatedMargin,
        L1Action.Noop,
        L1Action.AgentSendAsset,
        L1Action.ReserveRequestWeight,
        OpaqueL1Action {

  /** In canonical form. */
  default void write(CanonicalForm form) {
    form.tree(json());
  }

  /** Of an action that writes itself. */
  static ObjectNode tree(L1Action action) {
    TreeForm form = new TreeForm();
    action.write(form);
    return form.object();
  }

  /** The tree with its type in first place. */
  static ObjectNode typed(String type) {
    return HyperliquidJson.object().put("type", type);
  }

  /**
   * A cancel action, by the venue's ids.
   *
   * @param fast not for trigger orders
   */
  record CancelOrders(List<OidCancel> cancels, boolean fast) implements L1Action {
    public CancelOrders {
      cancels = List.copyOf(cancels);
    }

    public record OidCancel(long asset, long oid) {}

    static CancelOrders read(StrictJson fields) {
      return new CancelOrders(fields.list("cancels", CancelOrders::one), fields.optionalFlag("f"));
    }

    private static OidCancel one(StrictJson fields) {
      OidCancel one = new OidCancel(fields.number("a"), fields.number("o"));
      fields.done();
      return one;
    }

    @Override
    public String type() {
      return "cancel";
    }

    @Override
    public ObjectNode json() {
      ObjectNode action = L1Action.typed(type());
      ArrayNode list = action.putArray("cancels");
      cancels.forEach(one -> list.addObject().put("a", one.asset).put("o", one.oid));
      if (fast) {
        action.put("f", true);
      }
      return action;
    }
  }

  /**
   * {@code cancelByCloid}: by client order id, possible before the venue has sent its own.
   *
   * @param fast not for trigger orders
   */
  record CancelByCloid(List<CloidCancel> cancels, boolean fast) implements L1Action {
    public CancelByCloid {
      cancels = List.copyOf(cancels);
    }

    public record CloidCancel(long asset, String cloid) {
      public CloidCancel {
        cloid = OrderRef.normalCloid(cloid);
      }
    }

    static CancelByCloid read(StrictJson fields) {
      return new CancelByCloid(
          fields.list("cancels", CancelByCloid::one), fields.optionalFlag("f"));
    }

    private static CloidCancel one(StrictJson fields) {
      CloidCancel one = new CloidCancel(fields.number("asset"), fields.text("cloid"));
      fields.done();
      return one;
    }

    @Override
    public String type() {
      return "cancelByCloid";
    }

    @Override
    public void write(CanonicalForm form) {
      form.object(fast ? 3 : 2).key("type").text(type()).key("cancels").array(cancels.size());
      for (CloidCancel one : cancels) {
        form.object(2).key("asset").whole(one.asset).key("cloid").text(one.cloid).end();
      }
      form.end();
      if (fast) {
        form.key("f").flag(true);
      }
      form.end();
    }

    @Override
    public ObjectNode json() {
      return L1Action.tree(this);
    }
  }

  /** {@code scheduleCancel}: every open order, at that time; without a time, never. */
  record ScheduleCancel(OptionalLong time) implements L1Action {
    static ScheduleCancel read(StrictJson fields) {
      return new ScheduleCancel(fields.optionalNumber("time"));
    }

    @Override
    public String type() {
      return "scheduleCancel";
    }

    @Override
    public ObjectNode json() {
      ObjectNode action = L1Action.typed(type());
      time.ifPresent(at -> action.put("time", at));
      return action;
    }
  }

  /** {@code updateLeverage} of one perp, held or not. */
  record UpdateLeverage(long asset, boolean isCross, long leverage) implements L1Action {
    static UpdateLeverage read(StrictJson fields) {
      return new UpdateLeverage(
          fields.number("asset"), fields.flag("isCross"), fields.number("leverage"));
    }

    @Override
    public String type() {
      return "updateLeverage";
    }

    @Override
    public ObjectNode json() {
      return L1Action.typed(type())
          .put("asset", asset)
          .put("isCross", isCross)
          .put("leverage", leverage);
    }
  }

  /**
   * {@code updateIsolatedMargin}.
   *
   * @param isBuy always true so far
   * @param ntli millionths of a dollar; below zero takes margin out
   */
  record UpdateIsolatedMargin(long asset, boolean isBuy, long ntli) implements L1Action {
    static UpdateIsolatedMargin read(StrictJson fields) {
      return new UpdateIsolatedMargin(
          fields.number("asset"), fields.flag("isBuy"), fields.signed("ntli"));
    }

    @Override
    public String type() {
      return "updateIsolatedMargin";
    }

    @Override
    public ObjectNode json() {
      return L1Action.typed(type()).put("asset", asset).put("isBuy", isBuy).put("ntli", ntli);
    }
  }

  /**
   * {@code agentSendAsset}: the one way in which an agent moves money, within the same account.
   *
   * @param sourceDex "" is the perps, "spot" the spot balances
   * @param token NAME:0x and the token's id
   * @param amount a plain decimal
   * @param nonce the envelope's
   */
  record AgentSendAsset(
      String destination,
      String sourceDex,
      String destinationDex,
      String token,
      String amount,
      String fromSubAccount,
      long nonce)
      implements L1Action {

    static AgentSendAsset read(StrictJson fields) {
      return new AgentSendAsset(
          fields.address("destination"),
          fields.text("sourceDex"),
          fields.text("destinationDex"),
          fields.text("token"),
          fields.text("amount"),
          fields.text("fromSubAccount"),
          fields.number("nonce"));
    }

    @Override
    public String type() {
      return "agentSendAsset";
    }

    @Override
    public ObjectNode json() {
      return L1Action.typed(type())
          .put("destination", destination)
          .put("sourceDex", sourceDex)
          .put("destinationDex", destinationDex)
          .put("token", token)
          .put("amount", amount)
          .put("fromSubAccount", fromSubAccount)
          .put("nonce", nonce);
    }
  }

  /** {@code reserveRequestWeight}: buys requests for the account, or for another one. */
  record ReserveRequestWeight(long weight, Optional<String> destination) implements L1Action {
    static ReserveRequestWeight read(StrictJson fields) {
      return new ReserveRequestWeight(
          fields.number("weight"), fields.optionalAddress("destination"));
    }

    @Override
    public String type() {
      return "reserveRequestWeight";
    }

    @Override
    public ObjectNode json() {
      ObjectNode action = L1Action.typed(type()).put("weight", weight);
      destination.ifPresent(who -> action.put("destination", who));
      return action;
    }
  }

  /**
   * {@code noop}: invalidates its nonce, so that an action in flight with the same one cannot land.
   */
  record Noop() implements L1Action {
    @Override
    public String type() {
      return "noop";
    }

    @Override
    public ObjectNode json() {
      return L1Action.typed(type());
    }
  }
}
