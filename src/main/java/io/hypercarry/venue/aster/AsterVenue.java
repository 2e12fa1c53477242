package io.hypercarry.venue.aster;

import io.hypercarry.core.model.Leg;
import io.hypercarry.protocol.aster.ServerTime;
import io.hypercarry.venue.FactSource;
import io.hypercarry.venue.MarketData;
import io.hypercarry.venue.Trading;
import io.hypercarry.venue.Venue;
import io.hypercarry.venue.VenueFault;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Aster, spot and futures, behind one door. */
public final class AsterVenue implements Venue {
  private static final Duration SKEW_MAX = Duration.ofSeconds(60);

  private final Door door;
  private final Rest rest;
  private final Inbox inbox;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AsterMarketData marketData;
  private final AsterTrading trading;
  private final List<UserStream> streams = new ArrayList<>();

  private AsterVenue(AsterSettings settings, AsterClock clock) {
    inbox = new Inbox(clock);
    door = new Door(clock, inbox::fail);
    rest = new Rest(settings, clock);
    Pins pins = new Pins();
    AsterSpotAdapter spot = new AsterSpotAdapter(rest, settings);
    AsterPerpAdapter perp = new AsterPerpAdapter(rest, settings);
    marketData = new AsterMarketData(spot, perp, settings, clock, http, door, inbox, pins);
    Orders orders = new Orders(door, inbox, clock, pins, leg -> leg == Leg.SPOT ? spot : perp);
    AccountReader reader = new AccountReader(spot, perp, pins);
    AccountFeed accounts = new AccountFeed(door, inbox, reader, orders, pins);
    Payments payments = new Payments(perp, pins, clock);
    Runnable funding = () -> payments.ask(door, inbox, orders);
    for (LegAdapter adapter : List.of(spot, perp)) {
      streams.add(new UserStream(http, adapter, door, orders, accounts, funding));
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
    rest.syncTime(Leg.PERP).ifPresent(inbox::add);
    door.every(settings.timeSync(), () -> door.ask(() -> sync(), done -> {}, fault -> {}));
  }

  private boolean sync() {
    rest.syncTime(Leg.PERP).ifPresent(inbox::add);
    return true;
  }

  /**
   * @throws VenueFault with a sentence for the operator, when Aster cannot be reached or this
   *     machine's clock is far off
   */
  public static AsterVenue open(AsterSettings settings) {
    ServerTime time = Rest.askTime(settings);
    boolean atWallPace = time.speed().compareTo(BigDecimal.ONE) == 0;
    Instant venueNow = Instant.ofEpochMilli(time.time());
    Instant wall = Instant.now();
    Duration ahead = Duration.between(venueNow, wall);
    if (atWallPace && ahead.abs().compareTo(SKEW_MAX) > 0) {
      throw new VenueFault(
          "this machine's clock is %d s %s Aster's: set it by NTP and start again"
              .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of"),
          false);
    }
    return new AsterVenue(settings, new AsterClock(atWallPace ? wall : venueNow, time.speed()));
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
    http.shutdownNow();
  }
}
