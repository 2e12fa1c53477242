package io.hypercarry.venue.sim;

import io.hypercarry.core.event.Command;
import io.hypercarry.core.event.Fact;
import io.hypercarry.core.event.Fact.TransferResult.Outcome;
import io.hypercarry.core.event.SequencedEvent;
import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.ClientOrderId;
import io.hypercarry.core.model.FeeSchedule;
import io.hypercarry.core.model.Fill;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.VenueCapabilities;
import io.hypercarry.exchange.AccountId;
import io.hypercarry.exchange.Exchange;
import io.hypercarry.venue.ExecutionClient;
import io.hypercarry.venue.PreparedCommand;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Trading on paper. Its exchange forgets everything when the program ends, so a restart gives the
 * account what the journal says it traded and was paid, and ends every order that was under way:
 * nothing else ever happened.
 */
final class PaperExecutionClient implements ExecutionClient {
  private final SimulatedExecutionClient trading;
  private final Exchange exchange;
  private final AccountId account;
  private final Map<ClientOrderId, Quantity> underWay = new TreeMap<>();
  private final Map<Long, Command.TransferCollateral> transfers = new TreeMap<>();
  private final Set<Fill.Identity> restored = new LinkedHashSet<>();

  PaperExecutionClient(SimulatedExecutionClient trading, Exchange exchange, AccountId account) {
    this.trading = trading;
    this.exchange = exchange;
    this.account = account;
  }

  @Override
  public VenueCapabilities capabilities() {
    return trading.capabilities();
  }

  @Override
  public FeeSchedule fees() {
    return trading.fees();
  }

  @Override
  public AccountState account() {
    return trading.account();
  }

  @Override
  public PreparedCommand prepare(Command command) {
    return trading.prepare(command);
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    trading.send(commands);
  }

  @Override
  public void recall(SequencedEvent event, List<PreparedCommand> commands) {
    switch (event.fact()) {
      case Fact.OrderFilled filled -> restore(filled.fill());
      case Fact.FundingReceived received ->
          exchange.backOffice().restore(account, received.payment());
      case Fact.TransferResult answered -> restore(answered);
      case Fact.OrderEnded closed -> underWay.remove(closed.order());
      case Fact.OrderRejected rejected -> underWay.remove(rejected.order());
      default -> {
        // neither money nor an order's end
      }
    }
    for (PreparedCommand prepared : commands) {
      if (prepared.command() instanceof Command.PlaceOrder place) {
        underWay.put(place.order(), Quantity.ZERO);
      }
      if (prepared.command() instanceof Command.TransferCollateral move) {
        transfers.put(move.transfer(), move);
      }
    }
  }

  /** One that nobody heard of was not made on the exchange that begins now: it is settled so. */
  private void restore(Fact.TransferResult answered) {
    Command.TransferCollateral move = transfers.remove(answered.transfer());
    if (move != null && answered.outcome() == Outcome.MOVED) {
      exchange.backOffice().restore(account, move.amount(), move.from());
    }
  }

  private void restore(Fill fill) {
    if (restored.add(fill.identity())) {
      exchange.backOffice().restore(account, fill);
      fill.clientOrderId()
          .ifPresent(order ->
              underWay.computeIfPresent(order, (id, filled) -> filled.plus(fill.quantity())));
    }
  }

  /** What rested ended with the exchange that it rested on. */
  @Override
  public List<Fact> missed() {
    List<Fact> ended = new ArrayList<>();
    underWay.forEach((order, filled) -> ended.add(new Fact.OrderEnded(order, filled, "canceled")));
    underWay.clear();
    return ended;
  }
}
