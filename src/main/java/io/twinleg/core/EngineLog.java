package io.twinleg.core;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.execution.PairSnapshot;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.TargetPosition;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.core.portfolio.Portfolio.Booking;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The log lines of what was booked, decided, denied, commanded and earned. */
final class EngineLog {
  private EngineLog() {}

  // ---- what was booked

  static Optional<LogEvent> booking(Booking booking) {
    return switch (booking) {
      case Booking.Nothing nothing -> Optional.empty();
      case Booking.Own own -> Optional.of(fill(LogEvent.info("fill"), own.fill()));
      case Booking.Foreign foreign ->
          Optional.of(fill(LogEvent.warn("fill").with("foreign", true), foreign.fill()));
      case Booking.Funding funding -> Optional.of(funding(funding.payment()));
    };
  }

  private static LogEvent fill(LogEvent line, Fill fill) {
    return line.in(fill.instrument().market())
        .with("leg", lower(fill.instrument().leg()))
        .with("side", lower(fill.side()))
        .with("qty", fill.quantity())
        .with("px", fill.price())
        .with("fee", fill.fee().amount())
        .with("fee_token", lower(fill.fee().token()))
        .with("fee_usd", fill.fee().usd(fill.price()))
        .with("maker", fill.maker())
        .with("oid", fill.orderId())
        .with("tid", fill.tradeId())
        .with("cloid", fill.clientOrderId());
  }

  private static LogEvent funding(FundingPayment payment) {
    return LogEvent.info("funding_received")
        .in(payment.instrument().market())
        .with("usd", payment.amount())
        .with("rate", payment.rate().value())
        .with("period_h", payment.rate().periodHours())
        .with("position", payment.position())
        .with("time", payment.time());
  }

  /** What was done to our short from outside, with sizes, price and loss (specification 2.12). */
  static LogEvent externalTrade(Booking.Foreign booking, PairLedger ledger) {
    Fill fill = booking.fill();
    String event =
        switch (fill.cause()) {
          case ORDER -> "foreign_trade_detected";
          case LIQUIDATION -> "liquidation_detected";
          case DELEVERAGING -> "adl_detected";
          case VENUE -> "venue_action_detected";
        };
    return LogEvent.error(event)
        .in(fill.instrument().market())
        .with("qty", fill.quantity())
        .with("px", fill.price())
        .with("fee_usd", fill.fee().usd(fill.price()))
        .with("result_usd", booking.result())
        .with("perp_left", ledger.shortPerp())
        .with("spot_sz", ledger.ownedSpot())
        .with("oid", fill.orderId())
        .with("tid", fill.tradeId());
  }

  // ---- the operator

  static LogEvent operator(Event.OperatorCommand command) {
    return switch (command.operation()) {
      case PAUSE -> LogEvent.warn("paused");
      case RESUME -> LogEvent.info("trading_resumed");
      case KILL -> LogEvent.error("kill_switch").with("kill_level", command.argument());
      case FLATTEN -> LogEvent.warn("flatten_requested");
      case STOP -> LogEvent.info("shutdown_requested").with("reason", command.argument());
      case STOP_FAST ->
          LogEvent.warn("shutdown_requested").with("reason", "second signal").with("fast", true);
    };
  }

  static LogEvent resumed(String latched) {
    return LogEvent.info("trading_resumed").with("was_latched", latched);
  }

  // ---- decisions

  /** An order that risk has denied, with the numbers compared. */
  static LogEvent orderDenied(OrderIntent intent, Denial denial) {
    return LogEvent.error("order_denied")
        .in(intent.instrument().id().market())
        .with("reason", denial.reason())
        .with("value", denial.value())
        .with("limit", denial.limit())
        .with("purpose", lower(intent.purpose()))
        .with("leg", lower(intent.instrument().leg()))
        .with("side", lower(intent.side()))
        .with("qty", intent.quantity())
        .with("px", intent.price());
  }

  /**
   * The strategy's decision, where it is another than the last one logged. While a position is
   * held, what would keep a new one from being entered is left out.
   */
  static Optional<LogEvent> decision(MarketState market, PairSnapshot.Inputs inputs) {
    TargetPosition target = inputs.target();
    boolean holding = inputs.ledger().shortPerp().isPositive();
    String action = action(target, holding);
    Optional<String> because =
        holding && !target.isLeave() ? Optional.empty() : target.refusal().map(Denial::reason);
    String decision = because.map(reason -> action + " " + reason).orElse(action);
    if (!market.isNewDecision(decision, inputs.now())) {
      return Optional.empty();
    }
    TargetPosition.Edge edge = target.edge();
    LogEvent line =
        LogEvent.info("decision")
            .in(market.id())
            .with("apr", edge.apr())
            .with("apr_running", edge.aprRunning())
            .with("ev_bps", edge.expectedValueBps())
            .with("break_even_h", edge.breakEvenHours())
            .with("basis_bps", edge.basisBps())
            .with("action", action);
    return Optional.of(because.map(reason -> line.with("because", reason)).orElse(line));
  }

