package io.twinleg.venue.hyperliquid.market;

import io.twinleg.venue.VenueException;
import io.twinleg.venue.transport.HttpTransport;
import io.twinleg.venue.transport.RateLimiter;
import io.twinleg.venue.transport.RetryPolicy;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.hyperliquid.LenientJson;
import io.twinleg.wire.hyperliquid.market.CandleRow;
import io.twinleg.wire.hyperliquid.market.ExchangeStatus;
import io.twinleg.wire.hyperliquid.market.HyperliquidFundingRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The settled funding and the hourly candles of Hyperliquid, page by page, within its weight. It
 * blocks until there is weight for the next page.
 */
public final class HistoryClient implements AutoCloseable {
  private static final String HOURLY = "1h";
  private static final int WEIGHT_PER_MINUTE = 1200;
  private static final int FUNDING_ROWS_A_WEIGHT = 20;
  private static final int CANDLES_A_WEIGHT = 60;

  /** What the heaviest page may weigh. */
  private static final int PAGE_WEIGHT = 120;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A candle begins before the time that is asked for, and the clock goes on while pages come. */
  private static final Duration TOLERANCE = Duration.ofDays(1);

  private final HttpTransport http;
  private final RateLimiter budget = new RateLimiter(WEIGHT_PER_MINUTE, 0, System::nanoTime);
  private final InfoClient info;
  private final boolean insists;

  /** An answer that cannot be read is requested again before it is an error. */
  public HistoryClient(String baseUrl) {
    this(baseUrl, true);
  }

  HistoryClient(String baseUrl, boolean insists) {
    http = new HttpTransport(baseUrl);
    info = new InfoClient(http, budget, RetryPolicy.standard());
    this.insists = insists;
  }

  /**
   * Once there is weight for it. Where the venue's limit was reached by others of this address, it
   * is requested once more after its window.
   */
  <T> T request(ObjectNode request, Function<JsonNode, T> reader) {
    awaitWeight();
    try {
      return requestNow(request, reader);
    } catch (VenueException failure) {
      if (budget.remaining() > 0) {
        throw failure;
      }
    }
    awaitWeight();
    return requestNow(request, reader);
  }

  private <T> T requestNow(ObjectNode request, Function<JsonNode, T> reader) {
    return insists ? info.request(request, reader) : info.requestAnswered(request, reader);
  }

  /** The venue's own clock: what has ended by it is final. */
  public Instant now() {
    ExchangeStatus status = request(Requests.of("exchangeStatus"), ExchangeStatus::read);
    status.speed().ifPresent(speed -> budget.scaleWindow(BigDecimal.valueOf(speed)));
    return Instant.ofEpochMilli(status.time());
  }

  public ListedAssets listed() {
    return ListedAssets.request(info);
  }

  /**
   * Oldest first, at most a page; none behind the last.
   *
   * @param now the venue's: no row can be later
   */
  public List<HyperliquidFundingRow> funding(String perp, Instant from, Instant now) {
    List<HyperliquidFundingRow> rows =
        request(
            Requests.fundingHistory(perp, from),
            list -> {
              List<HyperliquidFundingRow> read = HyperliquidFundingRow.list(list, perp);
              read.forEach(row -> requireWithin("time", row.time(), from, now));
              return read;
            });
    budget.consume(rows.size() / FUNDING_ROWS_A_WEIGHT);
    return rows;
  }

  /** Oldest first; the venue has no more than the newest 5000. */
  public List<CandleRow> candles(String wireName, Instant from, Instant until) {
    ObjectNode request = Requests.of("candleSnapshot");
    request
        .putObject("req")
        .put("coin", wireName)
        .put("interval", HOURLY)
        .put("startTime", from.toEpochMilli())
        .put("endTime", until.toEpochMilli());
    List<CandleRow> rows =
        request(
            request,
            list -> {
              List<CandleRow> read = LenientJson.list(list, CandleRow::read);
              read.forEach(row -> require("s", row.coin(), wireName));
              read.forEach(row -> require("i", row.interval(), HOURLY));
              read.forEach(row -> requireWithin("t", row.openTime(), from, until));
              return read;
            });
    budget.consume(rows.size() / CANDLES_A_WEIGHT);
    return rows;
  }

  /** The answer to another question is none to this one. */
  static void require(String field, String found, String expected) {
    if (!found.equals(expected)) {
      throw MalformedMessage.schema("%s is %s, expected %s".formatted(field, found, expected));
    }
  }

  /** In seconds or microseconds it would be the row of another age, and no row at all of this. */
  private static void requireWithin(String field, long found, Instant from, Instant until) {
    if (found < from.minus(TOLERANCE).toEpochMilli()
        || found > until.plus(TOLERANCE).toEpochMilli()) {
      throw MalformedMessage.schema(
          "%s is %d, expected milliseconds from %d to %d"
              .formatted(field, found, from.toEpochMilli(), until.toEpochMilli()));
    }
  }

  private void awaitWeight() {
    while (budget.remaining() < PAGE_WEIGHT) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new VenueException("interrupted while waiting for the venue's weight limit", true);
      }
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
