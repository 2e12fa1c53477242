package io.twinleg.simulator.market.recorded;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Rate;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryException;
import io.twinleg.history.RecordedSeries;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.WorldGateway;
import io.twinleg.simulator.market.synthetic.FlowProfile;
import io.twinleg.simulator.market.synthetic.SyntheticPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The world as it was recorded: funding as it settled, prices as they traded, and between them what
 * the record does not hold, stated in {@link #assumptions}.
 *
 * <p>Recorded prices are handed on as they are. The prints of a spot launch lie 90 % off the perp;
 * quoting around the perp instead would invent a market that was not there, so the default start
 * comes after them, and who starts earlier meets the same gate as live.
 */
public final class RecordedWorld implements MarketModel {
  private final long seed;
  private final Instant start;
  private final transient List<RecordedSeries> tapes;
  private final transient Map<InstrumentId, RecordedSeries> byPerp = new TreeMap<>();
  private final List<SyntheticPair> markets;

  /**
   * A pair of instruments and the names of their recordings.
   *
   * @param spotCoin of the token that is the perp's asset: UBTC for BTC, HYPE for HYPE
   */
  public record Market(Instrument spot, String spotCoin, Instrument perp, String perpCoin) {
    public Market {
      if (!spot.id().equals(perp.id().other())) {
        throw new IllegalArgumentException(
            spot.id() + " and " + perp.id() + " are no market's legs");
      }
    }

    public RecordedSeries read(HistoryArchive archive) {
      return RecordedSeries.read(archive, spot, spotCoin, perp, perpCoin);
    }
  }

  private RecordedWorld(List<RecordedSeries> tapes, long seed, Instant start) {
    this.seed = seed;
    this.start = start;
    this.tapes = tapes;
    Instant end = end(tapes);
    markets =
        tapes.stream()
            .map(tape ->
                SyntheticPair.of(
                    seed,
                    new RecordedPath(seed, tape, start, end),
                    tape.spotLeg(),
                    tape.perpLeg(),
                    FlowProfile.RECORDED))
            .toList();
    tapes.forEach(tape -> byPerp.put(tape.perpLeg().id(), tape));
  }

  /**
   * From the first hour at which every market has all three recordings, {@code signalHours} of
   * funding behind it (5 % may be missing), and its spot within 5 % of its perp for the next 72 h,
   * at the open, the high, the low and the close of each.
   */
  public static RecordedWorld fromFirstSignal(
      HistoryArchive archive, List<Market> markets, long seed, int signalHours) {
    List<RecordedSeries> tapes = read(archive, markets);
    Instant start = Instant.MIN;
    for (RecordedSeries tape : tapes) {
      Instant first =
          tape.firstStart(signalHours).orElseThrow(() -> noStart(archive, tape, signalHours));
      start = first.isAfter(start) ? first : start;
    }
    checkStart(archive, tapes, start);
    return new RecordedWorld(tapes, seed, start);
  }

  /** From the full hour at or before {@code from}, signal or not. */
  public static RecordedWorld from(
      HistoryArchive archive, List<Market> markets, long seed, Instant from) {
    List<RecordedSeries> tapes = read(archive, markets);
    Instant start = from.truncatedTo(ChronoUnit.HOURS);
    checkStart(archive, tapes, start);
    return new RecordedWorld(tapes, seed, start);
  }

  /** The same, not yet moved, with these markets first where two act at one instant. */
  public RecordedWorld inOrder(List<MarketId> first) {
    return new RecordedWorld(
        MarketId.inOrder(tapes, tape -> tape.perpLeg().id().market(), first), seed, start);
  }

  private static List<RecordedSeries> read(HistoryArchive archive, List<Market> markets) {
    if (markets.isEmpty()) {
      throw new IllegalArgumentException("a recorded world needs at least one market");
    }
    return markets.stream().map(market -> market.read(archive)).toList();
  }

  /** Prices must be known when the exchange opens; later they may be missing. */
  private static void checkStart(
      HistoryArchive archive, List<RecordedSeries> tapes, Instant start) {
    for (RecordedSeries tape : tapes) {
      if (!start.isBefore(end(tapes)) || !tape.hasPrices(start)) {
        throw new HistoryException(
            "%s holds no spot and perp price of %s at %s; it can start between %s and %s."
                .formatted(archive.folder(), tape.name(), start, tape.firstPrices(), end(tapes)));
      }
    }
  }

  private static HistoryException noStart(HistoryArchive archive, RecordedSeries tape, int hours) {
    return new HistoryException(
        "%s holds no hour of %s with funding, perp and spot prices and %d hours of funding before it."
            .formatted(archive.folder(), tape.name(), hours));
  }

  private static Instant end(List<RecordedSeries> tapes) {
    return tapes.stream().map(RecordedSeries::end).min(Instant::compareTo).orElseThrow();
  }

  @Override
  public List<String> assumptions() {
    return List.of(
        "Prices are recorded hourly; within an hour the perp goes from its open to low and high, in"
            + " an order drawn from the seed, to its close, in thirty steps; the spot stands off it"
            + " by a basis that goes in a line from one close's to the next's.",
        "An hour without both candles leaves both prices where they were; a missing funding hour"
            + " pays nothing and is no rate.",
        "All that one instant changed is published at once: no price is judged against another of"
            + " an earlier instant.",
        "Spreads and depths are not recorded: the perp is quoted 2 bps wide with about 20 000 USD"
            + " over five levels a side, spot 4 bps wide with about 8 000 USD; both are whole again"
            + " two minutes after a trade.",
        "The oracle is not recorded: funding is paid on the perp's own price.",
        "The venue's running estimate is not recorded: the signal averages settled rates only, and"
            + " the last of them is the forecast's start.",
        "An order at the top of a book is seen within 40 s and taken in parts, 2 to 20 s apart; one"
            + " in six waits 30 s longer.",
        "One bite in six is a sweep: for up to 2.5 s the bids (for a sale, the asks) of both books"
            + " stand 50 to 100 bps back.",
        "A price does not pass an account's order for up to 10 s, in which takers reach it first.",
        "Off-market prints are left in; the default start comes after those of the spot launch.",
        "Nothing an account does moves a recorded price, and the world ends with its shortest"
            + " recording.");
  }

  @Override
  public Optional<Duration> observedEvery() {
    return Optional.of(Duration.ofMinutes(1));
  }

  @Override
  public Instant start() {
    return start;
  }

  /** The instant at which the world ends, at the latest. */
  public Instant end() {
    return end(tapes);
  }

  @Override
  public List<FundingHour> historyBeforeStart(InstrumentId perp, int hours) {
    RecordedSeries tape = byPerp.get(perp);
    return tape == null ? List.of() : tape.funding().window(start, hours);
  }

  @Override
  public Optional<Instant> nextMove() {
    return SyntheticPair.nextMove(markets);
  }

  @Override
  public void move(WorldGateway gateway) {
    SyntheticPair.moveNext(markets, gateway);
  }

  @Override
  public Settlement settlement(InstrumentId perp, Instant hour) {
    return Optional.ofNullable(byPerp.get(perp))
        .flatMap(tape -> tape.funding().at(hour))
        .<Settlement>map(Settlement.Prescribed::new)
        .orElseGet(Settlement.Missing::new);
  }

  /** The newest settled rate: the one that will settle is not known yet, here as there. */
  @Override
  public Optional<Rate> runningEstimate(InstrumentId perp, Instant now) {
    return Optional.ofNullable(byPerp.get(perp))
        .flatMap(tape -> tape.funding().newest(now))
        .map(FundingHour::rate);
  }
}
