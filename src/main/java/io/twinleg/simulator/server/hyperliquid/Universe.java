package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.Exchange;
import io.twinleg.wire.hyperliquid.market.PerpMeta;
import io.twinleg.wire.hyperliquid.market.SpotMeta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is traded here under the names and numbers of mainnet. A perp's number is its place in the
 * universe and a token's its place in the list, so the gaps are filled: with perps that are
 * delisted, and with tokens that no pair trades.
 */
final class Universe {
  static final String QUOTE = "USDC";
  private static final String QUOTE_TOKEN = "0x6d1e7cde53ba9467b783cb7c530ce054";
  private static final int QUOTE_DECIMALS = 8;
  private static final int FIRST_SPOT_ASSET = 10_000;

  private final Map<Long, Instrument> byAsset = new TreeMap<>();
  private final Map<String, Instrument> byCoin = new LinkedHashMap<>();
  private final Map<InstrumentId, Instrument> byId = new TreeMap<>();

  Universe(List<Instrument> instruments) {
    for (Instrument instrument : instruments) {
      byAsset.put((long) instrument.assetId(), instrument);
      byCoin.put(instrument.wireName(), instrument);
      byId.put(instrument.id(), instrument);
    }
  }

  Optional<Instrument> byAsset(long asset) {
    return Optional.ofNullable(byAsset.get(asset));
  }

  Optional<Instrument> byCoin(String coin) {
    return Optional.ofNullable(byCoin.get(coin));
  }

  Instrument get(InstrumentId id) {
    return Optional.ofNullable(byId.get(id)).orElseThrow();
  }

  boolean isPerp(InstrumentId id) {
    return get(id).leg() == Leg.PERP;
  }

  /** The spot market of a token, named with or without its id. */
  Optional<Instrument> spotOf(String token) {
    String name = token.contains(":") ? token.substring(0, token.indexOf(':')) : token;
    return of(Leg.SPOT).stream().filter(spot -> baseName(spot).equals(name)).findFirst();
  }

  List<Instrument> all() {
    return List.copyOf(byCoin.values());
  }

  /** In the order of their numbers. */
  List<Instrument> of(Leg leg) {
    return byAsset.values().stream().filter(instrument -> instrument.leg() == leg).toList();
  }

  /** Whether an asset's number is one of a spot pair, known or not. */
  static boolean isSpot(long asset) {
    return asset >= FIRST_SPOT_ASSET && asset < 2L * FIRST_SPOT_ASSET * 5;
  }

  // ---- perps

  PerpMeta perpMeta() {
    List<Instrument> perps = of(Leg.PERP);
    int size = perps.isEmpty() ? 0 : perps.getLast().assetId() + 1;
    List<PerpMeta.Asset> universe = new ArrayList<>();
    for (int asset = 0; asset < size; asset++) {
      universe.add(byAsset(asset).map(Universe::listed).orElse(gone(asset)));
    }
    return new PerpMeta(universe, List.of(), 0);
  }

  /** Numbers below 50 mean one tier with that leverage, and need no table. */
  private static PerpMeta.Asset listed(Instrument perp) {
    return new PerpMeta.Asset(
        perp.wireName(),
        perp.sizeDecimals(),
        perp.maxLeverage(),
        perp.maxLeverage(),
        perp.onlyIsolated(),
        false,
        Optional.empty());
  }

  private static PerpMeta.Asset gone(int asset) {
    return new PerpMeta.Asset("GONE" + asset, 0, 3, 3, false, true, Optional.empty());
  }

  // ---- spot

