package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.server.common.HttpFaults;
import io.twinleg.simulator.server.hyperliquid.AccountHistory.AccountListener;
import io.twinleg.simulator.server.hyperliquid.WebSocketEndpoint.ClientSession;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.account.FillRow;
import io.twinleg.wire.hyperliquid.account.FundingDelta;
import io.twinleg.wire.hyperliquid.account.HyperliquidUserEvent;
import io.twinleg.wire.hyperliquid.account.LedgerRow;
import io.twinleg.wire.hyperliquid.account.OpenOrder;
import io.twinleg.wire.hyperliquid.account.OrderState;
import io.twinleg.wire.hyperliquid.account.UserSnapshot;
import io.twinleg.wire.hyperliquid.market.HyperliquidTradeRow;
import io.twinleg.wire.hyperliquid.market.L2Book;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import io.twinleg.wire.hyperliquid.stream.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** The sessions and the frames that are pushed to them. Runs on the exchange's thread. */
final class SubscriptionHub implements AccountListener {
  private final Exchange exchange;
  private final Universe universe;
  private final HttpFaults faults;
  private final MarketHistory tape;
  private final List<ClientSession> sessions = new ArrayList<>();
  private final Map<String, L2Book> frozen = new LinkedHashMap<>();

  SubscriptionHub(Exchange exchange, Universe universe, MarketHistory tape, HttpFaults faults) {
    this.exchange = exchange;
    this.universe = universe;
    this.tape = tape;
    this.faults = faults;
  }

  void join(ClientSession session) {
    sessions.add(session);
  }

  void leave(ClientSession session) {
    session.close();
    sessions.remove(session);
  }

  void cutAll() {
    List.copyOf(sessions).forEach(this::leave);
  }

  private void each(Predicate<Subscription> which, BiConsumer<ClientSession, Subscription> push) {
    for (ClientSession session : List.copyOf(sessions)) {
      if (session.isClosed()) {
        sessions.remove(session);
        continue;
      }
      List.copyOf(session.subscriptions()).stream()
          .filter(which)
          .forEach(subscription -> push.accept(session, subscription));
    }
  }

  // ---- the market

  /** Every so often: books whether or not they changed, the rest where it did. */
  void beat(InfoHandler info) {
    universe.all().forEach(instrument -> tape.see(exchange, instrument));
    each(subscription -> true, (session, subscription) -> beat(info, session, subscription));
  }

  private void beat(InfoHandler info, ClientSession session, Subscription subscription) {
    switch (subscription.type()) {
      case "l2Book" -> coin(subscription).ifPresent(found -> book(info, session, found));
      case "bbo" -> coin(subscription).ifPresent(found -> best(info, session, subscription, found));
      case "activeAssetCtx" ->
          coin(subscription).ifPresent(found -> session.push(context(info, found)));
      case "allMids" -> {
        ObjectNode data = HyperliquidJson.object();
        data.set("mids", info.market().mids().json());
        session.push(new ServerFrame("allMids", data));
      }
      case "candle" -> candle(session, subscription);
      case "activeAssetData" ->
          info.accounts()
              .active(subscription.user().orElse(""), subscription.coin().orElse(""))
              .filter(asset -> session.isChanged(subscription, asset))
              .ifPresent(asset -> session.push(new ServerFrame("activeAssetData", asset.json())));
      case "clearinghouseState", "spotState", "openOrders", "webData2" ->
          state(info, session, subscription);
      default -> {
        // published when it happens
      }
    }
  }

  private Optional<Instrument> coin(Subscription subscription) {
    return subscription.coin().flatMap(universe::byCoin);
  }

  /** A frozen book is published again unchanged. */
  private void book(InfoHandler info, ClientSession session, Instrument instrument) {
    String coin = instrument.wireName();
    L2Book now = info.market().book(instrument, Optional.empty());
    boolean stands = faults.freezesBook(coin);
    L2Book shown = stands ? frozen.computeIfAbsent(coin, each -> now) : now;
    if (!stands) {
      frozen.remove(coin);
    }
    session.push(new ServerFrame("l2Book", shown.json()));
  }

  private void best(
      InfoHandler info, ClientSession session, Subscription subscription, Instrument instrument) {
    if (session.isChanged(subscription, exchange.bookVersion(instrument.id()))) {
      session.push(new ServerFrame("bbo", info.market().best(instrument).json()));
    }
  }

  private static ServerFrame context(InfoHandler info, Instrument instrument) {
    ObjectNode data = HyperliquidJson.object().put("coin", instrument.wireName());
    if (instrument.leg() == Leg.PERP) {
      data.set("ctx", info.market().perpContext(instrument.wireName()).json());
      return new ServerFrame("activeAssetCtx", data);
    }
    data.set("ctx", info.market().spotContext(instrument).json());
    return new ServerFrame("activeSpotAssetCtx", data);
  }

  private void candle(ClientSession session, Subscription subscription) {
    String interval = subscription.tree().path("interval").asString("");
    tape.newest(subscription.coin().orElse(""), interval, exchange.now().toEpochMilli())
        .filter(candle -> session.isChanged(subscription, candle))
        .ifPresent(candle -> session.push(new ServerFrame("candle", candle.json())));
  }

