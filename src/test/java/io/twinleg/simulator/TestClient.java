package io.twinleg.simulator;

import static io.twinleg.simulator.FixtureF0.ACCOUNT;
import static io.twinleg.simulator.FixtureF0.PERP;
import static io.twinleg.simulator.FixtureF0.SPOT;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An account's owner who trades manually: at once, without latency. It keeps the reports of the
 * account's stream.
 */
final class TestClient {
  final Exchange exchange;
  final AccountId account;
  final List<ExecutionReport> reports = new ArrayList<>();
  private int named;

  private TestClient(Exchange exchange, AccountId account) {
    this.exchange = exchange;
    this.account = account;
    exchange.connect(account, delivery -> reports.add(delivery.report()));
  }

  /** The standard account on F0, its books open. */
  static TestClient onF0() {
    return on(FixtureF0.world());
  }

  static TestClient on(ScriptedWorld world) {
    Exchange exchange = FixtureF0.exchange(world);
    exchange.advanceTo(exchange.now());
    return new TestClient(exchange, ACCOUNT);
  }

  /** Another account on the same exchange. */
  TestClient second(String name, String spotQuote, String perpQuote) {
    AccountId id = new AccountId(name);
    exchange.admin().open(id, Usd.of(spotQuote), Usd.of(perpQuote));
    return new TestClient(exchange, id);
  }

  ClientOrderId nextName() {
    return new ClientOrderId(String.format("0x%032x", ++named));
  }

  List<ExecutionReport> spot(Side side, String price, String quantity, TimeInForce timeInForce) {
    return place(SPOT, side, price, quantity, timeInForce, false);
  }

  List<ExecutionReport> perp(Side side, String price, String quantity, TimeInForce timeInForce) {
    return place(PERP, side, price, quantity, timeInForce, false);
  }

  List<ExecutionReport> reduce(Side side, String price, String quantity, TimeInForce timeInForce) {
    return place(PERP, side, price, quantity, timeInForce, true);
  }

  List<ExecutionReport> place(
      Instrument instrument,
      Side side,
      String price,
      String quantity,
      TimeInForce timeInForce,
      boolean reduceOnly) {
    return execute(
        new Request.Place(
            Optional.of(nextName()),
            instrument.id(),
            side,
            Price.of(price),
            Quantity.of(quantity),
            timeInForce,
            reduceOnly,
            Optional.empty()));
  }

  List<ExecutionReport> execute(Request request) {
    return exchange.admin().executeManually(account, request);
  }

  /** The name of the newest order. */
  ClientOrderId last() {
    return new ClientOrderId(String.format("0x%032x", named));
  }

  ExecutionReport.Rejected rejected(RejectReason reason, String text) {
    return new ExecutionReport.Rejected(Optional.of(last()), reason, text);
  }

  AccountState state() {
    return exchange.account(account);
  }

  AuditSnapshot view() {
    return exchange.audit(account);
  }

  Quantity coins() {
    return view().coins(SPOT.id());
  }

  Quantity position() {
    return view().position(PERP.id());
  }

  void give(String coins) {
    exchange.admin().depositCoins(account, SPOT.id(), Quantity.of(coins));
  }

  void pay(String usd, Leg into) {
    exchange.admin().deposit(account, Usd.of(usd), into);
  }

  List<String> closings() {
    return reports.stream()
        .filter(ExecutionReport.Closed.class::isInstance)
        .map(ExecutionReport.Closed.class::cast)
        .map(closed -> closed.filled() + " " + closed.reason())
        .toList();
  }

  /** "quantity @ price" of each fill so far, in order. */
  List<String> fills() {
    return view().fills().stream().map(fill -> fill.quantity() + " @ " + fill.price()).toList();
  }
}
