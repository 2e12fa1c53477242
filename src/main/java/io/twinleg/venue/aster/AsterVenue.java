package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.aster.AsterLegAdapter.AsterSpotAdapter;
import io.twinleg.venue.client.UnreadableMessages;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.venue.transport.VenueClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Aster, spot and futures, as one venue. */
public final class AsterVenue implements Venue {
  private static final Duration PRICES_EVERY = Duration.ofMinutes(1);
  private static final Duration STALENESS_EVERY = Duration.ofSeconds(1);

  private final VenueExecutor executor;
  private final RestClient rest;
  private final EventInbox inbox;
  private final AsterDataClient marketData;
  private final AsterExecutionClient trading;
  private final List<UserStream> streams = new ArrayList<>();

  private AsterVenue(AsterSettings settings, AsterClockSync clockSync) {
    VenueClock clock = clockSync.clock();
    inbox = new EventInbox(clock);
    UnreadableMessages unreadable = new UnreadableMessages(System::nanoTime, inbox::publish);
    executor = new VenueExecutor("aster", clock, unreadable);
    rest = new RestClient(settings, clockSync, inbox::publish);
    StalenessMonitor watch = new StalenessMonitor(System::nanoTime, clock, inbox::publish);
    VenueExecutor.Trouble ofAccount =
        (where, what) -> {
          unreadable.report(where, what);
          watch.markStale(AccountPoller.FEED);
        };
    AsterInstrumentMap instruments = new AsterInstrumentMap();
    Commissions commissions = Commissions.of(rest);
    AsterSpotAdapter spot = new AsterSpotAdapter(rest, settings, commissions, ofAccount);
    AsterPerpAdapter perp = new AsterPerpAdapter(rest, settings, commissions, ofAccount);
    marketData =
        new AsterDataClient(spot, perp, settings, executor, inbox, watch, clockSync, instruments);
    AsterOrders orders = new AsterOrders(inbox, clock, instruments);
    AsterOrderClient client =
        new AsterOrderClient(
            executor,
            ofAccount,
            inbox,
            clock,
            rest,
            instruments,
            orders,
            leg -> leg == Leg.SPOT ? spot : perp);
    AccountPoller accounts =
        new AccountPoller(spot, perp, executor, ofAccount, inbox, watch, orders, instruments);
    FundingFeed funding = new FundingFeed(perp, instruments, clock);
    Runnable pollFunding = () -> funding.poll(executor, inbox, orders);
    for (AsterLegAdapter adapter : List.of(spot, perp)) {
      streams.add(
          new UserStream(
              adapter,
              executor,
              clock,
              ofAccount,
              instruments,
              orders,
              client,
              accounts,
              pollFunding));
    }
    AsterDeadMansSwitch deadMan = new AsterDeadMansSwitch(executor, perp, orders, instruments);
    Runnable listen =
        () -> {
          streams.forEach(UserStream::start);
          accounts.start();
          deadMan.start(clock);
        };
    trading =
        new AsterExecutionClient(
            spot,
            perp,
            rest,
            executor,
            clock,
            inbox,
            instruments,
            orders,
            client,
            accounts,
            funding,
            listen);
    executor.run(VenueExecutor.Lane.PATIENT, this::syncTime);
    executor.repeat(
        settings.timeSync(), () -> executor.run(VenueExecutor.Lane.PATIENT, this::syncTime));
    executor.repeat(STALENESS_EVERY, watch::check);
    if (settings.signing().isPresent()) {
      refreshPrices(commissions);
      executor.repeat(PRICES_EVERY, () -> refreshPrices(commissions));
    }
  }

  private void refreshPrices(Commissions commissions) {
    executor.request(VenueExecutor.Lane.PATIENT, commissions::refresh, done -> {}, failure -> {});
  }

  private void syncTime() {
    rest.syncTime(Leg.PERP);
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
