package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Quantity;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import io.twinleg.wire.hyperliquid.action.OrderWire;
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
final class HyperliquidOrderLog {
  static final int KEPT = 2000;
  private static final long FIRST = 500_000_000_000L;

  private final Exchange exchange;
  private final Map<Long, HyperliquidOrderRecord> byOid = new TreeMap<>();
  private final Map<AccountId, List<HyperliquidOrderRecord>> byAccount = new TreeMap<>();
  private long last = FIRST;

  HyperliquidOrderLog(Exchange exchange) {
    this.exchange = exchange;
  }

  HyperliquidOrderRecord open(AccountId account, Instrument instrument, OrderWire wire, long now) {
    HyperliquidOrderRecord placed =
        new HyperliquidOrderRecord(++last, account, instrument, wire, now, this::resting);
    byOid.put(placed.oid(), placed);
    List<HyperliquidOrderRecord> own =
        byAccount.computeIfAbsent(account, each -> new ArrayList<>());
    own.add(placed);
    if (own.size() > KEPT) {
      forgetOldest(own);
    }
    return placed;
  }

  private Optional<BigDecimal> resting(HyperliquidOrderRecord placed) {
    return exchange.resting(placed.account(), placed.name()).map(Quantity::value);
  }

  private void forgetOldest(List<HyperliquidOrderRecord> own) {
    own.stream()
        .filter(placed -> !placed.isOpen())
        .findFirst()
        .ifPresent(oldest -> {
          own.remove(oldest);
          byOid.remove(oldest.oid());
        });
  }

  Optional<HyperliquidOrderRecord> find(long oid) {
    return Optional.ofNullable(byOid.get(oid));
  }

  /** By its number or by the client's name, of which the newest counts. */
  Optional<HyperliquidOrderRecord> find(AccountId account, OrderRef ref) {
    return switch (ref) {
      case OrderRef.Oid number ->
          find(number.oid()).filter(placed -> placed.account().equals(account));
      case OrderRef.ByCloid name ->
          newestFirst(account).stream()
              .filter(placed -> placed.cloid().filter(name.cloid()::equals).isPresent())
              .findFirst();
    };
  }

  List<HyperliquidOrderRecord> newestFirst(AccountId account) {
    List<HyperliquidOrderRecord> own = new ArrayList<>(byAccount.getOrDefault(account, List.of()));
    Collections.reverse(own);
    return own;
  }

  List<HyperliquidOrderRecord> open(AccountId account) {
    return newestFirst(account).stream().filter(HyperliquidOrderRecord::isOpen).toList();
  }
}
