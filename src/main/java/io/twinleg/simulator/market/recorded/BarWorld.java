package io.twinleg.simulator.market.recorded;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.history.BarQuotes;
import io.twinleg.history.Candle;
import io.twinleg.history.HistoryException;
import io.twinleg.history.RecordedSeries;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.WorldGateway;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A record seen once an hour: at each full hour both legs are quoted around the close of the bar
 * that has just ended, as deep as any order. Nothing is drawn: the same record is the same world,
 * and the screening tier can equal it.
 */
public final class BarWorld implements MarketModel {
  private static final Duration HOUR = Duration.ofHours(1);

  /** In USD: more than any order asks for. */
  private static final BigDecimal DEPTH = new BigDecimal("1000000000");

  private final List<RecordedSeries> series;
  private final Spreads spreads;
  private final Instant start;
  private final Instant end;
  private final Map<InstrumentId, RecordedSeries> byPerp = new TreeMap<>();
  private final Map<String, Instant> listed;
  private Instant next;

  /** Half-spread and impact of an order together, in hundredths of a percent. */
  public record Spreads(BigDecimal spotBps, BigDecimal perpBps) {}

  /**
   * @param from the first observation, a full hour with a bar of each leg behind it
   * @param until the last, the end of the record at the latest
   */
  public BarWorld(List<RecordedSeries> series, Spreads spreads, Instant from, Instant until) {
    this(series, Map.of(), spreads, from, until);
  }

  /**
   * @param listed when a market is first quoted, by its name; one without an entry is there from
   *     the first observation on
   */
  public BarWorld(
      List<RecordedSeries> series,
      Map<String, Instant> listed,
      Spreads spreads,
      Instant from,
      Instant until) {
    this.series = List.copyOf(series);
    this.listed = new TreeMap<>(listed);
    this.spreads = spreads;
    start = from.truncatedTo(ChronoUnit.HOURS);
    Instant recorded =
        series.stream().map(RecordedSeries::end).min(Instant::compareTo).orElseThrow();
    end = until.isBefore(recorded) ? until.truncatedTo(ChronoUnit.HOURS) : recorded;
    if (!start.isBefore(end) || !isObserved(start)) {
      throw new HistoryException(
          "the history holds no hours of %s from %s to %s; it begins at %s and ends at %s."
              .formatted(
                  series.stream().map(RecordedSeries::name).toList(),
                  start,
                  end,
                  series.stream()
                      .map(RecordedSeries::firstPrices)
                      .max(Instant::compareTo)
                      .orElseThrow()
                      .plus(HOUR),
                  recorded));
    }
    next = start;
    series.forEach(each -> byPerp.put(each.perpLeg().id(), each));
  }

  private boolean isObserved(Instant hour) {
    return series.stream()
        .filter(each -> isListed(each, hour))
        .allMatch(each -> each.hasPrices(hour.minus(HOUR)));
  }

  private boolean isListed(RecordedSeries each, Instant hour) {
    Instant first = listed.get(each.name());
    return first == null || !hour.isBefore(first);
  }

  @Override
  public List<String> assumptions() {
    return List.of(
        "One observation an hour: the close of the bar that has ended; what is decided on it is"
            + " filled on a later one, at the far side of its quote.",
        "Both legs take: half-spread and impact are %s bps on spot and %s bps on the perp, at any"
                .formatted(spreads.spotBps(), spreads.perpBps())
            + " size; nothing rests, so no queue is modelled.",
        "An hour without both candles is no observation: nothing is decided and nothing fills.",
        "The oracle is not recorded: funding is paid on the perp's close of the hour before.",
        "Nothing an account does moves a recorded price.");
  }

  @Override
  public Instant start() {
    return start;
  }

  /** The last observation. */
  public Instant end() {
    return end;
  }

  @Override
  public Optional<Duration> observedEvery() {
    return Optional.of(HOUR);
  }

  @Override
  public List<FundingHour> historyBeforeStart(InstrumentId perp, int hours) {
    RecordedSeries recorded = byPerp.get(perp);
    return recorded == null ? List.of() : recorded.funding().window(start, hours);
  }

  @Override
  public Optional<Instant> nextMove() {
    return next.isAfter(end) ? Optional.empty() : Optional.of(next);
  }

  @Override
  public void move(WorldGateway gateway) {
    Instant bar = next.minus(HOUR);
    for (RecordedSeries each : series) {
      if (!isListed(each, next)) {
        continue;
      }
      Price spot = each.spot().at(bar).orElseThrow().close();
      Price perp = each.perp().at(bar).orElseThrow().close();
      gateway.oracle(each.perpLeg(), perp);
      gateway.quote(each.spotLeg(), book(BarQuotes.of(each.spotLeg(), spreads.spotBps()), spot));
      gateway.quote(each.perpLeg(), book(BarQuotes.of(each.perpLeg(), spreads.perpBps()), perp));
    }
    do {
      next = next.plus(HOUR);
    } while (!next.isAfter(end) && !isObserved(next));
  }

  private static BookSnapshot book(BarQuotes quotes, Price close) {
    Quantity depth =
        quotes.instrument().floor(new Quantity(DEPTH.divide(close.value(), 0, RoundingMode.UP)));
    return new BookSnapshot(
        List.of(new PriceLevel(quotes.bid(close), depth)),
        List.of(new PriceLevel(quotes.ask(close), depth)));
  }

  @Override
  public Settlement settlement(InstrumentId perp, Instant hour) {
    return Optional.ofNullable(byPerp.get(perp))
        .flatMap(recorded -> recorded.funding().at(hour))
        .<Settlement>map(Settlement.Prescribed::new)
        .orElseGet(Settlement.Missing::new);
  }

  /** The newest settled rate: the record has no estimate of the next. */
  @Override
  public Optional<Rate> runningEstimate(InstrumentId perp, Instant now) {
    return Optional.ofNullable(byPerp.get(perp))
        .flatMap(recorded -> recorded.funding().newest(now))
        .map(FundingHour::rate);
  }

  /** The middle of a leg at an observation: the close that its quotes stand around. */
  public Optional<Price> middle(InstrumentId instrument, Instant hour) {
    boolean ofPerp = instrument.leg() == Leg.PERP;
    return Optional.ofNullable(byPerp.get(InstrumentId.perp(instrument.market())))
        .flatMap(each -> (ofPerp ? each.perp() : each.spot()).at(hour.minus(HOUR)))
        .map(Candle::close);
  }
}
