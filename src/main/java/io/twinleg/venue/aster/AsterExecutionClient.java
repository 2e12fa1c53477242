package io.twinleg.venue.aster;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.Commission;
import io.twinleg.wire.aster.OrderReply;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Trading for one account on Aster. Each leg has a host of its own, so that no batch contains both.
 */
final class AsterExecutionClient implements ExecutionClient {
  private static final String NO_TRANSFERS = "Aster's capabilities exclude collateral transfers";

  private static final VenueCapabilities CAPABILITIES =
      new VenueCapabilities(false, false, true, false, true, AccountMode.CLASSIC);

  /** Overlap of a backfill; the venue keeps seven days of trades. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private final AsterSpotAdapter spot;
  private final AsterPerpAdapter perp;
  private final VenueExecutor executor;
  private final EventInbox inbox;
  private final AsterInstrumentMap instruments;
  private final AsterOrderClient orders;
  private final AccountQueries queries;
  private final AccountPoller accounts;
  private final FundingFeed funding;
  private final Map<Long, Optional<ClientOrderId>> queriedIds = new TreeMap<>();
  private final Runnable streamOpener;
  private @Nullable Instant journalledUntil;
  private boolean streamsOpen;

  /**
   * @param streamOpener opens the user streams: before the backfill at a start, so that nothing
   *     falls between both
   */
  AsterExecutionClient(
      AsterSpotAdapter spot,
      AsterPerpAdapter perp,
      VenueExecutor executor,
      EventInbox inbox,
      AsterInstrumentMap instruments,
      AsterOrderClient orders,
      AccountQueries reader,
      AccountPoller accounts,
      FundingFeed payments,
      Runnable streamOpener) {
    this.spot = spot;
    this.perp = perp;
    this.executor = executor;
    this.inbox = inbox;
    this.instruments = instruments;
    this.orders = orders;
    this.queries = reader;
    this.accounts = accounts;
    this.funding = payments;
    this.streamOpener = streamOpener;
  }

  @Override
  public VenueCapabilities capabilities() {
    return CAPABILITIES;
  }

  /** The highest fees among the markets of this run. */
  @Override
  public FeeSchedule fees() {
    Commission onSpot = highest(spot);
    Commission onPerp = highest(perp);
    return new FeeSchedule(onSpot.maker(), onSpot.taker(), onPerp.maker(), onPerp.taker());
  }

  private Commission highest(AsterLegAdapter adapter) {
    return instruments.all(adapter.leg()).stream()
        .map(instrument -> adapter.commission(instrument.wireName()))
        .max(Comparator.comparing(Commission::taker))
        .orElse(new Commission("", BigDecimal.ZERO, BigDecimal.ZERO));
  }

  @Override
  public AccountState account() {
    perp.requireOneWayMode();
    openStreams();
    return read();
  }

  private AccountState read() {
    AccountState state = queries.read();
    return executor.call(() -> {
      accounts.applyPositions(state);
      return state;
    });
  }

  private void openStreams() {
    if (!streamsOpen) {
      streamsOpen = true;
      executor.call(() -> {
        funding.start();
        return streamsOpen;
      });
      streamOpener.run();
    }
  }

  // ---- backfill

  @Override
  public List<Event> backfill() {
    List<Event> missed = new ArrayList<>();
    openStreams();
    if (journalledUntil != null) {
      Instant since = journalledUntil.minus(OVERLAP);
      instruments.all().forEach(instrument -> missed.addAll(fills(instrument, since)));
      read();
      funding
          .backfill(executor, orders)
          .forEach(instrument -> missed.add(new Event.FundingReceived(instrument)));
    }
    return missed;
  }

  private List<Event> fills(Instrument instrument, Instant since) {
    AsterLegAdapter adapter = instrument.leg() == Leg.SPOT ? spot : perp;
    List<Event> events = new ArrayList<>();
    for (AsterTradeRow row : adapter.trades(instrument.wireName(), since)) {
      Fill fill = FillMapper.of(instrument, clientOrderId(adapter, row), row);
      if (executor.call(() -> orders.replay(fill))) {
        events.add(new Event.OrderFilled(fill));
      }
    }
    return events;
  }