  private static String action(TargetPosition target, boolean holding) {
    return switch (target.stance()) {
      case ENTER -> holding ? "hold" : "enter";
      case KEEP -> holding ? "hold" : "wait";
      case LEAVE_RATE, LEAVE_VALUE, LEAVE_ROTATION -> holding ? "leave" : "wait";
    };
  }

  // ---- what was earned

  /**
   * At the last known marks, however old; what is realised is all that is known where there never
   * was one.
   */
  static Pnl pnl(PairLedger ledger, Optional<PairMarketData> data) {
    return data.flatMap(each -> lastPnl(ledger, each)).orElseGet(ledger::realised);
  }

  /** Empty where something is held that was never priced. */
  static Optional<Pnl> lastPnl(PairLedger ledger, PairMarketData data) {
    if (!ledger.isHolding()) {
      return Optional.of(ledger.realised());
    }
    Optional<Price> perp = data.knownValue(Leg.PERP);
    return data.knownValue(Leg.SPOT)
        .flatMap(spotPrice -> perp.map(perpPrice -> ledger.pnl(spotPrice, perpPrice)));
  }

  /** How old the older of the two marks is, where the present ones are not known. */
  private static Optional<Duration> marksAge(PairMarketData data, Instant now) {
    return data.spotValue().isPresent() && data.perpValue().isPresent()
        ? Optional.empty()
        : Stream.of(Leg.SPOT, Leg.PERP)
            .flatMap(leg -> data.lastValue(leg).stream())
            .map(PairMarketData.Valued::at)
            .min(Instant::compareTo)
            .map(at -> Duration.between(at, now));
  }

  static LogEvent pnlUpdate(MarketState market, PairSnapshot.Inputs inputs) {
    Optional<PairMarketData> data = Optional.of(inputs.market());
    Map<String, Object> fields = position(inputs.ledger(), data);
    fields.put("apr", inputs.target().edge().apr());
    money(fields, pnl(inputs.ledger(), data));
    residual(fields, market, inputs.ledger(), inputs.market());
    age(fields, inputs.market(), inputs.now());
    return LogEvent.info("pnl_update").in(market.id()).with(fields);
  }

  static LogEvent summary(
      MarketState market, PairLedger ledger, Optional<PairMarketData> data, Instant now) {
    MarketId id = market.id();
    Map<String, Object> fields = position(ledger, data);
    money(fields, pnl(ledger, data));
    data.ifPresent(each -> {
      residual(fields, market, ledger, each);
      age(fields, each, now);
    });
    return LogEvent.info("shutdown_summary").in(id).with(fields);
  }

  /** What stands alone, in perp units and money; left out where it was never priced. */
  private static void residual(
      Map<String, Object> fields, MarketState market, PairLedger ledger, PairMarketData data) {
    data.knownValue(Leg.PERP)
        .map(price -> market.pair().delta(data, ledger, price))
        .ifPresent(gap -> {
          fields.put("residual_sz", gap.value());
          fields.put("residual_usd", gap.usd());
        });
  }

  /** Said only where the marks are not of now: an old figure must not pass for a new one. */
  private static void age(Map<String, Object> fields, PairMarketData data, Instant now) {
    marksAge(data, now).ifPresent(age -> fields.put("marks_age_s", age.toSeconds()));
  }

  private static Map<String, Object> position(PairLedger ledger, Optional<PairMarketData> data) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cum_spot_usd", ledger.cost(Leg.SPOT));
    fields.put("cum_perp_usd", ledger.cost(Leg.PERP));
    fields.put("spot_sz", ledger.ownedSpot());
    fields.put("perp_sz", ledger.shortPerp());
    fields.put("avg_cost_spot_usd", ledger.averagePrice(Leg.SPOT));
    fields.put("avg_cost_perp_usd", ledger.averagePrice(Leg.PERP));
    fields.put("cost_spot_usd", ledger.cost(Leg.SPOT));
    fields.put("cost_perp_usd", ledger.cost(Leg.PERP));
    fields.put("spot_mid", data.flatMap(PairMarketData::spotValue));
    fields.put("perp_mid", data.flatMap(PairMarketData::perpValue));
    return fields;
  }

  private static void money(Map<String, Object> fields, Pnl pnl) {
    fields.put("realized_spot", pnl.realisedSpot());
    fields.put("realized_perp", pnl.realisedPerp());
    fields.put("pnl_spot", pnl.spot());
    fields.put("pnl_perp", pnl.perp());
    fields.put("pnl_gross", pnl.gross());
    fields.put("fees_total", pnl.fees());
    fields.put("funding", pnl.funding());
    fields.put("corrections", pnl.corrections());
    fields.put("pnl_net", pnl.net());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
