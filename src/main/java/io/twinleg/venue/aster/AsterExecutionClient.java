package io.twinleg.venue.aster;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountMode;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.VenueCapabilities;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.PreparedCommand;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.aster.AsterLegAdapter.AsterSpotAdapter;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.ApiResult;
import io.twinleg.wire.aster.AsterTradeRow;
import io.twinleg.wire.aster.Commission;
import io.twinleg.wire.aster.ErrorReply;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.request.ApiVersion;
import io.twinleg.wire.aster.request.Signing.OrderNonce;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Trading for one account on Aster. Each leg has a host of its own, so that no batch contains both.
 */
final class AsterExecutionClient implements ExecutionClient {
  private static final int LEVERAGE_ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  /** Overlap of a backfill; the venue keeps seven days of trades. */
  private static final Duration OVERLAP = Duration.ofMinutes(1);

  private final AsterSpotAdapter spot;
  private final AsterPerpAdapter perp;
  private final RestClient rest;
  private final VenueExecutor executor;
  private final VenueClock clock;
  private final EventInbox inbox;
  private final AsterInstrumentMap instruments;
  private final AsterOrders orders;
  private final AsterOrderClient client;
  private final AccountPoller accounts;
  private final FundingFeed funding;
  private final AsterTransferClient transfers;
  private final Map<Long, Optional<ClientOrderId>> queriedIds = new TreeMap<>();
  private final Runnable streamOpener;

  /** Up to where the journal has what the venue said of the account; null where it has nothing. */
  private @Nullable Instant journalledUntil;

  /** By the journal: what came since is not of the account. */
  private boolean silent;

  private boolean streamsOpen;

  /**
   * @param streamOpener opens the user streams: before the backfill at a start, so that nothing
   *     falls between both
   */
  AsterExecutionClient(
      AsterMarket market,
      VenueClock clock,
      AsterOrders orders,
      AsterOrderClient client,
      AccountPoller accounts,
      FundingFeed payments,
      Runnable streamOpener) {
    spot = market.spot();
    perp = market.perp();
    rest = market.rest();
    executor = market.executor();
    inbox = market.inbox();
    instruments = market.instruments();
    this.clock = clock;
    this.orders = orders;
    this.client = client;
    this.accounts = accounts;
    this.funding = payments;
    transfers = new AsterTransferClient(market);
    this.streamOpener = streamOpener;
  }

  /** An order of V3 can be voided by its nonce; a request of V1 has none. */
  @Override
  public VenueCapabilities capabilities() {
    boolean hasNonces = rest.version() == ApiVersion.V3;
    int clockSpeed = clock.speed().setScale(0, RoundingMode.CEILING).max(BigDecimal.ONE).intValue();
    return new VenueCapabilities(
        false, hasNonces, true, true, true, AccountMode.CLASSIC, clockSpeed);
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
        .map(each -> RestClient.retried(() -> adapter.commission(each.wireName())))
        .max(Comparator.comparing(Commission::taker))
        .orElse(new Commission("", BigDecimal.ZERO, BigDecimal.ZERO));
  }

  @Override
  public AccountState account() {
    RestClient.retried(() -> {
      perp.requireOneWayMode();
      return true;
    });
    openStreams();
    AccountState state = read();
    if (state.positions().isEmpty() && RestClient.retried(perp::isMultiAsset)) {
      throw new VenueException(
          "the Aster account is in multi-asset mode, in which other coins are collateral too and"
              + " their prices move the short's margin: switch it to single-asset mode"
              + " (Preferences, Asset Mode) and start again",
          false);
    }
    return state;
  }

  private AccountState read() {
    AccountState state = RestClient.retried(accounts::read);
    return executor.call(() -> {
      accounts.applyPositions(state);
      return state;
    });
  }

  private void startFunding() {
    executor.call(() -> {
      funding.start();
      return funding;
    });
  }

  private void openStreams() {
    if (!streamsOpen) {
      streamsOpen = true;
      startFunding();
      streamOpener.run();
    }
  }

  // ---- backfill