  /** A trade names its order by the venue's id alone. */
  private Optional<ClientOrderId> clientOrderId(AsterLegAdapter adapter, AsterTradeRow row) {
    return executor
        .call(() -> orders.clientOrderId(row.orderId()))
        .or(() -> queriedIds.computeIfAbsent(row.orderId(), id -> queryId(adapter, row)));
  }

  private static Optional<ClientOrderId> queryId(AsterLegAdapter adapter, AsterTradeRow row) {
    ApiResult answer = adapter.queryById(row.symbol(), row.orderId());
    return answer instanceof ApiResult.Success success
        ? FillMapper.clientOrderId(OrderReply.read(adapter.leg(), success.body()).clientOrderId())
        : Optional.empty();
  }

  // ---- commands

  /**
   * Nothing is added here: a request is stamped when it is sent, with V1's timestamp or V3's nonce.
   */
  @Override
  public PreparedCommand prepare(Command command) {
    return new PreparedCommand(command, PreparedCommand.NO_ENVELOPE);
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    commands.stream().map(PreparedCommand::command).forEach(this::send);
  }

  private void send(Command command) {
    switch (command) {
      case Command.PlaceOrder place -> orders.place(place);
      case Command.CancelOrder cancel -> orders.cancel(cancel);
      case Command.QueryOrder query -> orders.query(query);
      case Command.SetLeverage leverage -> setLeverage(leverage);
      case Command.QueryAccount query -> executor.execute(accounts::poll);
      case Command.InvalidateNonce invalidate ->
          throw new IllegalStateException("Aster's capabilities exclude nonce invalidation");
      case Command.TransferCollateral transfer -> throw new IllegalStateException(NO_TRANSFERS);
      case Command.ConfirmTransfer confirm -> throw new IllegalStateException(NO_TRANSFERS);
      case Command.AdjustPosition adjust -> {}
      case Command.Shutdown end -> {}
    }
  }

  private void setLeverage(Command.SetLeverage set) {
    Instrument instrument = instruments.get(set.instrument());
    executor.request(
        VenueExecutor.Lane.PERP_ORDERS,
        () -> perp.setLeverage(instrument.wireName(), set.leverage(), set.cross()),
        answer -> {
          boolean done = answer instanceof ApiResult.Success;
          inbox.publish(
              new Event.LeverageResult(
                  set.instrument(), set.leverage(), set.cross(), done, text(answer)));
        },
        failure ->
            inbox.publish(
                new Event.LeverageResult(
                    set.instrument(), set.leverage(), set.cross(), false, failure)));
  }

  private static String text(ApiResult answer) {
    return switch (answer) {
      case ApiResult.Success success -> "ok";
      case ApiResult.Rejected refused -> refused.error().toString();
      case ApiResult.Throttled throttled -> throttled.text();
      case ApiResult.Unknown unknown -> unknown.text();
    };
  }

  // ---- replay

  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    journalledUntil = event.venueTime();
    if (event.fact() instanceof Event.InstrumentsResolved pinned) {
      instruments.bind(pinned.spot());
      instruments.bind(pinned.perp());
    }
    executor.call(() -> {
      replaySent(event, commands);
      orders.replay(event.fact());
      if (event.fact() instanceof Event.FundingReceived received) {
        funding.restore(received.payment());
      }
      return event;
    });
  }

  private void replaySent(SequencedEvent event, List<PreparedCommand> commands) {
    commands.stream()
        .map(PreparedCommand::command)
        .filter(Command.PlaceOrder.class::isInstance)
        .map(Command.PlaceOrder.class::cast)
        .forEach(place -> orders.replay(place, event.receivedTime()));
  }
}
