package io.hypercarry.venue.aster;

import io.hypercarry.core.model.Leg;
import io.hypercarry.venue.FactSource;
import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.Trading;
import io.hypercarry.venue.Venue;
import io.hypercarry.venue.VenueFault;
import io.hypercarry.venue.link.FactInbox;
import io.hypercarry.venue.link.FeedWatch;
import io.hypercarry.venue.link.VenueClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Aster, spot and futures, behind one door. */
public final class AsterVenue implements Venue {
  private static final Duration PRICES = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Door door;
  private final Rest rest;
  private final FactInbox inbox;
  private final AsterMarketData marketData;
  private final AsterTrading trading;
  private final List<UserStream> streams = new ArrayList<>();

  private AsterVenue(AsterSettings settings, VenueTime time) {
    VenueClock clock = time.clock();
    inbox = new FactInbox(clock);
    door = new Door(clock, inbox::fail);
    rest = new Rest(settings, time, inbox::tell);
    FeedWatch watch = new FeedWatch(System::nanoTime, inbox::tell);
    Pins pins = new Pins();
    Commissions commissions = Commissions.of(rest);
    AsterSpotAdapter spot = new AsterSpotAdapter(rest, settings, commissions);
    AsterPerpAdapter perp = new AsterPerpAdapter(rest, settings, commissions);
    marketData = new AsterMarketData(spot, perp, settings, door, inbox, watch, time, pins);
    Orders orders = new Orders(door, inbox, clock, pins, leg -> leg == Leg.SPOT ? spot : perp);
    AccountReader reader = new AccountReader(spot, perp, pins);
    AccountFeed accounts = new AccountFeed(door, inbox, watch, reader, orders, pins);
    Payments payments = new Payments(perp, pins, clock);
    Runnable funding = () -> payments.ask(door, inbox, orders);
    for (LegAdapter adapter : List.of(spot, perp)) {
      streams.add(new UserStream(adapter, door, orders, accounts, funding));
    }
    DeadMan deadMan = new DeadMan(door, perp, orders, pins);
    Runnable listen =
        () -> {
          streams.forEach(stream -> stream.start(clock));
          accounts.start();
          deadMan.start(clock);
        };
    trading =
        new AsterTrading(spot, perp, door, inbox, pins, orders, reader, accounts, payments, listen);
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
   * @throws VenueFault with a sentence for the operator, when Aster cannot be reached or this
   *     machine's clock is far off
   */
  public static AsterVenue open(AsterSettings settings) {
    return new AsterVenue(settings, Rest.askTime(settings));
  }

  @Override
  public MarketData marketData() {
    return marketData;
  }

  @Override
  public Trading trading() {
    return trading;
  }

  @Override
  public FactSource facts() {
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
