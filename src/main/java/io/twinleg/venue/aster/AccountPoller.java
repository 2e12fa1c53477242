package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.aster.AsterLegAdapter.AsterSpotAdapter;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.aster.AsterSpotAccount;
import io.twinleg.wire.aster.FuturesAccount;
import io.twinleg.wire.aster.OrderReply;
import io.twinleg.wire.aster.PositionRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Reads both wallets as one account; they are separate on Aster, and the owner moves money between
 * them. The state is requested and published after each change, every ten seconds while an order of
 * ours is open, and else every twenty. One that was requested while fills arrived is neither before
 * nor after them: it is requested again. So is one that cannot be read, with growing pauses, and
 * until one can the account counts as silent.
 */
final class AccountPoller {
  static final StalenessMonitor.FeedKey FEED =
      new StalenessMonitor.FeedKey(Event.FeedStatusChanged.Feed.ACCOUNT, Optional.empty());
  private static final String QUOTE = "USDT";
  private static final String SOURCE = "aster account";
  private static final String LIMIT = "LIMIT";
  private static final String ONE_WAY = "BOTH";
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration STALE = Duration.ofSeconds(45);
  private static final Duration SETTLE = Duration.ofMillis(100);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final AsterMarket market;
  private final AsterSpotAdapter spot;
  private final AsterPerpAdapter perp;
  private final VenueExecutor executor;
  private final EventInbox inbox;
  private final AsterOrders orders;
  private final AsterInstrumentMap instruments;
  private final StalenessMonitor watch;
  private final Backoff backoff = new Backoff(FIRST_PAUSE, EVERY, RandomGenerator.getDefault());
  private boolean polling;
  private boolean pollAgain;
  private boolean passedOver;

  AccountPoller(AsterMarket market, AsterOrders orders) {
    this.market = market;
    spot = market.spot();
    perp = market.perp();
    executor = market.executor();
    inbox = market.inbox();
    instruments = market.instruments();
    watch = market.watch();
    this.orders = orders;
  }

  void start() {
    watch.watch(FEED, STALE);
    executor.repeat(EVERY, this::repeat);
  }

  /**
   * Where no order of ours is open, a stream that fell silent hides no fill: every second time is
   * enough then, and a run that holds its carry stays under 60 of weight a minute.
   */
  private void repeat() {
    passedOver = !passedOver && orders.live(Leg.SPOT).isEmpty() && orders.live(Leg.PERP).isEmpty();
    if (!passedOver) {
      poll();
    }
  }

  /** Polls shortly after a change: further messages that belong to it may still arrive. */
  void onAccountChange() {
    executor.executeAfter(SETTLE, this::poll);
  }

  void poll() {
    pollAgain = true;
    if (!polling) {
      polling = true;
      pollAgain = false;
      long before = orders.changes();
      executor.request(
          VenueExecutor.Lane.PATIENT, this::read, state -> onState(state, before), this::onFailure);
    }
  }

  private void onFailure(String why) {
    market.reportOfAccount(SOURCE, why);
    executor.executeAfter(
        backoff.next(),
        () -> {
          polling = false;
          poll();
        });
  }

  private void onState(AccountState state, long before) {
    polling = false;
    backoff.reset();
    watch.record(FEED);
    if (orders.changes() != before) {
      onAccountChange();
      return;
    }
    applyPositions(state);
    inbox.publish(new Event.AccountReported(state));
    if (pollAgain) {
      poll();
    }
  }

  void applyPositions(AccountState state) {
    for (Instrument instrument : instruments.all(Leg.PERP)) {
      orders.setPosition(instrument.id(), state.perpSize(instrument.id()));
    }
  }

  // ---- reading

  /** Waits for the venue. */
  AccountState read() {
    AsterSpotAccount wallet = spot.account(this::isOurs);
    FuturesAccount futures = perp.account(symbol -> instrument(symbol).isPresent());
    AsterSpotAccount.Balance quote = wallet.of(QUOTE);
    return new AccountState(
        false,
        new Usd(quote.free()),
        new Usd(free(futures)),
        new Usd(futures.marginBalance()),
        new Usd(futures.maintenance()),
        new Usd(quote.total()),
        balances(wallet),
        positions(futures),
        openOrders());
  }