  /** In the order of their times: whose a payment was follows from who held what at its time. */
  @Override
  public List<Event> backfill() {
    List<Fill> fills = new ArrayList<>();
    List<FundingPayment> payments = new ArrayList<>();
    if (journalledUntil != null) {
      read();
      startFunding();
      // Before the stream is open, since it requests payments too, without these fills.
      payments.addAll(funding.backfill(executor, orders));
    }
    openStreams();
    if (journalledUntil != null) {
      Instant since = journalledUntil.minus(OVERLAP);
      instruments.all().forEach(instrument -> fills.addAll(fills(instrument, since)));
      read();
    }
    TreeMap<Instant, List<Event>> byTime = new TreeMap<>();
    for (Fill fill : fills) {
      byTime
          .computeIfAbsent(fill.time(), time -> new ArrayList<>())
          .add(new Event.OrderFilled(fill));
    }
    for (FundingPayment payment : payments) {
      byTime
          .computeIfAbsent(payment.time(), time -> new ArrayList<>())
          .add(new Event.FundingReceived(asPaid(payment, fills)));
    }
    return byTime.values().stream().flatMap(List::stream).toList();
  }

  /** The venue's row does not say on what it was paid: what is held now, less what came after. */
  private static FundingPayment asPaid(FundingPayment payment, List<Fill> fills) {
    Quantity position = payment.position();
    for (Fill fill : fills) {
      boolean isLater = fill.time().isAfter(payment.time());
      if (isLater && fill.instrument().equals(payment.instrument())) {
        position =
            fill.side() == Side.BUY
                ? position.minus(fill.quantity())
                : position.plus(fill.quantity());
      }
    }
    return new FundingPayment(
        payment.instrument(), payment.time(), payment.amount(), position, payment.rate());
  }

  private List<Fill> fills(Instrument instrument, Instant since) {
    AsterLegAdapter adapter = instrument.leg() == Leg.SPOT ? spot : perp;
    List<Fill> fills = new ArrayList<>();
    List<AsterTradeRow> trades =
        RestClient.retried(() -> adapter.trades(instrument.wireName(), since).whole());
    for (AsterTradeRow row : trades) {
      Fill fill = FillMapper.of(instrument, clientOrderId(adapter, row), row);
      if (executor.call(() -> orders.replay(fill))) {
        fills.add(fill);
      }
    }
    return fills;
  }

  /** A trade names its order by the venue's id alone. */
  private Optional<ClientOrderId> clientOrderId(AsterLegAdapter adapter, AsterTradeRow row) {
    return executor
        .call(() -> orders.clientOrderId(row.orderId()))
        .or(() ->
            queriedIds.computeIfAbsent(
                row.orderId(), id -> RestClient.retried(() -> queryId(adapter, row))));
  }

  /**
   * @throws VenueException without an answer: a fill of ours taken for another's would be lost
   */
  private Optional<ClientOrderId> queryId(AsterLegAdapter adapter, AsterTradeRow row) {
    ApiResult answer = adapter.queryById(row.symbol(), row.orderId());
    return switch (answer) {
      case ApiResult.Success success ->
          FillMapper.clientOrderId(OrderReply.read(adapter.leg(), success.body()).clientOrderId());
      case ApiResult.Rejected refused when refused.error().code() == ErrorReply.NO_SUCH_ORDER ->
          Optional.empty();
      default ->
          throw new VenueException(
              "Aster does not say whose order %d in %s is (%s): start again later"
                  .formatted(row.orderId(), row.symbol(), text(answer)),
              true);
    };
  }

  // ---- commands

  /** An order or a transfer of V3 gets its nonce here; all else is stamped when it is sent. */
  @Override
  public PreparedCommand prepare(Command command) {
    boolean hasNonce =
        command instanceof Command.PlaceOrder || command instanceof Command.TransferCollateral;
    String envelope =
        hasNonce
            ? rest.newNonce().map(OrderNonce::json).orElse(PreparedCommand.NO_ENVELOPE)
            : PreparedCommand.NO_ENVELOPE;
    return new PreparedCommand(command, envelope);
  }

  @Override
  public void send(List<PreparedCommand> commands) {
    commands.forEach(this::send);
  }

