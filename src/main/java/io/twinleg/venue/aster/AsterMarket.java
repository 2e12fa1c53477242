package io.twinleg.venue.aster;

import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.EventSource;
import io.twinleg.venue.PublicMarket;
import io.twinleg.venue.TradeFeed;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.aster.AsterLegAdapter.AsterSpotAdapter;
import io.twinleg.venue.client.UnreadableMessages;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.AggTrade;
import io.twinleg.wire.aster.ExchangeInfo;
import io.twinleg.wire.aster.request.ApiRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Aster's public side: market data, trades and their events, without an account or key. {@link
 * AsterVenue} trades on it.
 */
public final class AsterMarket implements PublicMarket {
  private static final Duration STALENESS_EVERY = Duration.ofSeconds(1);

  private final VenueClock clock;
  private final RestClient rest;
  private final EventInbox inbox;
  private final UnreadableMessages unreadable;
  private final VenueExecutor executor;
  private final StalenessMonitor watch;
  private final AsterInstrumentMap instruments = new AsterInstrumentMap();
  private final Commissions commissions;
  private final AsterSpotAdapter spot;
  private final AsterPerpAdapter perp;
  private final AsterDataClient marketData;
  private final List<FrameStream> tradeStreams = new ArrayList<>();

  private AsterMarket(AsterSettings settings, AsterClockSync clockSync) {
    clock = clockSync.clock();
    inbox = new EventInbox(clock);
    unreadable = new UnreadableMessages(System::nanoTime, inbox::publish);
    executor = new VenueExecutor("aster", clock, unreadable);
    rest = new RestClient(settings, clockSync, inbox::publish);
    watch = new StalenessMonitor(System::nanoTime, clock, inbox::publish);
    commissions = Commissions.of(rest);
    spot = new AsterSpotAdapter(rest, settings, commissions, this::reportOfAccount);
    perp = new AsterPerpAdapter(rest, settings, commissions, this::reportOfAccount);
    marketData =
        new AsterDataClient(spot, perp, settings, executor, inbox, watch, clockSync, instruments);
    executor.run(VenueExecutor.Lane.PATIENT, rest::syncTime);
    executor.repeat(
        settings.timeSync(), () -> executor.run(VenueExecutor.Lane.PATIENT, rest::syncTime));
    executor.repeat(STALENESS_EVERY, watch::check);
  }

  /**
   * @throws VenueException with a sentence for the operator, when Aster cannot be reached or this
   *     machine's clock is far off
   */
  public static AsterMarket open(AsterSettings settings) {
    return new AsterMarket(settings, RestClient.requestTime(settings));
  }

  /**
   * The names of what can be traded here: both legs in USDT.
   *
   * @throws VenueException with a sentence for the operator, when Aster cannot be reached
   */
  public static Listing listing(AsterSettings settings) {
    try (RestClient rest = new RestClient(settings, AsterClockSync.unknown(), event -> {})) {
      return new Listing(rows(rest, Leg.SPOT), rows(rest, Leg.PERP));
    }
  }

  private static List<Listing.Row> rows(RestClient rest, Leg leg) {
    return ExchangeInfo.read(leg, rest.require(ApiRequests.exchangeInfo(leg))).symbols().stream()
        .filter(each -> each.isTrading() && !each.isInternalTest())
        .filter(each -> each.quote().equals(Resolver.QUOTE))
        .map(each ->
            new Listing.Row(
                leg == Leg.SPOT ? each.base() + "/" + each.quote() : each.symbol(),
                null,
                null,
                each.filters().tick(),
                each.filters().step()))
        .toList();
  }

  /** Something of the account could not be read: entries wait until the account can be. */
  void reportOfAccount(String where, String what) {
    unreadable.report(where, what);
    watch.markStale(AccountPoller.FEED);
  }

  @Override
  public DataClient marketData() {
    return marketData;
  }

  @Override
  public EventSource events() {
    return inbox;
  }

  @Override
  public TradeFeed trades() {
    return (instrument, listener) -> {
      AsterLegAdapter adapter = adapter(instrument);
      String name = instrument.wireName().toLowerCase(Locale.ROOT) + "@aggTrade";
      String url = adapter.marketStreamUrl(name);
      tradeStreams.add(
          new FrameStream(
                  executor,
                  () -> url,
                  frame -> publish(AggTrade.read(frame), instrument, listener),
                  () -> {})
              .start());
    };
  }

  private static void publish(
      AggTrade trade, Instrument instrument, Consumer<TradeFeed.PublicTrade> listener) {
    if (trade.symbol().equals(instrument.wireName())) {
      listener.accept(
          new TradeFeed.PublicTrade(
              Instant.ofEpochMilli(trade.time()),
              instrument.id(),
              trade.taker(),
              trade.price(),
              trade.quantity()));
    }
  }

  // ---- for the account that trades here

  VenueClock clock() {
    return clock;
  }

  RestClient rest() {
    return rest;
  }

  EventInbox inbox() {
    return inbox;
  }

  VenueExecutor executor() {
    return executor;
  }

  StalenessMonitor watch() {
    return watch;
  }

  AsterInstrumentMap instruments() {
    return instruments;
  }

  Commissions commissions() {
    return commissions;
  }

  AsterSpotAdapter spot() {
    return spot;
  }

  AsterPerpAdapter perp() {
    return perp;
  }

  AsterLegAdapter adapter(Instrument instrument) {
    return switch (instrument.leg()) {
      case SPOT -> spot;
      case PERP -> perp;
    };
  }

  @Override
  public void close() {
    tradeStreams.forEach(FrameStream::close);
    marketData.close();
    executor.close();
    rest.close();
  }
}