  private boolean isOurs(String asset) {
    return asset.equals(QUOTE)
        || instruments.all(Leg.SPOT).stream().anyMatch(each -> base(each).equals(asset));
  }

  /**
   * In multi-asset mode each asset shows the headroom of all: the smaller of what USDT and what the
   * account may open.
   */
  private static BigDecimal free(FuturesAccount futures) {
    return futures
        .find(QUOTE)
        .map(FuturesAccount.Asset::available)
        .orElse(futures.available())
        .min(futures.available());
  }

  private List<AccountState.SpotBalance> balances(AsterSpotAccount wallet) {
    List<AccountState.SpotBalance> held = new ArrayList<>();
    for (Instrument instrument : instruments.all(Leg.SPOT)) {
      AsterSpotAccount.Balance coins = wallet.of(base(instrument));
      if (coins.total().signum() != 0) {
        held.add(
            new AccountState.SpotBalance(
                instrument.id(), new Quantity(coins.total()), new Quantity(coins.locked())));
      }
    }
    return held;
  }

  private static String base(Instrument instrument) {
    String symbol = instrument.wireName();
    return symbol.substring(0, symbol.length() - QUOTE.length());
  }

  private List<AccountState.PerpPosition> positions(FuturesAccount futures) {
    List<AccountState.PerpPosition> held = new ArrayList<>();
    for (PositionRow row : perp.positions(symbol -> instrument(symbol).isPresent())) {
      if (!row.isFlat()) {
        held.add(position(row, futures));
      }
    }
    requireAll(held, futures);
    if (!held.isEmpty() && futures.marginBalance().signum() <= 0) {
      throw MalformedMessage.schema(
          "totalMarginBalance is %s beside a position".formatted(futures.marginBalance()));
    }
    return held;
  }

  /** The list leaves flat symbols out: one that it lacks and the account shows is not flat. */
  private void requireAll(List<AccountState.PerpPosition> held, FuturesAccount futures) {
    for (FuturesAccount.ValuedPosition shown : futures.positions()) {
      InstrumentId id = instrument(shown.symbol()).orElseThrow().id();
      if (held.stream().noneMatch(position -> position.instrument().equals(id))) {
        throw MalformedMessage.schema(
            "positionRisk lacks %s, of which the account shows %s"
                .formatted(shown.symbol(), shown.amount()));
      }
    }
  }

  private Optional<Instrument> instrument(String symbol) {
    return instruments.find(Leg.PERP, symbol);
  }

  /** Its mark is that by which the equity of this report counts it; the row's may be newer. */
  private AccountState.PerpPosition position(PositionRow row, FuturesAccount futures) {
    if (!row.positionSide().equals(ONE_WAY)) {
      throw MalformedMessage.schema(
          "positionSide is " + row.positionSide() + ": the account is in hedge mode");
    }
    return new AccountState.PerpPosition(
        instrument(row.symbol()).orElseThrow().id(),
        new Quantity(row.amount()),
        new Usd(row.amount().abs().multiply(row.entryPrice())),
        row.leverage(),
        futures.mark(row.symbol(), row.amount()).map(Price::reference));
  }

  private List<AccountState.OpenOrder> openOrders() {
    List<AccountState.OpenOrder> open = new ArrayList<>();
    for (Instrument instrument : instruments.all()) {
      AsterLegAdapter adapter = instrument.leg() == Leg.SPOT ? spot : perp;
      for (OrderReply row : adapter.openOrders(instrument.wireName())) {
        // The owner's stops rest outside the book, at no price.
        if (row.price().signum() > 0 && row.type().equals(LIMIT)) {
          open.add(order(instrument, row));
        }
      }
    }
    return open;
  }

  private static AccountState.OpenOrder order(Instrument instrument, OrderReply row) {
    return new AccountState.OpenOrder(
        FillMapper.clientOrderId(row.clientOrderId()),
        instrument.id(),
        row.side(),
        Price.reference(row.price()),
        new Quantity(row.remaining()));
  }
}
