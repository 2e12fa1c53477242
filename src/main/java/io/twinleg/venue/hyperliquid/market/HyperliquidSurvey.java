package io.twinleg.venue.hyperliquid.market;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Rate;
import io.twinleg.venue.MarketSurvey;
import io.twinleg.venue.hyperliquid.market.ListedAssets.PerpCoin;
import io.twinleg.venue.hyperliquid.market.ListedAssets.SpotPair;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.LenientJson;
import io.twinleg.wire.hyperliquid.market.CandleRow;
import io.twinleg.wire.hyperliquid.market.HyperliquidFundingRow;
import io.twinleg.wire.hyperliquid.market.L2Book;
import io.twinleg.wire.hyperliquid.market.ListedPerp;
import io.twinleg.wire.hyperliquid.market.PerpContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Hyperliquid's public figures, for a scan. */
public final class HyperliquidSurvey implements MarketSurvey {
  private static final Duration HOUR = Duration.ofHours(1);

  /** No rate of an hour is beyond it: the venue's own cap. */
  private static final BigDecimal RATE_CAP = new BigDecimal("0.04");

  /** A book that is older than the scan by so much is of another time. */
  private static final Duration STALE = Duration.ofMinutes(1);

  private final HistoryClient client;
  private final Instant now;

  private HyperliquidSurvey(HistoryClient client, Instant now) {
    this.client = client;
    this.now = now;
  }

  /**
   * @throws io.twinleg.venue.VenueException with a sentence when the venue cannot be reached
   */
  public static HyperliquidSurvey open(String baseUrl) {
    HistoryClient client = new HistoryClient(baseUrl, false);
    try {
      return new HyperliquidSurvey(client, client.now());
    } catch (RuntimeException failure) {
      client.close();
      throw failure;
    }
  }

  @Override
  public Instant now() {
    return now;
  }

  // ---- what is listed

  @Override
  public List<SurveyedPerp> perps() {
    List<ListedPerp> perps = client.request(Requests.of("metaAndAssetCtxs"), ListedPerp::readEach);
    JsonNode spot = client.request(Requests.of("spotMetaAndAssetCtxs"), body -> body);
    List<SpotPair> pairs = ListedAssets.spot(spot.path(0));
    Map<String, JsonNode> contexts = new HashMap<>();
    spot.path(1)
        .forEach(context ->
            LenientJson.optionalText(context, "coin")
                .ifPresent(coin -> contexts.putIfAbsent(coin, context)));
    Set<String> capped = capped();
    Set<String> names = new HashSet<>();
    Set<String> twice = new HashSet<>();
    perps.stream().map(ListedPerp::name).filter(name -> !names.add(name)).forEach(twice::add);
    List<SurveyedPerp> surveyed = new ArrayList<>();
    for (ListedPerp perp : perps) {
      surveyed.add(
          twice.contains(perp.name())
              ? SurveyedPerp.unreadable(perp.name(), "its name is there twice")
              : surveyed(perp, pairs, contexts, capped));
    }
    return surveyed;
  }

  /** Null where the venue does not say. */
  private @Nullable Set<String> capped() {
    try {
      return Set.copyOf(
          client.request(
              Requests.of("perpsAtOpenInterestCap"),
              list -> LenientJson.list(list, LenientJson::text)));
    } catch (MalformedMessage unreadable) {
      return null;
    }
  }

  private static SurveyedPerp surveyed(
      ListedPerp listed,
      List<SpotPair> pairs,
      Map<String, JsonNode> contexts,
      @Nullable Set<String> capped) {
    var asset = listed.asset();
    PerpContext context = listed.context();
    if (asset == null || context == null) {
      return SurveyedPerp.unreadable(listed.name(), listed.unreadable());
    }
    PerpCoin perp = ListedAssets.perp(asset, listed.index());
    if (perp.delisted()) {
      return new SurveyedPerp(perp.name(), null, null, "it is delisted");
    }
    try {
      Figures figures = figures(perp, context, capped);
      List<SpotPair> coins = HedgeableMarkets.coins(perp, pairs);
      if (coins.size() != 1) {
        return new SurveyedPerp(
            perp.name(),
            figures,
            null,
            coins.isEmpty() ? "no spot token of it is listed" : HedgeableMarkets.ambiguous(coins));
      }
      SpotPair coin = coins.getFirst();
      Optional<Hedge> hedge = hedge(perp, coin, contexts.get(coin.wireName()));
      String refused =
          hedge.isEmpty()
              ? "its token " + coin.symbol() + " has no price"
              : perp.onlyIsolated()
                  ? "its margin is isolated: no collateral of the account carries it"
                  : "";
      return new SurveyedPerp(perp.name(), figures, hedge.orElse(null), refused);
    } catch (MalformedMessage malformed) {
      return SurveyedPerp.unreadable(perp.name(), malformed.detail());
    }
  }

