package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.aster.AsterLegAdapter.AsterSpotAdapter;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.wire.aster.DepthReply;
import io.twinleg.wire.aster.ExchangeInfo;
import io.twinleg.wire.aster.PremiumIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The public data of Aster. */
final class AsterDataClient implements DataClient, AutoCloseable {
  private static final Duration CHECK = Duration.ofSeconds(1);

  /** The list of symbols is large, and its limit low. */
  private static final Duration LISTING = Duration.ofMinutes(5);

  private final Resolver resolver;
  private final AsterSpotAdapter spot;
  private final AsterPerpAdapter perp;
  private final AsterSettings settings;
  private final StalenessMonitor watch;
  private final AsterClockSync clockSync;
  private final VenueExecutor executor;
  private final EventInbox inbox;
  private final AsterInstrumentMap instruments;
  private final Map<InstrumentId, Pair> pairs = new TreeMap<>();
  private final Map<InstrumentId, InstrumentFeed> feeds = new TreeMap<>();
  private final Map<InstrumentId, Event> trading = new TreeMap<>();
  private final List<FrameStream> streams = new ArrayList<>();

  AsterDataClient(
      AsterSpotAdapter spot,
      AsterPerpAdapter perp,
      AsterSettings settings,
      VenueExecutor executor,
      EventInbox inbox,
      StalenessMonitor watch,
      AsterClockSync time,
      AsterInstrumentMap instruments) {
    this.spot = spot;
    this.perp = perp;
    this.settings = settings;
    this.watch = watch;
    this.clockSync = time;
    this.executor = executor;
    this.inbox = inbox;
    this.instruments = instruments;
    resolver = new Resolver(spot, perp, settings.signing().isPresent());
  }

  /** Once for each market: the instruments are fixed for the run. */
  @Override
  public Pair resolve(MarketSymbols symbols) {
    return pairs.computeIfAbsent(
        InstrumentId.spot(symbols.market()),
        id -> {
          Pair pair = RestClient.retried(() -> resolver.resolve(symbols));
          instruments.bind(pair.spot());
          instruments.bind(pair.perp());
          return pair;
        });
  }

  @Override
  public List<FundingHour> fundingHistory(Instrument of, int hours) {
    Instant now = clockSync.clock().venueNow();
    List<FundingHour> settled =
        RestClient.retried(() ->
            FundingFeed.hours(
                perp.fundingRates(of.wireName(), now.minus(Duration.ofHours(hours))),
                perp.fundingHours(of.wireName(), now)));
    return settled.subList(Math.max(0, settled.size() - hours), settled.size());
  }

  @Override
  public void subscribe(Instrument instrument, Usd clip) {
    if (feeds.containsKey(instrument.id())) {
      return;
    }
    AsterLegAdapter adapter = instrument.leg() == Leg.SPOT ? spot : perp;
    InstrumentFeed feed =
        new InstrumentFeed(instrument, adapter, clip, settings, executor, inbox, watch, clockSync);
    String symbol = instrument.wireName();
    boolean isPerp = feed.isPerp();
    DepthReply depth = RestClient.retried(() -> adapter.depth(symbol));
    PremiumIndex premium = isPerp ? RestClient.retried(() -> perp.premium(symbol)) : null;
    Instant now = clockSync.clock().venueNow();
    int hours = isPerp ? RestClient.retried(() -> perp.fundingHours(symbol, now)) : 1;
    if (feeds.isEmpty()) {
      executor.executeAfter(LISTING, this::requestListing);
    }
    feeds.put(instrument.id(), feed);
    executor.execute(() -> feed.open(hours, depth, premium));
    openStreams(adapter, feed);
    executor.repeat(CHECK, feed::check);
  }

  private void openStreams(AsterLegAdapter adapter, InstrumentFeed feed) {
    open(
        adapter,
        feed.stream("@depth20@100ms"),
        frame -> feed.onFrame(DepthReply.read(frame)),
        feed::onOpened);
    if (feed.isPerp()) {
      open(
          adapter,
          feed.stream("@markPrice@1s"),
          frame -> feed.onPrices(PremiumIndex.readFrame(frame)),
          watch::forget);
    }
  }

  private void open(
      AsterLegAdapter adapter, String name, Consumer<JsonNode> onFrame, Runnable onOpened) {
    String url = adapter.marketStreamUrl(name);
    streams.add(new FrameStream(executor, () -> url, onFrame, onOpened).start());
  }

  /** Where the list cannot be had or read the next one says what has changed. */
  private void requestListing() {
    for (AsterLegAdapter adapter : List.of(spot, perp)) {
      executor.request(
          VenueExecutor.Lane.PATIENT, adapter::currentInfo, this::compareListing, failure -> {});
    }
    executor.executeAfter(LISTING, this::requestListing);
  }

  private void compareListing(ExchangeInfo info) {
    for (Instrument instrument : instruments.all(info.leg())) {
      info.find(instrument.wireName())
          .map(rules ->
              new Event.TradingHalted(instrument.id(), rules.isDelisted(), rules.isHalted()))
          .filter(now -> !now.equals(tradingOf(instrument.id())))
          .ifPresent(now -> {
            trading.put(instrument.id(), now);
            inbox.publish(now);
          });
    }
  }

  private Event tradingOf(InstrumentId id) {
    return trading.getOrDefault(id, new Event.TradingHalted(id, false, false));
  }

  @Override
  public void close() {
    streams.forEach(FrameStream::close);
  }
}
