package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.Leg;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.exchange.server.WireFaults;
import io.hypercarry.protocol.hyperliquid.BookBody;
import io.hypercarry.protocol.hyperliquid.FillRow;
import io.hypercarry.protocol.hyperliquid.FundingDelta;
import io.hypercarry.protocol.hyperliquid.Json;
import io.hypercarry.protocol.hyperliquid.LedgerRow;
import io.hypercarry.protocol.hyperliquid.OrderState;
import io.hypercarry.protocol.hyperliquid.ServerFrame;
import io.hypercarry.protocol.hyperliquid.Subscription;
import io.hypercarry.protocol.hyperliquid.TradeRow;
import io.hypercarry.protocol.hyperliquid.UserEvent;
import io.hypercarry.protocol.hyperliquid.UserRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** What is pushed to whom. Everything here runs on the exchange's thread. */
final class Streams implements AccountNews {
  private final Exchange exchange;
  private final Universe universe;
  private final WireFaults faults;
  private final Tape tape;
  private final List<Session> sessions = new ArrayList<>();
  private final Map<String, BookBody> frozen = new LinkedHashMap<>();

  Streams(Exchange exchange, Universe universe, Tape tape, WireFaults faults) {
    this.exchange = exchange;
    this.universe = universe;
    this.tape = tape;
    this.faults = faults;
  }

  void join(Session session) {
    sessions.add(session);
  }

  void leave(Session session) {
    session.close();
    sessions.remove(session);
  }

  void cutAll() {
    List.copyOf(sessions).forEach(this::leave);
  }

  private void each(Predicate<Subscription> which, Told told) {
    for (Session session : List.copyOf(sessions)) {
      if (session.isClosed()) {
        sessions.remove(session);
        continue;
      }
      List.copyOf(session.subscriptions()).stream()
          .filter(which)
          .forEach(subscription -> told.tell(session, subscription));
    }
  }

  private interface Told {
    void tell(Session session, Subscription subscription);
  }

  // ---- the market

  /** Every so often: books whether or not they changed, the rest where it did. */
  void beat(InfoDesk info) {
    universe.all().forEach(instrument -> tape.see(exchange, instrument));
    each(subscription -> true, (session, subscription) -> beat(info, session, subscription));
  }

  private void beat(InfoDesk info, Session session, Subscription subscription) {
    switch (subscription.type()) {
      case "l2Book" -> coin(subscription).ifPresent(found -> book(info, session, found));
      case "bbo" -> coin(subscription).ifPresent(found -> best(info, session, subscription, found));
      case "activeAssetCtx" ->
          coin(subscription).ifPresent(found -> session.push(context(info, found)));
      case "allMids" -> {
        ObjectNode data = Json.object();
        data.set("mids", info.market().mids().json());
        session.push(new ServerFrame("allMids", data));
      }
      case "candle" -> candle(session, subscription);
      case "activeAssetData" ->
          info.accounts()
              .active(subscription.user().orElse(""), subscription.coin().orElse(""))
              .filter(asset -> session.isNews(subscription, asset))
              .ifPresent(asset -> session.push(new ServerFrame("activeAssetData", asset.json())));
      case "clearinghouseState", "spotState", "openOrders", "webData2" ->
          state(info, session, subscription);
      default -> {
        // told when it happens
      }
    }
  }

  private Optional<Instrument> coin(Subscription subscription) {
    return subscription.coin().flatMap(universe::byCoin);
  }

  /** A frozen book is told again and again as it was. */
  private void book(InfoDesk info, Session session, Instrument instrument) {
    String coin = instrument.wireName();
    BookBody now = info.market().book(instrument, Optional.empty());
    boolean stands = faults.freezesBook(coin);
    BookBody shown = stands ? frozen.computeIfAbsent(coin, each -> now) : now;
    if (!stands) {
      frozen.remove(coin);
    }
    session.push(new ServerFrame("l2Book", shown.json()));
  }

  private void best(
      InfoDesk info, Session session, Subscription subscription, Instrument instrument) {
    if (session.isNews(subscription, exchange.bookVersion(instrument.id()))) {
      session.push(new ServerFrame("bbo", info.market().best(instrument).json()));
    }
  }

  private static ServerFrame context(InfoDesk info, Instrument instrument) {
    ObjectNode data = Json.object().put("coin", instrument.wireName());
    if (instrument.leg() == Leg.PERP) {
      data.set("ctx", info.market().perpContext(instrument.wireName()).json());
      return new ServerFrame("activeAssetCtx", data);
    }
    data.set("ctx", info.market().spotContext(instrument).json());
    return new ServerFrame("activeSpotAssetCtx", data);
  }