  private void send(PreparedCommand prepared) {
    switch (prepared.command()) {
      case Command.PlaceOrder place -> client.place(place, prepared.envelope());
      case Command.CancelOrder cancel -> client.cancel(cancel);
      case Command.QueryOrder query -> client.query(query);
      case Command.SetLeverage leverage -> setLeverage(leverage);
      case Command.QueryAccount query -> executor.execute(accounts::poll);
      case Command.InvalidateNonce invalidate -> client.invalidate(invalidate);
      case Command.TransferCollateral transfer -> transfers.send(transfer, prepared.envelope());
      case Command.ConfirmTransfer confirm -> transfers.confirm(confirm);
      case Command.AtVenue there -> send(new PreparedCommand(there.inner(), prepared.envelope()));
      case Command.AdjustPosition adjust -> {}
      case Command.Shutdown end -> {}
    }
  }

  private void setLeverage(Command.SetLeverage set) {
    setLeverage(set, new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault()), 1);
  }

  /**
   * Asked for again where the answer was lost, since a repetition changes nothing; at last the
   * position says how it is carried.
   */
  private void setLeverage(Command.SetLeverage set, Backoff backoff, int attempt) {
    String symbol = instruments.get(set.instrument()).wireName();
    Consumer<String> again =
        why -> {
          if (attempt < LEVERAGE_ATTEMPTS) {
            executor.executeAfter(backoff.next(), () -> setLeverage(set, backoff, attempt + 1));
          } else {
            readLeverage(set, why);
          }
        };
    executor.request(
        VenueExecutor.Lane.QUESTIONS,
        () -> perp.setLeverage(symbol, set.leverage(), set.cross()),
        answer -> {
          switch (answer) {
            case ApiResult.Success success -> publish(set, true, "ok");
            case ApiResult.Rejected refused -> publish(set, false, text(answer));
            case ApiResult.Throttled throttled -> again.accept(text(answer));
            case ApiResult.Unknown unknown -> again.accept(text(answer));
          }
        },
        again);
  }

  private void readLeverage(Command.SetLeverage set, String why) {
    String symbol = instruments.get(set.instrument()).wireName();
    executor.request(
        VenueExecutor.Lane.QUESTIONS,
        () -> perp.isCarried(symbol, set.leverage(), set.cross()),
        carried -> publish(set, carried.orElse(false), why),
        failure -> publish(set, false, why));
  }

  private void publish(Command.SetLeverage set, boolean done, String text) {
    inbox.publish(
        new Event.LeverageResult(set.instrument(), set.leverage(), set.cross(), done, text));
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

  /** The venue's times and ours are of two clocks: the earlier one skips nothing. */
  @Override
  public void replay(SequencedEvent event, List<PreparedCommand> commands) {
    Instant venueTime = event.venueTime();
    Instant received = event.receivedTime();
    Instant earlier = venueTime.isBefore(received) ? venueTime : received;
    if (event.fact() instanceof Event.FeedStatusChanged changed
        && changed.feed() == Event.FeedStatusChanged.Feed.ACCOUNT) {
      silent = !changed.fresh();
    }
    if (!silent && !event.fact().comesFromTheRun()) {
      journalledUntil = earlier;
    }
    if (event.fact() instanceof Event.InstrumentsResolved pinned) {
      instruments.bind(pinned.spot());
      instruments.bind(pinned.perp());
    }
    executor.call(() -> {
      commands.forEach(command -> replaySent(command, received));
      orders.replay(event.fact());
      switch (event.fact()) {
        case Event.InstrumentsResolved pinned -> funding.begin(pinned.perp().id(), earlier);
        case Event.FundingReceived paid -> funding.restore(paid.payment());
        default -> {
          // no payment
        }
      }
      return event;
    });
  }

  /** What the process sent last may still be on its way. */
  private void replaySent(PreparedCommand prepared, Instant sentAt) {
    if (prepared.command() instanceof Command.PlaceOrder place) {
      Optional<OrderNonce> nonce = OrderNonce.read(prepared.envelope());
      nonce.ifPresent(rest::restore);
      Instant landsUntil = nonce.map(rest::expiry).orElseGet(() -> rest.expiry(clock.venueNow()));
      orders.replay(place, prepared.envelope(), sentAt, landsUntil);
    } else if (prepared.command() instanceof Command.TransferCollateral transfer) {
      OrderNonce.read(prepared.envelope()).ifPresent(rest::restore);
      transfers.restore(transfer, prepared.envelope(), sentAt);
    }
  }
}
