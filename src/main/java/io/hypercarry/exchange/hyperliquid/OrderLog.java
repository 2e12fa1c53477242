package io.hypercarry.exchange.hyperliquid;

import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.protocol.hyperliquid.OrderRef;
import io.hypercarry.protocol.hyperliquid.OrderWire;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every order that came in through this face; of each account the newest, as the venue keeps them.
 */
final class OrderLog {
  static final int KEPT = 2000;
  private static final long FIRST = 500_000_000_000L;

  private final Exchange exchange;
  private final Map<Long, Placed> byOid = new TreeMap<>();
  private final Map<AccountId, List<Placed>> byAccount = new TreeMap<>();
  private long last = FIRST;

  OrderLog(Exchange exchange) {
    this.exchange = exchange;
  }

  Placed open(AccountId account, Instrument instrument, OrderWire wire, long now) {
    Placed placed = new Placed(++last, account, instrument, wire, now, this::resting);
    byOid.put(placed.oid(), placed);
    List<Placed> own = byAccount.computeIfAbsent(account, each -> new ArrayList<>());
    own.add(placed);
    if (own.size() > KEPT) {
      forgetOldest(own);
    }
    return placed;
  }

  private Optional<BigDecimal> resting(Placed placed) {
    return exchange.resting(placed.account(), placed.name()).map(Quantity::value);
  }

  private void forgetOldest(List<Placed> own) {
    own.stream()
        .filter(placed -> !placed.isOpen())
        .findFirst()
        .ifPresent(oldest -> {
          own.remove(oldest);
          byOid.remove(oldest.oid());
        });
  }

  Optional<Placed> find(long oid) {
    return Optional.ofNullable(byOid.get(oid));
  }

  /** By its number or by the client's name, of which the newest counts. */
  Optional<Placed> find(AccountId account, OrderRef ref) {
    return switch (ref) {
      case OrderRef.Oid number ->
          find(number.oid()).filter(placed -> placed.account().equals(account));
      case OrderRef.ByCloid name ->
          newestFirst(account).stream()
              .filter(placed -> placed.cloid().filter(name.cloid()::equals).isPresent())
              .findFirst();
    };
  }

  List<Placed> newestFirst(AccountId account) {
    List<Placed> own = new ArrayList<>(byAccount.getOrDefault(account, List.of()));
    Collections.reverse(own);
    return own;
  }

  List<Placed> open(AccountId account) {
    return newestFirst(account).stream().filter(Placed::isOpen).toList();
  }
}
