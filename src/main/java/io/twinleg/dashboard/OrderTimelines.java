package io.twinleg.dashboard;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The last orders, from the command that places each to how it ended. */
final class OrderTimelines {
  private static final int KEPT = 40;

  private final Map<ClientOrderId, Timeline> timelines = new LinkedHashMap<>();

  private final Map<String, Long> outcomes = new TreeMap<>();
  private final Consumer<Duration> acknowledged;

  /**
   * @param acknowledged receives how long the venue took to answer each order
   */
  OrderTimelines(Consumer<Duration> acknowledged) {
    this.acknowledged = acknowledged;
  }

  private static final class Timeline {
    private final Command.PlaceOrder order;
    private final Instant sent;
    private @Nullable Instant answered;
    private @Nullable Instant over;
    private Quantity filled = Quantity.ZERO;
    private Usd notional = Usd.ZERO;
    private String state = "sent";

    Timeline(Command.PlaceOrder order, Instant sent) {
      this.order = order;
      this.sent = sent;
    }

    private void answered(Instant at, String newState) {
      answered = answered == null ? at : answered;
      state = over == null ? newState : state;
    }

    private void ended(Instant at, String newState) {
      answered(at, newState);
      over = at;
    }

    private void filled(Fill fill, Instant at) {
      answered(at, "filling");
      filled = filled.plus(fill.quantity());
      notional = notional.plus(fill.notional());
    }

    private Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("id", order.order().hex());
      fields.put("market", order.instrument().market().name());
      fields.put("leg", lower(order.instrument().leg()));
      fields.put("side", lower(order.side()));
      fields.put("purpose", lower(order.purpose()));
      fields.put("tif", lower(order.timeInForce()));
      fields.put("price", order.price());
      fields.put("quantity", order.quantity());
      fields.put("filled", filled);
      fields.put("average", average());
      fields.put("sent", sent.toEpochMilli());
      fields.put("answered", Optional.ofNullable(answered).map(Instant::toEpochMilli));
      fields.put("ended", Optional.ofNullable(over).map(Instant::toEpochMilli));
      fields.put("state", state);
      return fields;
    }

    private Optional<BigDecimal> average() {
      return filled.isZero()
          ? Optional.empty()
          : Optional.of(notional.value().divide(filled.value(), MathContext.DECIMAL64));
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  void sent(Command command, Instant at) {
    if (command instanceof Command.PlaceOrder order) {
      timelines.put(order.order(), new Timeline(order, at));
      dropOldest();
    } else if (command instanceof Command.CancelOrder cancel) {
      timeline(cancel.order())
          .filter(timeline -> timeline.over == null)
          .ifPresent(timeline -> timeline.state = "cancelling");
    }
  }

  /** An order that is still open is never dropped. */
  private void dropOldest() {
    if (timelines.size() > KEPT) {
      timelines.entrySet().stream()
          .filter(entry -> entry.getValue().over != null)
          .findFirst()
          .map(Map.Entry::getKey)
          .ifPresent(timelines::remove);
    }
  }

  void apply(Event event, Instant at) {
    switch (event) {
      case Event.OrderAccepted accepted -> {
        acknowledge(accepted.order(), at);
        timeline(accepted.order()).ifPresent(timeline -> timeline.answered(at, "resting"));
      }
      case Event.OrderFilled filled -> {
        filled.fill().clientOrderId().ifPresent(id -> acknowledge(id, at));
        filled
            .fill()
            .clientOrderId()
            .flatMap(this::timeline)
            .ifPresent(timeline -> timeline.filled(filled.fill(), at));
      }
      case Event.OrderEnded ended -> {
        acknowledge(ended.order(), at);
        count(ended.filled().isPositive() ? "filled" : "unfilled");
        timeline(ended.order()).ifPresent(timeline -> timeline.ended(at, ended.reason()));
      }
      case Event.OrderRejected rejected -> {
        acknowledge(rejected.order(), at);
        count("rejected");
        timeline(rejected.order())
            .ifPresent(timeline -> timeline.ended(at, "rejected: " + rejected.text()));
      }
      case Event.OrderUnknown unknown -> {
        count("unknown");
        timeline(unknown.order()).ifPresent(timeline -> timeline.state = "unknown");
      }
      default -> {
        // not about an order
      }
    }
  }

  private Optional<Timeline> timeline(ClientOrderId id) {
    return Optional.ofNullable(timelines.get(id));
  }

  private void acknowledge(ClientOrderId id, Instant at) {
    timeline(id)
        .filter(timeline -> timeline.answered == null)
        .ifPresent(timeline -> acknowledged.accept(Duration.between(timeline.sent, at)));
  }

  private void count(String outcome) {
    outcomes.merge(outcome, 1L, Long::sum);
  }

  /** How many orders of this journal ended how: filled, unfilled, rejected, unknown. */
  Map<String, Long> outcomes() {
    return outcomes;
  }

  /** Newest first. */
  List<Map<String, Object>> rows() {
    List<Map<String, Object>> rows = new ArrayList<>();
    timelines.values().forEach(timeline -> rows.add(0, timeline.fields()));
    return rows;
  }
}
