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
final class OrderLives {
  private static final int KEPT = 40;

  private final Map<ClientOrderId, Life> lives = new LinkedHashMap<>();

  private final Map<String, Long> outcomes = new TreeMap<>();
  private final Consumer<Duration> acknowledged;

  /**
   * @param acknowledged receives how long the venue took to answer each order
   */
  OrderLives(Consumer<Duration> acknowledged) {
    this.acknowledged = acknowledged;
  }

  private static final class Life {
    private final Command.PlaceOrder order;
    private final Instant sent;
    private @Nullable Instant answered;
    private @Nullable Instant over;
    private Quantity filled = Quantity.ZERO;
    private Usd notional = Usd.ZERO;
    private String state = "sent";

    Life(Command.PlaceOrder order, Instant sent) {
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
      lives.put(order.order(), new Life(order, at));
      dropOldest();
    } else if (command instanceof Command.CancelOrder cancel) {
      life(cancel.order())
          .filter(life -> life.over == null)
          .ifPresent(life -> life.state = "cancelling");
    }
  }

  /** An order that is still open is never dropped. */
  private void dropOldest() {
    if (lives.size() > KEPT) {
      lives.entrySet().stream()
          .filter(entry -> entry.getValue().over != null)
          .findFirst()
          .map(Map.Entry::getKey)
          .ifPresent(lives::remove);
    }
  }

  void apply(Event event, Instant at) {
    switch (event) {
      case Event.OrderAccepted accepted -> {
        acknowledge(accepted.order(), at);
        life(accepted.order()).ifPresent(life -> life.answered(at, "resting"));
      }
      case Event.OrderFilled filled -> {
        filled.fill().clientOrderId().ifPresent(id -> acknowledge(id, at));
        filled
            .fill()
            .clientOrderId()
            .flatMap(this::life)
            .ifPresent(life -> life.filled(filled.fill(), at));
      }
      case Event.OrderEnded ended -> {
        acknowledge(ended.order(), at);
        count(ended.filled().isPositive() ? "filled" : "unfilled");
        life(ended.order()).ifPresent(life -> life.ended(at, ended.reason()));
      }
      case Event.OrderRejected rejected -> {
        acknowledge(rejected.order(), at);
        count("rejected");
        life(rejected.order()).ifPresent(life -> life.ended(at, "rejected: " + rejected.text()));
      }
      case Event.OrderUnknown unknown -> {
        count("unknown");
        life(unknown.order()).ifPresent(life -> life.state = "unknown");
      }
      default -> {
        // not about an order
      }
    }
  }

  private Optional<Life> life(ClientOrderId id) {
    return Optional.ofNullable(lives.get(id));
  }

  private void acknowledge(ClientOrderId id, Instant at) {
    life(id)
        .filter(life -> life.answered == null)
        .ifPresent(life -> acknowledged.accept(Duration.between(life.sent, at)));
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
    lives.values().forEach(life -> rows.add(0, life.fields()));
    return rows;
  }
}
