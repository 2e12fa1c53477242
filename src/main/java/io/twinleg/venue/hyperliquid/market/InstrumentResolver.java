package io.twinleg.venue.hyperliquid.market;

import io.twinleg.venue.DataClient.Pair;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;
import io.twinleg.venue.hyperliquid.market.ListedAssets.SpotPair;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds both legs by the names of the configuration. Spot names are not unique on this venue: any
 * user may launch a token called PUMP, so an ambiguous name is rejected until it is pinned.
 */
final class InstrumentResolver {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final String SEE = "; ./twinleg markets shows all there are";

  private final ListedAssets listed;

  InstrumentResolver(ListedAssets listed) {
    this.listed = listed;
  }

  Pair resolve(MarketSymbols symbols) {
    PerpCoin perp = perp(symbols);
    SpotPair spot = spot(symbols);
    if (!isPinned(symbols)) {
      rejectNamesake(spot, perp);
      rejectFalseUnit(spot, perp);
    }
    requireThousands(symbols);
    return new Pair(spot.instrument(symbols), perp.instrument(symbols), perp.delisted());
  }

  private PerpCoin perp(MarketSymbols symbols) {
    return listed.perps().stream()
        .filter(coin -> coin.name().equals(symbols.perp()))
        .findFirst()
        .orElseThrow(() -> unknownPerp(symbols.perp()));
  }

  private VenueException unknownPerp(String name) {
    String near =
        listed.perps().stream()
            .map(PerpCoin::name)
            .filter(other -> other.equalsIgnoreCase(name) || other.equals("k" + name))
            .findFirst()
            .map(other -> ", it lists it as \"" + other + "\"")
            .orElse("");
    return notFound("markets.perp is \"%s\": the venue has no such perp" + near + "%s", name);
  }

  private SpotPair spot(MarketSymbols symbols) {
    List<SpotPair> named =
        listed.spot().stream().filter(pair -> pair.symbol().equals(symbols.spot())).toList();
    List<SpotPair> candidates = named.stream().filter(pair -> matchesPin(pair, symbols)).toList();
    if (named.isEmpty()) {
      throw unknown(symbols);
    }
    if (candidates.isEmpty()) {
      throw failure(
          "markets.spot is \"%s\", which the venue lists as "
              + list(named)
              + ": none has the pinned spot_index or token_id%s",
          symbols.spot());
    }
    if (candidates.size() > 1) {
      throw failure(
          "markets.spot is \"%s\", and the venue lists that name more than once: "
              + list(candidates)
              + "; pin the one you mean with markets.spot_index or markets.token_id%s",
          symbols.spot());
    }
    return candidates.get(0);
  }

  private static boolean matchesPin(SpotPair pair, MarketSymbols symbols) {
    return symbols.spotIndex().filter(index -> index != pair.index()).isEmpty()
        && symbols.tokenId().filter(id -> !id.equalsIgnoreCase(pair.tokenId())).isEmpty();
  }

  private static boolean isPinned(MarketSymbols symbols) {
    return symbols.spotIndex().isPresent() || symbols.tokenId().isPresent();
  }

  private VenueException unknown(MarketSymbols symbols) {
    String bridged = "U" + symbols.spot();
    boolean isBridged = listed.spot().stream().anyMatch(pair -> pair.symbol().equals(bridged));
    return notFound(
        "markets.spot is \"%s\": the venue has no such pair"
            + (isBridged ? ", it lists it as \"" + bridged + "\"" : "")
            + "%s",
        symbols.spot());
  }

  /**
   * A token with the perp's name, while Unit's token of that coin is another one: the perp PUMP
   * follows UPUMP, not PUMP.
   */
  private void rejectNamesake(SpotPair spot, PerpCoin perp) {
    String bridged = "U" + coin(perp.name()) + "/" + spot.quote();
    boolean isNamesake =
        spot.base().equals(coin(perp.name()))
            && listed.spot().stream()
                .anyMatch(pair -> pair.symbol().equals(bridged) && pair.isUnit());
    if (isNamesake) {
      throw failure(
          "markets.spot is \"%s\", a token that only shares the name of the perp: the coin is \""
              + bridged
              + "\"; pin markets.token_id if you do mean this one%s",
          spot.symbol());
    }
  }

  /** Any user may also launch a token that looks like one of Unit's. */
  private static void rejectFalseUnit(SpotPair spot, PerpCoin perp) {
    if (spot.base().equals("U" + coin(perp.name())) && !spot.isUnit()) {
      throw failure(
          "markets.spot is \"%s\", which is not issued by Unit: pin markets.token_id ("
              + spot.tokenId()
              + ") if you do mean it%s",
          spot.symbol());
    }
  }

  /** One kBONK is a thousand BONK. */
  private static void requireThousands(MarketSymbols symbols) {
    if (isThousands(symbols.perp()) && symbols.unitMultiplier().compareTo(THOUSAND) != 0) {
      throw failure(
          "markets.perp is \"%s\", of which one is 1000 of the coin, and markets.unit_multiplier is"
              + " "
              + symbols.unitMultiplier().toPlainString()
              + ": set it to 1000%s",
          symbols.perp());
    }
  }

  private static boolean isThousands(String perp) {
    return perp.matches("k[A-Z].*");
  }

  private static String coin(String perp) {
    return isThousands(perp) ? perp.substring(1) : perp;
  }

  private static String list(List<SpotPair> pairs) {
    return pairs.stream()
        .map(pair -> "spot_index " + pair.index() + " with token_id " + pair.tokenId())
        .collect(Collectors.joining(", "));
  }

  /** Where a row could not be read, it may be the one that is looked for. */
  private VenueException notFound(String sentence, String name) {
    return new VenueException(sentence.formatted(name, SEE), !listed.isWhole());
  }

  private static VenueException failure(String sentence, String name) {
    return new VenueException(sentence.formatted(name, SEE), false);
  }
}
