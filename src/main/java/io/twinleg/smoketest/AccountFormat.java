package io.twinleg.smoketest;

import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.OrderIdTag;
import java.util.List;
import java.util.stream.Stream;

/** An account in words. */
final class AccountFormat {
  private AccountFormat() {}

  /** What is held of one market. */
  static String of(AccountState account, Instrument instrument) {
    InstrumentId spot = InstrumentId.spot(instrument.id().market());
    InstrumentId perp = InstrumentId.perp(instrument.id().market());
    return "%s: %s coins, perp position %s; free for spot %s USD, free for perp %s USD; %d open orders"
        .formatted(
            instrument.symbol(),
            account.spotTotal(spot),
            account.perpSize(perp),
            account.freeForSpot().plain().toPlainString(),
            account.freeForPerp().plain().toPlainString(),
            account.openOrders().size());
  }

  /** Our open orders one by one, and how many are not ours. */
  static List<String> orders(AccountState account, OrderIdTag book) {
    List<String> ours =
        account.openOrders().stream()
            .filter(order -> order.clientOrderId().filter(id -> id.belongsTo(book)).isPresent())
            .map(AccountFormat::line)
            .toList();
    int others = account.openOrders().size() - ours.size();
    return Stream.concat(ours.stream(), Stream.of("open orders of others: " + others)).toList();
  }

  private static String line(AccountState.OpenOrder order) {
    return "open: %s %s %s at %s"
        .formatted(order.side(), order.remaining(), order.instrument(), order.price());
  }
}
