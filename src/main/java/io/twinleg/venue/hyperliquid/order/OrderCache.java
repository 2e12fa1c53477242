package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest orders sent or replayed, with their nonce and the quantity of their published fills.
 * Older ones are dropped: the venue drops their records too.
 */
public final class OrderCache {
  private static final int MAX_ORDERS = 4000;

  /**
   * @param filled the sum of the fills published so far
   */
  record Sent(PlaceOrder placed, long nonce, Quantity filled) {}

  private final Map<ClientOrderId, Sent> byId = bounded();
  private final Map<Long, ClientOrderId> byOid = bounded();

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MAX_ORDERS;
      }
    };
  }

  public synchronized void put(PlaceOrder placed, long nonce) {
    byId.put(placed.order(), new Sent(placed, nonce, Quantity.ZERO));
  }

  public synchronized void putOid(long oid, ClientOrderId id) {
    if (byId.containsKey(id)) {
      byOid.put(oid, id);
    }
  }

  public synchronized void addFill(Fill fill) {
    fill.clientOrderId()
        .ifPresent(id ->
            byId.computeIfPresent(
                id,
                (same, sent) ->
                    new Sent(sent.placed(), sent.nonce(), sent.filled().plus(fill.quantity()))));
  }

  synchronized Optional<Sent> find(ClientOrderId id) {
    return Optional.ofNullable(byId.get(id));
  }

  synchronized Optional<ClientOrderId> ofOid(long oid) {
    return Optional.ofNullable(byOid.get(oid));
  }
}
