package io.twinleg.venue.hyperliquid;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.order.HyperliquidInstrumentMap;
import io.twinleg.venue.hyperliquid.order.HyperliquidLegAdapter.HyperliquidPerpAdapter;
import io.twinleg.venue.hyperliquid.order.HyperliquidLegAdapter.HyperliquidSpotAdapter;
import io.twinleg.wire.hyperliquid.market.SpotMeta;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Public data; binds each resolved leg, so that the trading side knows what it will trade. */
final class PinnedDataClient implements DataClient {
  private final DataClient delegate;
  private final HyperliquidInstrumentMap legs;
  private final Supplier<SpotMeta> requestTokens;
  private @Nullable SpotMeta tokens;

  /**
   * @param tokens requests {@code spotMeta}: which of several coins with one name a pair trades
   */
  PinnedDataClient(DataClient open, HyperliquidInstrumentMap legs, Supplier<SpotMeta> tokens) {
    this.delegate = open;
    this.legs = legs;
    this.requestTokens = tokens;
  }

  @Override
  public Pair resolve(MarketSymbols names) {
    Pair pair = delegate.resolve(pinned(names));
    legs.bind(new HyperliquidPerpAdapter(pair.perp()));
    legs.bind(spot(pair.spot()));
    return pair;
  }

  /** A namesake that is listed later does not make ambiguous what the journal holds. */
  private MarketSymbols pinned(MarketSymbols names) {
    boolean isChosen = names.spotIndex().isPresent() || names.tokenId().isPresent();
    return legs.pinned(names.market())
        .filter(spot -> !isChosen && spot.symbol().equals(names.spot()))
        .map(spot ->
            new MarketSymbols(
                names.market(),
                names.spot(),
                names.perp(),
                Optional.of(spot.assetId() - SpotMeta.FIRST_ASSET),
                Optional.empty(),
                names.unitMultiplier()))
        .orElse(names);
  }

  private HyperliquidSpotAdapter spot(Instrument spot) {
    SpotMeta meta = tokens != null ? tokens : requestTokens.get();
    tokens = meta;
    SpotMeta.Token base =
        meta.universe().stream()
            .filter(pair -> pair.assetId() == spot.assetId())
            .findFirst()
            .flatMap(pair -> meta.token(pair.base()))
            .orElseThrow(() ->
                new VenueException(
                    "the venue no longer lists " + spot.symbol() + ": start again", true));
    return new HyperliquidSpotAdapter(spot, Math.toIntExact(base.index()), base.name());
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
