package io.twinleg.venue.hyperliquid.market;

import io.twinleg.venue.hyperliquid.market.ListedAssets.SpotPair;

import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;

import io.twinleg.venue.DataClient.Pair;
import io.twinleg.venue.MarketSymbols;
import io.twinleg.venue.VenueException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds both legs by the names of the configuration. Spot names are not unique on this venue:
 * anybody may launch a token called PUMP, so a name that could mean two things means nothing until
 * it is pinned.
 */
final class InstrumentResolver {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final String SEE = "; ./twinleg markets shows all there are";

  private final ListedAssets listed;

  InstrumentResolver(ListedAssets listed) {
    this.listed = listed;
  }

  Pair resolve(MarketSymbols names) {
    PerpCoin perp = perp(names);
    SpotPair spot = spot(names);
    if (!isPinned(names)) {
      refuseNamesake(spot, perp);
      refuseFalseUnit(spot, perp);
    }
    requireThousands(names);
    return new Pair(spot.instrument(names), perp.instrument(names));
  }

  private PerpCoin perp(MarketSymbols names) {
    PerpCoin found =
        listed.perps().stream()
            .filter(coin -> coin.name().equals(names.perp()))
            .findFirst()
            .orElseThrow(() -> unknownPerp(names.perp()));
    if (found.delisted()) {
      throw fault("markets.perp is \"%s\": the venue has delisted it%s", names.perp());
    }
    return found;
  }

  private VenueException unknownPerp(String name) {
    String near =
        listed.perps().stream()
            .map(PerpCoin::name)
            .filter(other -> other.equalsIgnoreCase(name) || other.equals("k" + name))
            .findFirst()
            .map(other -> ", it calls it \"" + other + "\"")
            .orElse("");
    return fault("markets.perp is \"%s\": the venue has no such perp" + near + "%s", name);
  }

  private SpotPair spot(MarketSymbols names) {
    List<SpotPair> named =
        listed.spot().stream().filter(pair -> pair.symbol().equals(names.spot())).toList();
    List<SpotPair> meant = named.stream().filter(pair -> isMeant(pair, names)).toList();
    if (named.isEmpty()) {
      throw unknown(names);
    }
    if (meant.isEmpty()) {
      throw fault(
          "markets.spot is \"%s\", which the venue lists as "
              + list(named)
              + ": none has the pinned spot_index or token_id%s",
          names.spot());
    }
    if (meant.size() > 1) {
      throw fault(
          "markets.spot is \"%s\", and the venue lists that name more than once: "
              + list(meant)
              + "; pin the one you mean with markets.spot_index or markets.token_id%s",
          names.spot());
    }
    return meant.get(0);
  }

  private static boolean isMeant(SpotPair pair, MarketSymbols names) {
    return names.spotIndex().filter(index -> index != pair.index()).isEmpty()
        && names.tokenId().filter(id -> !id.equalsIgnoreCase(pair.tokenId())).isEmpty();
  }

  private static boolean isPinned(MarketSymbols names) {
    return names.spotIndex().isPresent() || names.tokenId().isPresent();
  }

  private VenueException unknown(MarketSymbols names) {
    String bridged = "U" + names.spot();
    boolean isBridged = listed.spot().stream().anyMatch(pair -> pair.symbol().equals(bridged));
    return fault(
        "markets.spot is \"%s\": the venue has no such pair"
            + (isBridged ? ", it calls it \"" + bridged + "\"" : "")
            + "%s",
        names.spot());
  }

  /**
   * A token that has the perp's name while Unit's token of that coin is another one: PUMP is not
   * what the perp PUMP is about, UPUMP is.
   */
  private void refuseNamesake(SpotPair spot, PerpCoin perp) {
    String bridged = "U" + coin(perp.name()) + "/" + spot.quote();
    boolean isNamesake =
        spot.base().equals(coin(perp.name()))
            && listed.spot().stream()
                .anyMatch(pair -> pair.symbol().equals(bridged) && pair.isUnit());
    if (isNamesake) {
      throw fault(
          "markets.spot is \"%s\", a token that only shares the name of the perp: the coin is \""
              + bridged
              + "\"; pin markets.token_id if you do mean this one%s",
          spot.symbol());
    }
  }

  /** Anybody may also launch a token that looks like one of Unit's. */
  private static void refuseFalseUnit(SpotPair spot, PerpCoin perp) {
    if (spot.base().equals("U" + coin(perp.name())) && !spot.isUnit()) {
      throw fault(
          "markets.spot is \"%s\", which is not issued by Unit: pin markets.token_id ("
              + spot.tokenId()
              + ") if you do mean it%s",
          spot.symbol());
    }
  }

  /** One kBONK is a thousand BONK. */
  private static void requireThousands(MarketSymbols names) {
    if (isThousands(names.perp()) && names.unitMultiplier().compareTo(THOUSAND) != 0) {
      throw fault(
          "markets.perp is \"%s\", of which one is 1000 of the coin, and markets.unit_multiplier is"
              + " "
              + names.unitMultiplier().toPlainString()
              + ": set it to 1000%s",
          names.perp());
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

  private static VenueException fault(String sentence, String name) {
    return new VenueException(sentence.formatted(name, SEE), false);
  }
}
