package io.twinleg.venue.hyperliquid;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.order.HyperliquidInstrumentMap;
import io.twinleg.venue.hyperliquid.order.HyperliquidPerpAdapter;
import io.twinleg.venue.hyperliquid.order.HyperliquidSpotAdapter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Public data; binds each resolved leg, so that the trading side knows what it will trade. */
final class PinnedDataClient implements DataClient {
  private static final int FIRST_SPOT = 10_000;

  private final DataClient delegate;
  private final HyperliquidInstrumentMap legs;
  private final Supplier<JsonNode> requestTokens;
  private @Nullable JsonNode tokens;

  /**
   * @param tokens requests {@code spotMeta}: which of several coins with one name a pair trades
   */
  PinnedDataClient(DataClient open, HyperliquidInstrumentMap legs, Supplier<JsonNode> tokens) {
    this.delegate = open;
    this.legs = legs;
    this.requestTokens = tokens;
  }

  @Override
  public Pair resolve(MarketSymbols names) {
    Pair pair = delegate.resolve(names);
    legs.bind(new HyperliquidPerpAdapter(pair.perp()));
    legs.bind(spot(pair.spot()));
    return pair;
  }

  private HyperliquidSpotAdapter spot(Instrument spot) {
    JsonNode meta = tokens != null ? tokens : requestTokens.get();
    tokens = meta;
    for (JsonNode pair : meta.path("universe")) {
      if (pair.path("index").asInt(-1) == spot.assetId() - FIRST_SPOT) {
        int base = pair.path("tokens").path(0).asInt(-1);
        return new HyperliquidSpotAdapter(spot, base, name(meta, base));
      }
    }
    throw new VenueException("the venue no longer lists " + spot.symbol() + ": start again", true);
  }

  private static String name(JsonNode meta, int index) {
    for (JsonNode token : meta.path("tokens")) {
      if (token.path("index").asInt(-1) == index) {
        return token.path("name").asString("");
      }
    }
    return "";
  }

  @Override
  public List<FundingHour> fundingHistory(Instrument perp, int hours) {
    return delegate.fundingHistory(perp, hours);
  }

  @Override
  public void subscribe(Instrument instrument, Usd clip) {
    delegate.subscribe(instrument, clip);
  }
}