  private static Figures figures(PerpCoin perp, PerpContext context, @Nullable Set<String> capped) {
    BigDecimal mark = context.markPrice();
    if (mark.signum() <= 0) {
      throw MalformedMessage.schema("markPx is " + mark.toPlainString());
    }
    return new Figures(
        perp.maxLeverage(),
        mark,
        rate("funding", context.funding()),
        notNegative("openInterest", context.openInterest()).multiply(mark),
        notNegative("dayNtlVlm", context.dayNotionalVolume()),
        capped == null ? null : capped.contains(perp.name()));
  }

  private static Optional<Hedge> hedge(PerpCoin perp, SpotPair coin, @Nullable JsonNode context) {
    if (context == null) {
      return Optional.empty();
    }
    return LenientJson.optionalDecimal(context, "midPx")
        .or(() -> LenientJson.optionalDecimal(context, "markPx"))
        .filter(price -> price.signum() > 0)
        .map(price ->
            new Hedge(
                coin.symbol(),
                coin.wireName(),
                price.multiply(HedgeableMarkets.multiplier(perp)),
                LenientJson.optionalDecimal(context, "dayNtlVlm")
                    .map(volume -> notNegative("dayNtlVlm", volume))
                    .orElse(null)));
  }

  private static BigDecimal notNegative(String field, BigDecimal value) {
    if (value.signum() < 0) {
      throw MalformedMessage.schema(field + " is " + value.toPlainString());
    }
    return value;
  }

  private static BigDecimal rate(String field, BigDecimal value) {
    if (value.abs().compareTo(RATE_CAP) > 0) {
      throw MalformedMessage.schema(
          "%s is %s, beyond %s an hour".formatted(field, value.toPlainString(), RATE_CAP));
    }
    return value;
  }

  // ---- one market

  @Override
  public List<FundingHour> rates(String perp, Instant from) {
    List<FundingHour> hours = new ArrayList<>();
    Instant next = from;
    boolean more = true;
    while (more) {
      Instant begun = next;
      for (HyperliquidFundingRow row : client.funding(perp, next, now)) {
        Instant time = Instant.ofEpochMilli(row.time());
        Instant hour = time.truncatedTo(ChronoUnit.HOURS);
        if (!hours.isEmpty() && !hour.isAfter(hours.getLast().hour())) {
          throw MalformedMessage.schema("time is " + time + ", behind a later row");
        }
        hours.add(new FundingHour(hour, Rate.hourly(rate("fundingRate", row.rate()))));
        next = time.plusMillis(1);
      }
      more = next.isAfter(begun) && next.isBefore(now.truncatedTo(ChronoUnit.HOURS));
    }
    return hours;
  }

  @Override
  public List<BigDecimal> closes(String perp, Instant from) {
    List<BigDecimal> closes = new ArrayList<>();
    Instant last = Instant.MIN;
    for (CandleRow row : client.candles(perp, from, now)) {
      Instant open = Instant.ofEpochMilli(row.openTime());
      if (!open.isAfter(last)) {
        throw MalformedMessage.schema("t is " + open + ", behind a later row");
      }
      if (row.close().signum() <= 0) {
        throw MalformedMessage.schema("c is " + row.close().toPlainString());
      }
      last = open;
      if (!open.plus(HOUR).isAfter(now)) {
        closes.add(row.close());
      }
    }
    return closes;
  }

  @Override
  public BookSnapshot spotBook(String wireName) {
    return book(wireName);
  }

  @Override
  public BookSnapshot perpBook(String perp) {
    return book(perp);
  }

  private BookSnapshot book(String coin) {
    L2Book book = client.request(Requests.ofCoin("l2Book", coin), L2Book::read);
    HistoryClient.require("coin", book.coin(), coin);
    Instant time = Instant.ofEpochMilli(book.time());
    if (time.isBefore(now.minus(STALE))) {
      throw MalformedMessage.schema("its book is of " + time);
    }
    return new BookSnapshot(BookFeed.levels(book.bids()), BookFeed.levels(book.asks()));
  }

  @Override
  public void close() {
    client.close();
  }
}
