package io.twinleg.venue.aster;

import io.twinleg.core.model.Leg;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
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
    executor =
        new VenueExecutor("aster", clock, new UnreadableMessages(System::nanoTime, inbox::publish));
    rest = new RestClient(settings, clockSync, inbox::publish);
    StalenessMonitor watch = new StalenessMonitor(System::nanoTime, clock, inbox::publish);
    AsterInstrumentMap instruments = new AsterInstrumentMap();
    Commissions commissions = Commissions.of(rest);
    AsterSpotAdapter spot = new AsterSpotAdapter(rest, settings, commissions);
    AsterPerpAdapter perp = new AsterPerpAdapter(rest, settings, commissions);
    marketData =
        new AsterDataClient(spot, perp, settings, executor, inbox, watch, clockSync, instruments);
    AsterOrderClient orders =
        new AsterOrderClient(
            executor, inbox, clock, instruments, leg -> leg == Leg.SPOT ? spot : perp);
    AccountQueries queries = new AccountQueries(spot, perp, instruments);
    AccountPoller accounts =
        new AccountPoller(executor, inbox, watch, queries, orders, instruments);
    FundingFeed funding = new FundingFeed(perp, instruments, clock);
    Runnable pollFunding = () -> funding.poll(executor, inbox, orders);
    for (AsterLegAdapter adapter : List.of(spot, perp)) {
      streams.add(new UserStream(adapter, executor, orders, accounts, pollFunding));
    }
    AsterDeadMansSwitch deadMan = new AsterDeadMansSwitch(executor, perp, orders, instruments);
    Runnable listen =
        () -> {
          streams.forEach(stream -> stream.start(clock));
          accounts.start();
          deadMan.start(clock);
        };
    trading =
        new AsterExecutionClient(
            spot, perp, executor, inbox, instruments, orders, queries, accounts, funding, listen);
    rest.syncTime(Leg.PERP);
    executor.repeat(
        settings.timeSync(),
        () ->
            executor.request(
                VenueExecutor.Lane.PATIENT, () -> syncTime(), done -> {}, failure -> {}));
    executor.repeat(STALENESS_EVERY, watch::check);
    if (settings.signing().isPresent()) {
      refreshPrices(commissions);
      executor.repeat(PRICES_EVERY, () -> refreshPrices(commissions));
    }
  }

  private void refreshPrices(Commissions commissions) {
    executor.request(VenueExecutor.Lane.PATIENT, commissions::refresh, done -> {}, failure -> {});
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