  private void candle(Session session, Subscription subscription) {
    String interval = subscription.tree().path("interval").asString("");
    tape.newest(subscription.coin().orElse(""), interval, exchange.now().toEpochMilli())
        .filter(candle -> session.isNews(subscription, candle))
        .ifPresent(candle -> session.push(new ServerFrame("candle", candle.json())));
  }

  private void state(InfoDesk info, Session session, Subscription subscription) {
    session.push(AccountFrames.state(info, subscription));
  }

  // ---- the first frame of a subscription

  void begin(InfoDesk info, Books books, Members members, Session session, Subscription wanted) {
    Optional<AccountId> account = wanted.user().flatMap(members::find);
    String user = wanted.user().orElse("");
    List<FillRow> fills =
        account.map(id -> InfoDesk.newest(books.of(id).fills())).orElse(List.of());
    switch (wanted.type()) {
      case "userFills" ->
          session.push(
              new ServerFrame(
                  "userFills", new UserRows<>(true, user, fills).json("fills", FillRow::json)));
      case "userFundings" -> {
        List<FundingDelta> rows = account.map(id -> books.of(id).fundings()).orElse(List.of());
        session.push(
            new ServerFrame(
                "userFundings",
                new UserRows<>(true, user, rows).json("fundings", FundingDelta::flatJson)));
      }
      case "userNonFundingLedgerUpdates" -> {
        List<LedgerRow> rows = account.map(id -> books.of(id).ledger()).orElse(List.of());
        session.push(
            new ServerFrame(
                "userNonFundingLedgerUpdates",
                new UserRows<>(true, user, rows).json("nonFundingLedgerUpdates", LedgerRow::json)));
      }
      case "trades" ->
          session.push(
              new ServerFrame(
                  "trades",
                  ServerFrame.array(tape.trades(wanted.coin().orElse("")), TradeRow::json)));
      default -> beat(info, session, wanted);
    }
  }

  // ---- news of an account

  private void tell(AccountId account, String type, Consumer<Session> telling) {
    each(
        subscription ->
            subscription.type().equals(type)
                && subscription.user().filter(account.name()::equals).isPresent(),
        (session, subscription) -> telling.accept(session));
  }

  @Override
  public void updated(AccountId account, OrderState order) {
    tell(
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
    UserRows<FillRow> rows = new UserRows<>(false, account.name(), List.of(fill));
    tell(
        account,
        "userFills",
        session -> session.push(new ServerFrame("userFills", rows.json("fills", FillRow::json))));
    event(account, new UserEvent.Fills(List.of(fill)));
    if (fill.crossed()) {
      TradeRow trade = Tape.trade(fill, account.name());
      each(
          subscription ->
              subscription.type().equals("trades")
                  && subscription.coin().filter(fill.coin()::equals).isPresent(),
          (session, subscription) ->
              session.push(
                  new ServerFrame("trades", ServerFrame.array(List.of(trade), TradeRow::json))));
    }
  }

  private void event(AccountId account, UserEvent event) {
    tell(account, "userEvents", session -> session.push(new ServerFrame("user", event.json())));
  }

  @Override
  public void paid(AccountId account, FundingDelta payment) {
    UserRows<FundingDelta> rows = new UserRows<>(false, account.name(), List.of(payment));
    tell(
        account,
        "userFundings",
        session ->
            session.push(
                new ServerFrame("userFundings", rows.json("fundings", FundingDelta::flatJson))));
    event(account, new UserEvent.Funding(payment));
  }

  @Override
  public void moved(AccountId account, LedgerRow row) {
    UserRows<LedgerRow> rows = new UserRows<>(false, account.name(), List.of(row));
    tell(
        account,
        "userNonFundingLedgerUpdates",
        session ->
            session.push(
                new ServerFrame(
                    "userNonFundingLedgerUpdates",
                    rows.json("nonFundingLedgerUpdates", LedgerRow::json))));
  }

  @Override
  public void cancelledByVenue(AccountId account, Placed order) {
    event(
        account,
        new UserEvent.Cancelled(
            List.of(new UserEvent.Cancelled.Order(order.instrument().wireName(), order.oid()))));
  }

  private Optional<InfoDesk> info = Optional.empty();

  void inform(InfoDesk desk) {
    info = Optional.of(desk);
  }

  @Override
  public void changed(AccountId account) {
    info.ifPresent(desk ->
        each(
            subscription ->
                AccountFrames.isState(subscription)
                    && subscription.user().filter(account.name()::equals).isPresent(),
            (session, subscription) -> state(desk, session, subscription)));
  }
}
