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
  private static final Duration PRICES = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final VenueExecutor door;
  private final RestClient rest;
  private final EventInbox inbox;
  private final AsterDataClient marketData;
  private final AsterExecutionClient trading;
  private final List<UserStream> streams = new ArrayList<>();

  private AsterVenue(AsterSettings settings, AsterClockSync time) {
    VenueClock clock = time.clock();
    inbox = new EventInbox(clock);
    door = new VenueExecutor(clock, inbox::fail);
    rest = new RestClient(settings, time, inbox::tell);
    StalenessMonitor watch = new StalenessMonitor(System::nanoTime, inbox::tell);
    AsterInstrumentMap pins = new AsterInstrumentMap();
    Commissions commissions = Commissions.of(rest);
    AsterSpotAdapter spot = new AsterSpotAdapter(rest, settings, commissions);
    AsterPerpAdapter perp = new AsterPerpAdapter(rest, settings, commissions);
    marketData = new AsterDataClient(spot, perp, settings, door, inbox, watch, time, pins);
    AsterOrderClient orders =
        new AsterOrderClient(door, inbox, clock, pins, leg -> leg == Leg.SPOT ? spot : perp);
    AccountQueries reader = new AccountQueries(spot, perp, pins);
    AccountPoller accounts = new AccountPoller(door, inbox, watch, reader, orders, pins);
    FundingFeed payments = new FundingFeed(perp, pins, clock);
    Runnable funding = () -> payments.ask(door, inbox, orders);
    for (AsterLegAdapter adapter : List.of(spot, perp)) {
      streams.add(new UserStream(adapter, door, orders, accounts, funding));
    }
    AsterDeadMansSwitch deadMan = new AsterDeadMansSwitch(door, perp, orders, pins);
    Runnable listen =
        () -> {
          streams.forEach(stream -> stream.start(clock));
          accounts.start();
          deadMan.start(clock);
        };
    trading =
        new AsterExecutionClient(
            spot, perp, door, inbox, pins, orders, reader, accounts, payments, listen);
    rest.syncTime(Leg.PERP);
    door.every(settings.timeSync(), () -> door.ask(() -> sync(), done -> {}, fault -> {}));
    door.every(LOOK, watch::look);
    if (settings.signing().isPresent()) {
      price(commissions);
      door.every(PRICES, () -> price(commissions));
    }
  }

  private void price(Commissions commissions) {
    door.ask(commissions::refresh, done -> {}, fault -> {});
  }

  private boolean sync() {
    rest.syncTime(Leg.PERP);
    return true;
  }

  /**
   * @throws VenueException with a sentence for the operator, when Aster cannot be reached or this
   *     machine's clock is far off
   */
  public static AsterVenue open(AsterSettings settings) {
    return new AsterVenue(settings, RestClient.askTime(settings));
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
  public EventSource facts() {
    return inbox;
  }

  @Override
  public void close() {
    streams.forEach(UserStream::close);
    marketData.close();
    door.close();
    rest.close();
  }
}
