package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.venue.transport.VenueClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Aster, spot and futures, behind one door. */
public final class AsterVenue implements Venue {
  private static final Duration PRICES_EVERY = Duration.ofMinutes(1);
  private static final Duration STALENESS_EVERY = Duration.ofSeconds(1);

  private final VenueExecutor executor;
  private final RestClient rest;
  private final EventInbox inbox;
  private final AsterDataClient marketData;
  private final AsterExecutionClient trading;
  private final List<UserStream> streams = new ArrayList<>();

  private AsterVenue(AsterSettings settings, AsterClockSync time) {
    VenueClock clock = time.clock();
    inbox = new EventInbox(clock);
    executor = new VenueExecutor(clock, inbox::fail);
    rest = new RestClient(settings, time, inbox::publish);
    StalenessMonitor watch = new StalenessMonitor(System::nanoTime, inbox::publish);
    AsterInstrumentMap pins = new AsterInstrumentMap();
    Commissions commissions = Commissions.of(rest);
    AsterSpotAdapter spot = new AsterSpotAdapter(rest, settings, commissions);
    AsterPerpAdapter perp = new AsterPerpAdapter(rest, settings, commissions);
    marketData = new AsterDataClient(spot, perp, settings, executor, inbox, watch, time, pins);
    AsterOrderClient orders =
        new AsterOrderClient(executor, inbox, clock, pins, leg -> leg == Leg.SPOT ? spot : perp);
    AccountQueries reader = new AccountQueries(spot, perp, pins);
    AccountPoller accounts = new AccountPoller(executor, inbox, watch, reader, orders, pins);
    FundingFeed payments = new FundingFeed(perp, pins, clock);
    Runnable funding = () -> payments.poll(executor, inbox, orders);
    for (AsterLegAdapter adapter : List.of(spot, perp)) {
      streams.add(new UserStream(adapter, executor, orders, accounts, funding));
    }
    AsterDeadMansSwitch deadMan = new AsterDeadMansSwitch(executor, perp, orders, pins);
    Runnable listen =
        () -> {
          streams.forEach(stream -> stream.start(clock));
          accounts.start();
          deadMan.start(clock);
        };
    trading =
        new AsterExecutionClient(
            spot, perp, executor, inbox, pins, orders, reader, accounts, payments, listen);
    rest.syncTime(Leg.PERP);
    executor.repeat(settings.timeSync(), () -> executor.query(() -> syncTime(), done -> {}, fault -> {}));
    executor.repeat(STALENESS_EVERY, watch::check);
    if (settings.signing().isPresent()) {
      refreshPrices(commissions);
      executor.repeat(PRICES_EVERY, () -> refreshPrices(commissions));
    }
  }

  private void refreshPrices(Commissions commissions) {
    executor.query(commissions::refresh, done -> {}, fault -> {});
  }

  private boolean syncTime() {
    rest.syncTime(Leg.PERP);
    return true;
  }

  /**
   * @throws VenueException with a sentence for the operator, when Aster cannot be reached or this
   *     machine's clock is far off
   */
  public static AsterVenue open(AsterSettings settings) {
    return new AsterVenue(settings, RestClient.requestTime(settings));
  }

  @Override
  public DataClient marketData() {
    return marketData;
  }

  @Override
  public ExecutionClient trading() {
    return trading;
  }

  @Override
  public EventSource events() {
    return inbox;
  }

  @Override
  public void close() {
    streams.forEach(UserStream::close);
    marketData.close();
    executor.close();
    rest.close();
  }
}
