package io.twinleg.venue.aster;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.LiveVenue;
import io.twinleg.venue.transport.VenueClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Aster, spot and futures, as one venue, for one account. */
public final class AsterVenue implements LiveVenue {
  private static final Duration PRICES_EVERY = Duration.ofMinutes(1);

  private final AsterMarket market;
  private final AsterExecutionClient trading;
  private final List<UserStream> streams = new ArrayList<>();

  private AsterVenue(AsterMarket market, VenueClock clock) {
    this.market = market;
    AsterOrders orders = new AsterOrders(market.inbox(), clock, market.instruments());
    AsterOrderClient client = new AsterOrderClient(market, clock, orders);
    AccountPoller accounts = new AccountPoller(market, orders);
    FundingFeed funding = new FundingFeed(market.perp(), market.instruments(), clock);
    Runnable pollFunding = () -> funding.poll(market.executor(), market.inbox(), orders);
    for (AsterLegAdapter adapter : List.of(market.spot(), market.perp())) {
      streams.add(new UserStream(adapter, market, clock, orders, client, accounts, pollFunding));
    }
    DeadMansSwitch deadMan = new DeadMansSwitch(market, orders);
    Runnable listen =
        () -> {
          streams.forEach(UserStream::start);
          accounts.start();
          deadMan.start(clock);
        };
    trading = new AsterExecutionClient(market, clock, orders, client, accounts, funding, listen);
    refreshPrices();
    market.executor().repeat(PRICES_EVERY, this::refreshPrices);
  }

  private void refreshPrices() {
    market.executor().run(VenueExecutor.Lane.PATIENT, market.commissions()::refresh);
  }

  /**
   * @throws VenueException with a sentence for the operator, when Aster cannot be reached or this
   *     machine's clock is far off
   */
  public static AsterVenue open(AsterSettings settings) {
    AsterMarket market = AsterMarket.open(settings);
    return new AsterVenue(market, market.clock());
  }

  @Override
  public DataClient marketData() {
    return market.marketData();
  }

  @Override
  public ExecutionClient trading() {
    return trading;
  }

  @Override
  public EventInbox events() {
    return market.inbox();
  }

  @Override
  public void close() {
    streams.forEach(UserStream::close);
    market.close();
  }

  /**
   * While an order of ours rests on futures, the venue's countdown is restarted regularly; when it
   * runs out after two minutes, the venue cancels what rests in that symbol. Spot has no such
   * switch.
   */
  private static final class DeadMansSwitch {
    private static final Duration REFRESH_EVERY = Duration.ofSeconds(30);
    private static final Duration COUNTDOWN = Duration.ofMinutes(2);

    private final AsterMarket market;
    private final AsterOrders orders;
    private final Set<InstrumentId> armed = new TreeSet<>();

    DeadMansSwitch(AsterMarket market, AsterOrders orders) {
      this.market = market;
      this.orders = orders;
    }

    void start(VenueClock clock) {
      market.executor().repeat(clock.realTime(REFRESH_EVERY), this::refresh);
    }

    private void refresh() {
      for (Instrument instrument : market.instruments().all(Leg.PERP)) {
        if (orders.rests(instrument)) {
          armed.add(instrument.id());
          sendCountdown(instrument, COUNTDOWN);
        } else if (armed.remove(instrument.id())) {
          sendCountdown(instrument, Duration.ZERO);
        }
      }
    }

    /** One that is lost is followed by the next in time. */
    private void sendCountdown(Instrument instrument, Duration time) {
      market
          .executor()
          .request(
              VenueExecutor.Lane.QUESTIONS,
              () -> market.perp().countdown(instrument.wireName(), time),
              answer -> {},
              failure -> {});
    }
  }
}
