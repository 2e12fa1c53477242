package io.twinleg.venue.aster;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.wire.aster.DepthReply;
import io.twinleg.wire.aster.PremiumIndex;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The public data of Aster. */
final class AsterDataClient implements DataClient, AutoCloseable {
  private static final Duration CHECK = Duration.ofSeconds(1);

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
          Pair pair = resolver.resolve(symbols);
          instruments.bind(pair.spot());
          instruments.bind(pair.perp());
          return pair;
        });
  }

  @Override
  public List<FundingHour> fundingHistory(Instrument of, int hours) {
    int period = perp.fundingHours(of.wireName());
    List<FundingHour> settled =
        perp
            .fundingRates(of.wireName(), clockSync.clock().instant().minus(Duration.ofHours(hours)))
            .stream()
            .map(row -> FundingFeed.hour(row, period))
            .toList();
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
    feeds.put(instrument.id(), feed);
    String symbol = instrument.wireName();
    DepthReply depth = adapter.depth(symbol);
    boolean isPerp = feed.isPerp();
    PremiumIndex premium = isPerp ? perp.premium(symbol) : null;
    int hours = isPerp ? perp.fundingHours(symbol) : 1;
    executor.execute(() -> feed.open(hours, depth, premium));
    openStreams(adapter, feed);
    executor.repeat(CHECK, feed::check);
  }

  private void openStreams(AsterLegAdapter adapter, InstrumentFeed feed) {
    open(adapter, feed.stream("@depth20@100ms"), frame -> onBook(feed, frame));
    if (feed.isPerp()) {
      open(
          adapter,
          feed.stream("@markPrice@1s"),
          frame -> feed.onFrame(PremiumIndex.readFrame(frame)));
    }
  }

  private static void onBook(InstrumentFeed feed, JsonNode frame) {
    feed.onFrame(DepthReply.read(frame));
  }

  private void open(AsterLegAdapter adapter, String name, Consumer<JsonNode> onFrame) {
    String url = adapter.streamUrl(URLEncoder.encode(name, StandardCharsets.UTF_8));
    streams.add(new FrameStream(executor, () -> url, onFrame, () -> {}).start());
  }

  @Override
  public void close() {
    streams.forEach(FrameStream::close);
  }
}
