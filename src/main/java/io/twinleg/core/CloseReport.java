package io.twinleg.core;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.CarryPair;
import io.twinleg.core.execution.orders.WorkingOrder;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.portfolio.PairLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a flatten or a kill 3 has closed, what it has not, and why: logged when all is flat, and as
 * long as it is not after ten seconds and then each minute.
 */
final class CloseReport {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private @Nullable String command;
  private Instant next = Instant.MAX;
  private final TreeMap<MarketId, String> held = new TreeMap<>();

  /** What an event says of it, before anything is decided on the event. */
  void apply(State state, SequencedEvent event) {
    if (!(event.fact() instanceof Event.OperatorCommand operator)) {
      return;
    }
    boolean kills =
        operator.operation() == Event.OperatorCommand.Operation.KILL && operator.killLevel() >= 3;
    if (kills || operator.operation() == Event.OperatorCommand.Operation.FLATTEN) {
      command = kills ? "kill 3" : "flatten";
      next = event.receivedTime().plus(FIRST);
      held.clear();
      state.all().forEach(market -> held.put(market.id(), position(state.ledger(market))));
    } else if (operator.operation() == Event.OperatorCommand.Operation.RESUME) {
      command = null;
    }
  }

  /** After the event was decided on. */
  void advance(State state, Instant now, EngineOutput.Builder output) {
    if (command == null) {
      return;
    }
    List<Object> closed = new ArrayList<>();
    List<Object> left = new ArrayList<>();
    for (MarketState market : state.all()) {
      if (state.isFlat(market)) {
        closed.add(market.id() + ": " + held.getOrDefault(market.id(), "nothing held"));
      } else {
        left.add(
            market.id() + ": " + position(state.ledger(market)) + ", " + because(state, market));
      }
    }
    if (left.isEmpty() || !now.isBefore(next)) {
      LogEvent line = left.isEmpty() ? LogEvent.info("closed") : LogEvent.warn("not_closed");
      output.log(line.with("command", command).with("closed", closed).with("not_closed", left));
      next = now.plus(EVERY);
    }
    command = left.isEmpty() ? null : command;
  }

  private static String position(PairLedger ledger) {
    return ledger.isHolding()
        ? "spot %s, short %s".formatted(ledger.ownedSpot(), ledger.shortPerp())
        : "nothing held";
  }

  private static String because(State state, MarketState market) {
    CarryPair pair = market.pair();
    Optional<PairMarketData> data = state.data(market);
    Optional<WorkingOrder> unknown =
        pair.orders().all().stream().filter(WorkingOrder::isUnknown).findFirst();
    if (pair.quarantineText().isPresent()) {
      return "quarantined: " + pair.quarantineText().get();
    }
    if (unknown.isPresent()) {
      return "the outcome of an order on its %s is unknown: %s"
          .formatted(unknown.get().leg().name().toLowerCase(Locale.ROOT), unknown.get().id());
    }
    if (data.flatMap(PairMarketData::perpValue).isEmpty()) {
      return "it has no price";
    }
    if (data.get().isHalted() || data.get().isDelisted()) {
      return "it is not traded";
    }
    if (data.get().isBookSilent(Leg.SPOT) || data.get().isBookSilent(Leg.PERP)) {
      return "a book is silent";
    }
    return pair.orders().isEmpty()
        ? "the books give too little within the slippage"
        : "orders are under way";
  }
}
