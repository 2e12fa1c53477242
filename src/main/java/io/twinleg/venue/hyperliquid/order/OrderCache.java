package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Quantity;
import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The newest orders sent or replayed: their nonce, the quantity of their published fills, and
 * whether they are over. Older ones are dropped: the venue drops their records too.
 */
public final class OrderCache {
  private static final int MAX_ORDERS = 4000;

  /** An order fills within this time of its nonce, or rests by then under a name. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(60);

  /** By how much a nonce may be ahead of the venue's clock. */
  private static final Duration CLOCK = Duration.ofSeconds(10);

  /** Of what is traded, whatever a builder adds to a venue's own. */
  private static final BigDecimal HIGHEST_FEE = new BigDecimal("0.1");

  /** A trade id of ours, for a fill that is known by its order's record alone. */
  static final long ESTIMATED = -1;

  /**
   * {@code 0x}, the magic, the version and the book's id: what all ids of one journal begin with.
   */
  private static final int PREFIX = 16;

  /** What was published of an order. */
  private enum Stage {
    SENT,
    ALIVE,
    OVER
  }

  /**
   * @param filled the sum of the fills published so far
   * @param estimated of it, by the order's record, while its fills could not be read
   */
  record Sent(PlaceOrder placed, long nonce, Quantity filled, Quantity estimated, Stage stage) {
    /** Its end was published. */
    boolean over() {
      return stage == Stage.OVER;
    }

    /** It was shown to have landed: by a record, or by a fill. */
    boolean hasLanded() {
      return stage == Stage.ALIVE || filled.isPositive();
    }

    private Sent plus(Fill fill) {
      Quantity more = fill.tradeId() <= ESTIMATED ? fill.quantity() : Quantity.ZERO;
      return new Sent(placed, nonce, filled.plus(fill.quantity()), estimated.plus(more), stage);
    }

    private Sent without(Quantity known) {
      return new Sent(placed, nonce, filled, estimated.minus(known), stage);
    }

    private Sent at(Stage next) {
      return new Sent(placed, nonce, filled, estimated, next);
    }
  }

  private final Map<ClientOrderId, Sent> byId = bounded();
  private final Map<Long, ClientOrderId> byOid = bounded();
  private String prefix = "none";

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MAX_ORDERS;
      }
    };
  }

  /** An id as the venue writes it; empty where it is no client order id of any program. */
  public static Optional<ClientOrderId> id(String cloid) {
    return Optional.of(cloid.toLowerCase(Locale.ROOT))
        .filter(text -> text.matches("0x[0-9a-f]{32}"))
        .map(ClientOrderId::new);
  }

  public synchronized void put(PlaceOrder placed, long nonce) {
    prefix = placed.order().hex().substring(0, PREFIX);
    byId.put(placed.order(), new Sent(placed, nonce, Quantity.ZERO, Quantity.ZERO, Stage.SENT));
  }

  /** What an event says of an order that was sent. */
  public synchronized void apply(Event event) {
    switch (event) {
      case Event.OrderFilled filled ->
          filled
              .fill()
              .clientOrderId()
              .ifPresent(id -> change(id, sent -> sent.plus(filled.fill())));
      case Event.OrderAccepted accepted -> {
        change(accepted.order(), sent -> sent.at(Stage.ALIVE));
        name(accepted.orderId(), accepted.order());
      }
      case Event.OrderEnded ended -> change(ended.order(), sent -> sent.at(Stage.OVER));
      case Event.OrderRejected rejected -> change(rejected.order(), sent -> sent.at(Stage.OVER));
      case Event.NonceInvalidated nonce when nonce.invalidated() ->
          change(nonce.order(), sent -> sent.at(Stage.OVER));
      default -> {
        // no other event is about an order
      }
    }
  }

  private void change(ClientOrderId id, UnaryOperator<Sent> change) {
    byId.computeIfPresent(id, (same, sent) -> change.apply(sent));
  }

  /** The venue's name of it, by which a row may be ours that bears no other. */
  synchronized void name(long oid, ClientOrderId id) {
    if (byId.containsKey(id)) {
      byOid.put(oid, id);
    }
  }

  /** Whether an order of ours is on its way, by no name of the venue's yet, that may fill so. */
  private synchronized boolean isAwaited(Fill fill) {
    return byId.values().stream()
        .filter(sent -> sent.stage() == Stage.SENT && !byOid.containsValue(sent.placed().order()))
        .filter(sent -> sent.placed().instrument().equals(fill.instrument()))
        .filter(sent -> sent.placed().side() == fill.side())
        .map(sent -> Duration.between(Instant.ofEpochMilli(sent.nonce()), fill.time()))
        .anyMatch(after -> after.plus(CLOCK).isPositive() && after.compareTo(ON_ITS_WAY) <= 0);
  }

  /** So much of what was estimated is now known by its fill. */
  synchronized void settle(ClientOrderId id, Quantity known) {
    change(id, sent -> sent.without(known));
  }

  synchronized Optional<Sent> find(ClientOrderId id) {
    return Optional.ofNullable(byId.get(id));
  }

  synchronized Optional<ClientOrderId> ofOid(long oid) {
    return Optional.ofNullable(byOid.get(oid));
  }

  /**
   * The same fill.
   *
   * @throws MalformedMessage where no order of ours can have filled so, or nothing costs as much,
   *     or it names no order and may be of one that is on its way
   */
  Fill plausible(Fill fill) {
    if (fill.clientOrderId().isEmpty() && isAwaited(fill)) {
      throw MalformedMessage.schema("cloid is missing, and an order of ours is on its way");
    }
    Optional<PlaceOrder> order = fill.clientOrderId().flatMap(this::find).map(Sent::placed);
    boolean isOf =
        order.isEmpty()
            || (order.get().instrument().equals(fill.instrument())
                && order.get().side() == fill.side()
                && !fill.quantity().exceeds(order.get().quantity()));
    if (!isOf) {
      throw MalformedMessage.schema(
          "%s of %s %s is not of %s"
              .formatted(fill.side(), fill.quantity(), fill.instrument(), order.get().order()));
    }
    if (fill.fee().usd(fill.price()).abs().exceeds(fill.notional().times(HIGHEST_FEE))) {
      throw MalformedMessage.schema("fee is %s".formatted(fill.fee().amount()));
    }
    return fill;
  }

  /** Whether this journal placed it, also long ago. */
  public synchronized boolean isOwn(ClientOrderId id) {
    return byId.containsKey(id) || id.hex().startsWith(prefix);
  }

  /** As an order's record or a row has it. */
  public boolean isOwn(String cloid) {
    return id(cloid).filter(this::isOwn).isPresent();
  }

  /** Whether an order of ours was shown to rest, and its end was not. */
  public synchronized boolean isAnyAlive() {
    return byId.values().stream()
        .anyMatch(
            sent -> sent.stage() == Stage.ALIVE && sent.placed().quantity().exceeds(sent.filled()));
  }

  /** The newest orders that may have filled more than is known, the newest first. */
  synchronized List<Sent> incomplete(int most) {
    return List.copyOf(byId.values()).reversed().stream()
        .filter(sent -> sent.placed().quantity().exceeds(sent.filled()))
        .limit(most)
        .toList();
  }
}