  SpotMeta spotMeta() {
    Map<Long, SpotMeta.Token> listed = new TreeMap<>();
    List<SpotMeta.Pair> pairs = new ArrayList<>();
    for (Instrument spot : of(Leg.SPOT)) {
      Base base = Base.of(baseName(spot));
      listed.put(base.index, token(base, spot.sizeDecimals()));
      int index = spot.assetId() - FIRST_SPOT_ASSET;
      pairs.add(new SpotMeta.Pair(spot.wireName(), base.index, 0, index, index == 0));
    }
    listed.put(
        0L,
        new SpotMeta.Token(
            QUOTE,
            QUOTE_DECIMALS,
            QUOTE_DECIMALS,
            0,
            QUOTE_TOKEN,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.of("0.0")));
    return new SpotMeta(dense(listed), pairs);
  }

  private static List<SpotMeta.Token> dense(Map<Long, SpotMeta.Token> listed) {
    List<SpotMeta.Token> tokens = new ArrayList<>();
    long last = listed.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    for (long index = 0; index <= last; index++) {
      tokens.add(Optional.ofNullable(listed.get(index)).orElse(untraded(index)));
    }
    return tokens;
  }

  private static SpotMeta.Token untraded(long index) {
    return new SpotMeta.Token(
        "UNTRADED" + index,
        2,
        QUOTE_DECIMALS,
        index,
        String.format("0x%032x", index),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.of("0.0"));
  }

  private static SpotMeta.Token token(Base base, int sizeDecimals) {
    return new SpotMeta.Token(
        base.name(),
        sizeDecimals,
        base.decimals,
        base.index,
        base.tokenId,
        base == Base.PURR,
        Optional.empty(),
        Optional.of(base.fullName).filter(name -> !name.isEmpty()),
        Optional.of("0.0"));
  }

  static String baseName(Instrument spot) {
    return spot.symbol().substring(0, spot.symbol().indexOf('/'));
  }

  static long tokenIndex(Instrument spot) {
    return Base.of(baseName(spot)).index;
  }

  static int tokenDecimals(Instrument spot) {
    return Base.of(baseName(spot)).decimals;
  }

  /** Whether this is how the venue names quote, with or without the token's id. */
  static boolean isQuote(String token) {
    return token.equals(QUOTE) || token.startsWith(QUOTE + ":");
  }

  /** Mainnet's tokens, as of its metadata of August 2025. */
  private enum Base {
    PURR(1, 5, "0xc1fb593aeffbeb02f85e0308e9956a90", ""),
    HYPE(150, 8, "0x0d01dc56dcaaca66ad901c959b4011ec", "Hyperliquid"),
    UBTC(197, 10, "0x8f254b963e8468305d409b33aa137c67", "Unit Bitcoin"),
    UETH(221, 9, "0xe1edd30daaf5caac3fe63569e24748da", "Unit Ethereum"),
    USOL(254, 8, "0x49b67c39f5566535de22b29b0e51e685", "Unit Solana"),
    UFART(269, 6, "0x7650808198966e4285687d3deb556ccc", "Unit Fartcoin"),
    UPUMP(299, 6, "0x544e60f98a36d7b22c0fb5824b84f795", "Unit Pump Fun");

    private final long index;
    private final int decimals;
    private final String tokenId;
    private final String fullName;

    Base(long index, int decimals, String tokenId, String fullName) {
      this.index = index;
      this.decimals = decimals;
      this.tokenId = tokenId;
      this.fullName = fullName;
    }

    static Base of(String name) {
      return Arrays.stream(values())
          .filter(base -> base.name().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  /** What an instrument is worth: a perp by its mark, a coin by the middle of its book. */
  static final class InstrumentValuation {
    private InstrumentValuation() {}

    static Optional<Price> mark(Exchange exchange, InstrumentId id) {
      return id.leg() == Leg.PERP ? exchange.mark(id) : mid(exchange.book(id));
    }

    static Optional<Price> mid(BookSnapshot book) {
      Optional<Price> bid = book.best(Side.BUY);
      Optional<Price> ask = book.best(Side.SELL);
      return bid.isPresent() && ask.isPresent()
          ? Optional.of(Price.mid(bid.get(), ask.get()))
          : Optional.empty();
    }
  }
}