  private void state(InfoHandler info, ClientSession session, Subscription subscription) {
    List<OpenOrder> open = info.open(new AccountId(subscription.user().orElse("")));
    session.push(info.accounts().state(subscription, open));
  }

  // ---- the first frame of a subscription

  void begin(InfoHandler info, ServerContext context, ClientSession session, Subscription wanted) {
    Optional<AccountId> account = wanted.user().flatMap(context.accounts()::find);
    String user = wanted.user().orElse("");
    List<FillRow> fills =
        account.map(id -> InfoHandler.newest(context.history(id).fills())).orElse(List.of());
    switch (wanted.type()) {
      case "userFills" ->
          session.push(
              new ServerFrame(
                  "userFills", new UserSnapshot<>(true, user, fills).json("fills", FillRow::json)));
      case "userFundings" -> {
        List<FundingDelta> rows =
            account.map(id -> context.history(id).fundings()).orElse(List.of());
        session.push(
            new ServerFrame(
                "userFundings",
                new UserSnapshot<>(true, user, rows).json("fundings", FundingDelta::flatJson)));
      }
      case "userNonFundingLedgerUpdates" -> {
        List<LedgerRow> rows = account.map(id -> context.history(id).ledger()).orElse(List.of());
        session.push(
            new ServerFrame(
                "userNonFundingLedgerUpdates",
                new UserSnapshot<>(true, user, rows)
                    .json("nonFundingLedgerUpdates", LedgerRow::json)));
      }
      case "trades" ->
          session.push(
              new ServerFrame(
                  "trades",
                  ServerFrame.array(
                      tape.trades(wanted.coin().orElse("")), HyperliquidTradeRow::json)));
      default -> beat(info, session, wanted);
    }
  }

  // ---- account frames

  private void publish(AccountId account, String type, Consumer<ClientSession> push) {
    each(
        subscription ->
            subscription.type().equals(type)
                && subscription.user().filter(account.name()::equals).isPresent(),
        (session, subscription) -> push.accept(session));
  }

  @Override
  public void updated(AccountId account, OrderState order) {
    publish(
        account,
        "orderUpdates",
        session ->
            session.push(
                new ServerFrame(
                    "orderUpdates", ServerFrame.array(List.of(order), OrderState::updateJson))));
  }

  @Override
  public void filled(AccountId account, FillRow fill) {
    tape.traded(fill, account.name());
    UserSnapshot<FillRow> rows = new UserSnapshot<>(false, account.name(), List.of(fill));
    publish(
        account,
        "userFills",
        session -> session.push(new ServerFrame("userFills", rows.json("fills", FillRow::json))));
    event(account, new HyperliquidUserEvent.Fills(List.of(fill)));
    if (fill.crossed()) {
      HyperliquidTradeRow trade = MarketHistory.trade(fill, account.name());
      each(
          subscription ->
              subscription.type().equals("trades")
                  && subscription.coin().filter(fill.coin()::equals).isPresent(),
          (session, subscription) ->
              session.push(
                  new ServerFrame(
                      "trades", ServerFrame.array(List.of(trade), HyperliquidTradeRow::json))));
    }
  }

  private void event(AccountId account, HyperliquidUserEvent event) {
    publish(account, "userEvents", session -> session.push(new ServerFrame("user", event.json())));
  }

  @Override
  public void paid(AccountId account, FundingDelta payment) {
    UserSnapshot<FundingDelta> rows = new UserSnapshot<>(false, account.name(), List.of(payment));
    publish(
        account,
        "userFundings",
        session ->
            session.push(
                new ServerFrame("userFundings", rows.json("fundings", FundingDelta::flatJson))));
    event(account, new HyperliquidUserEvent.Funding(payment));
  }

  @Override
  public void moved(AccountId account, LedgerRow row) {
    UserSnapshot<LedgerRow> rows = new UserSnapshot<>(false, account.name(), List.of(row));
    publish(
        account,
        "userNonFundingLedgerUpdates",
        session ->
            session.push(
                new ServerFrame(
                    "userNonFundingLedgerUpdates",
                    rows.json("nonFundingLedgerUpdates", LedgerRow::json))));
  }

  @Override
  public void cancelledByVenue(AccountId account, HyperliquidOrderRecord order) {
    event(
        account,
        new HyperliquidUserEvent.Cancelled(
            List.of(
                new HyperliquidUserEvent.Cancelled.Order(
                    order.instrument().wireName(), order.oid()))));
  }

  private Optional<InfoHandler> info = Optional.empty();

  void setInfo(InfoHandler handler) {
    info = Optional.of(handler);
  }

  @Override
  public void changed(AccountId account) {
    info.ifPresent(handler ->
        each(
            subscription ->
                AccountJson.isState(subscription)
                    && subscription.user().filter(account.name()::equals).isPresent(),
            (session, subscription) -> state(handler, session, subscription)));
  }
}
