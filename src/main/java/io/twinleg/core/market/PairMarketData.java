package io.twinleg.core.market;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one market: both books, the perp's prices and funding, and which feeds are
 * silent. Changed only by {@link MarketDataCache}; all others read.
 */
public final class PairMarketData {
  private final Instrument spot;
  private final Instrument perp;
  private final FundingHistory funding;
  private final AverageBasis basisMean = new AverageBasis();
  private final WorstRise worstRise = new WorstRise();
  private BookSnapshot spotBook = BookSnapshot.EMPTY;
  private BookSnapshot perpBook = BookSnapshot.EMPTY;
  private Optional<Price> mark = Optional.empty();
  private Optional<Price> oracle = Optional.empty();
  private Optional<Rate> runningRate = Optional.empty();
  private Optional<Price> spotMid = Optional.empty();
  private Optional<Price> perpMid = Optional.empty();
  private Optional<BigDecimal> midBasis = Optional.empty();
  private Instant spotBookTime = Instant.MIN;
  private Instant perpBookTime = Instant.MIN;
  private Instant spotBookReceived = Instant.MIN;
  private Instant perpBookReceived = Instant.MIN;
  private @Nullable Valued lastSpot;
  private @Nullable Valued lastPerp;
  private long version;
  private boolean spotBookSilent;
  private boolean perpBookSilent;
  private boolean spotFallback;
  private boolean perpFallback;
  private boolean fundingSilent;
  private boolean observed;
  private boolean fillsEarlierOrders;
  private boolean halted;
  private boolean delisted;

  /** A price that a leg was valued at, and when. It decides nothing: it values what is held. */
  public record Valued(Price price, Instant at) {}

  PairMarketData(Instrument spot, Instrument perp, FundingHistory funding) {
    this.spot = spot;
    this.perp = perp;
    this.funding = funding;
  }

  public Instrument instrument(Leg leg) {
    return leg == Leg.SPOT ? spot : perp;
  }

  public BookSnapshot book(Leg leg) {
    return leg == Leg.SPOT ? spotBook : perpBook;
  }

  /** When the venue's book stood so, by the venue's clock. */
  public Instant bookTime(Leg leg) {
    return leg == Leg.SPOT ? spotBookTime : perpBookTime;
  }

  /** When that book came, by our clock. */
  public Instant bookReceived(Leg leg) {
    return leg == Leg.SPOT ? spotBookReceived : perpBookReceived;
  }

  /**
   * The last value of a leg, however old: during an outage a figure in money keeps it and says its
   * age. Empty where none was ever known.
   */
  public Optional<Valued> lastValue(Leg leg) {
    return Optional.ofNullable(leg == Leg.SPOT ? lastSpot : lastPerp);
  }

  /** The value of a leg now or, where there is none, the last one: what figures in money use. */
  public Optional<Price> knownValue(Leg leg) {
    return (leg == Leg.SPOT ? spotValue() : perpValue())
        .or(() -> lastValue(leg).map(Valued::price));
  }

  public FundingHistory funding() {
    return funding;
  }

  /** Whether it comes in whole observations, without a running estimate of the rate. */
  public boolean isObserved() {
    return observed;
  }

  /** Whether its newest observation is one at whose quotes earlier orders are filled. */
  public boolean fillsEarlierOrders() {
    return fillsEarlierOrders;
  }

  /** The venue's estimate; of an observed market the newest settled rate. */
  public Optional<Rate> runningRate() {
    return fundingSilent ? Optional.empty() : runningRate;
  }

  public Optional<Price> oracle() {
    return oracle;
  }

  public boolean isHalted() {
    return halted;
  }

  public boolean isDelisted() {
    return delisted;
  }

  /** A valid mid of a book that is not silent. */
  public Optional<Price> mid(Leg leg) {
    if (isBookSilent(leg)) {
      return Optional.empty();
    }
    return leg == Leg.SPOT ? spotMid : perpMid;
  }

  public boolean isBookSilent(Leg leg) {
    return leg == Leg.SPOT ? spotBookSilent : perpBookSilent;
  }

  /** What stands in the way of trusting this market's data, in a word; empty when nothing does. */
  public Optional<String> staleness() {
    if (mid(Leg.SPOT).isEmpty()) {
      return Optional.of("spot_book");
    }
    if (mid(Leg.PERP).isEmpty()) {
      return Optional.of("perp_book");
    }
    return fundingSilent || runningRate.isEmpty() ? Optional.of("funding") : Optional.empty();
  }

  /**
   * The price that the perp is valued at: its mark, else the mid of its book. A delisted perp has
   * neither at last, and what it was settled at is what the coin is worth.
   */
  public Optional<Price> perpValue() {
    Optional<Price> quoted = mark.isPresent() ? mark : mid(Leg.PERP);
    return quoted.isPresent() || !delisted
        ? quoted
        : mid(Leg.SPOT).map(spot -> Price.reference(spot.value().multiply(multiplier())));
  }

  /**
   * The price that the spot is valued at: its mid, held within 1 % of the perp's mark, so that a
   * broken spot book moves no equity (specification 1.9).
   */
  public Optional<Price> spotValue() {
    return mid(Leg.SPOT).map(mid -> mark.map(near -> clamp(mid, near)).orElse(mid));
  }

  private Price clamp(Price mid, Price perpMark) {
    // nothing is divided for a mid well within of a coin that trades by the piece
    if (multiplier().compareTo(BigDecimal.ONE) == 0
        && Math.abs(mid.e8() - perpMark.e8()) <= perpMark.e8() / 100) {
      return mid;
    }
    BigDecimal anchor = perpMark.value().divide(multiplier(), MathContext.DECIMAL64);
    BigDecimal band = anchor.movePointLeft(2);
    BigDecimal held = mid.value().max(anchor.subtract(band)).min(anchor.add(band));
    return Price.reference(held);
  }

  public BigDecimal multiplier() {
    return perp.unitMultiplier();
  }

  /** perp over spot × multiplier, less one; of the mids. */
  public Optional<BigDecimal> midBasis() {
    return spotBookSilent || perpBookSilent ? Optional.empty() : midBasis;
  }

  /** The mean of the mid basis over the last 24 hours, or over what has been seen of them. */
  public Optional<BigDecimal> meanBasis() {
    return basisMean.mean();
  }

  /** How far the mark rose within 24 hours at the worst; empty before it was seen for a day. */
  public Optional<BigDecimal> worstRise() {
    return worstRise.worst();
  }

  public BigDecimal basis(BigDecimal perpPrice, BigDecimal spotPrice) {
    return perpPrice
        .divide(spotPrice.multiply(multiplier()), MathContext.DECIMAL64)
        .subtract(BigDecimal.ONE);
  }

  /** How far the perp's mid stands above the spot's, in ticks of the perp, not rounded. */
  public Optional<BigDecimal> spreadTicks() {
    return mid(Leg.SPOT).flatMap(s -> mid(Leg.PERP).map(p -> spreadTicks(p, s)));
  }

  private BigDecimal spreadTicks(Price perpMid, Price spotMid) {
    BigDecimal above = perpMid.value().subtract(spotMid.value().multiply(multiplier()));
    return above.divide(perp.prices().tick(perpMid).value(), MathContext.DECIMAL64);
  }

  /**
   * The capped price of an order that takes, measured from this leg's mid and rounded in our
   * favour.
   */
  public Optional<Price> cap(Leg leg, Side taker, BigDecimal slippageBps) {
    return reference(leg)
        .map(mid ->
            instrument(leg).prices().round(taker, BookReader.slipped(mid, taker, slippageBps)));
  }

  /**
   * The mid that slippage is measured from: the book's, also of one that came in while its feed was
   * silent; else (a one-sided or silent book must not stop a repair) the perp's mark.
   */
  public Optional<Price> reference(Leg leg) {
    Optional<Price> mid = mid(leg).or(() -> fallbackMid(leg));
    if (mid.isPresent() || mark.isEmpty()) {
      return mid;
    }
    return leg == Leg.PERP
        ? mark
        : Optional.of(
            Price.reference(mark.get().value().divide(multiplier(), MathContext.DECIMAL64)));
  }

  /**
   * Of a book that was asked for while its feed was silent: for what reduces, never to quote by.
   */
  private Optional<Price> fallbackMid(Leg leg) {
    boolean isNewer = leg == Leg.SPOT ? spotFallback : perpFallback;
    return isNewer ? (leg == Leg.SPOT ? spotMid : perpMid) : Optional.empty();
  }

  /**
   * Changes with everything but the perp's mark and oracle: for readers that keep what they derived
   * of books and rates.
   */
  public long version() {
    return version;
  }

  // ---- changed by MarketDataCache alone

  /** A book that comes while its feed is silent does not end the silence: its feed alone does. */
  void book(Leg leg, BookSnapshot book, Instant venueTime, Instant now) {
    // a market that sends a book by itself is no record: nothing of a record's holds for it
    observed = false;
    fillsEarlierOrders = false;
    if (leg == Leg.SPOT) {
      spotBook = book;
      spotBookTime = venueTime;
      spotBookReceived = now;
      spotMid = BookReader.mid(book);
      spotFallback = spotBookSilent;
    } else {
      perpBook = book;
      perpBookTime = venueTime;
      perpBookReceived = now;
      perpMid = BookReader.mid(book);
      perpFallback = perpBookSilent;
    }
    midBasis = spotMid.flatMap(spot -> perpMid.map(perp -> basis(perp.value(), spot.value())));
    if (!isBookSilent(Leg.SPOT) && !isBookSilent(Leg.PERP)) {
      midBasis.ifPresent(basis -> basisMean.observe(now, basis));
    }
    valued(now);
    version++;
  }

  /** Both books, the prices and what has settled, of one instant. */
  void observe(Event.MarketObserved seen, Instant venueTime, Instant now) {
    observed = true;
    fillsEarlierOrders = seen.fillsEarlierOrders();
    seen.settled().forEach(funding::add);
    spotBook = seen.spot();
    perpBook = seen.perp();
    spotBookTime = venueTime;
    perpBookTime = venueTime;
    spotBookReceived = now;
    perpBookReceived = now;
    spotMid = BookReader.mid(spotBook);
    perpMid = BookReader.mid(perpBook);
    mark = Optional.of(seen.mark());
    oracle = Optional.of(seen.oracle());
    worstRise.observe(now, seen.mark());
    runningRate = funding.newest().map(Rate::hourly);
    midBasis = spotMid.flatMap(spot -> perpMid.map(perp -> basis(perp.value(), spot.value())));
    midBasis.ifPresent(basis -> basisMean.observeAtAnyStep(now, basis));
    valued(now);
    version++;
  }

  private void valued(Instant now) {
    spotValue().ifPresent(price -> lastSpot = new Valued(price, now));
    perpValue().ifPresent(price -> lastPerp = new Valued(price, now));
  }

  /**
   * A process starts: what a journal replays of books, prices and the running rate was true before
   * a gap of unknown length. Nothing is decided by it. Silence is forgotten too: the new process
   * judges its feeds anew.
   */
  void forgetQuotes() {
    spotBook = BookSnapshot.EMPTY;
    perpBook = BookSnapshot.EMPTY;
    spotMid = Optional.empty();
    perpMid = Optional.empty();
    midBasis = Optional.empty();
    mark = Optional.empty();
    oracle = Optional.empty();
    runningRate = Optional.empty();
    observed = false;
    fillsEarlierOrders = false;
    spotBookTime = Instant.MIN;
    perpBookTime = Instant.MIN;
    spotBookSilent = false;
    perpBookSilent = false;
    spotFallback = false;
    perpFallback = false;
    fundingSilent = false;
    version++;
  }

  void prices(Price newMark, Price newOracle, Instant now) {
    mark = Optional.of(newMark);
    oracle = Optional.of(newOracle);
    worstRise.observe(now, newMark);
    valued(now);
  }

  void runningRate(Rate rate) {
    runningRate = Optional.of(rate);
    version++;
  }

  void bookSilent(Leg leg, boolean silent) {
    if (leg == Leg.SPOT) {
      spotBookSilent = silent;
      spotFallback = false;
    } else {
      perpBookSilent = silent;
      perpFallback = false;
    }
    version++;
  }

  void fundingSilent(boolean silent) {
    fundingSilent = silent;
    version++;
  }

  void trading(boolean nowDelisted, boolean nowHalted) {
    delisted = nowDelisted;
    version++;
    halted = nowHalted;
  }

  /**
   * How far the mark has risen within 24 hours at the worst, from the lowest of each hour. What was
   * seen for less than a day is not known.
   */
  static final class WorstRise {
    private static final Duration DAY = Duration.ofHours(24);

    private final TreeMap<Instant, Price> lowest = new TreeMap<>();
    private @Nullable Instant first;
    private boolean isDayLong;
    private BigDecimal worst = BigDecimal.ZERO;

    void observe(Instant now, Price mark) {
      Instant hour = now.truncatedTo(ChronoUnit.HOURS);
      Instant since = first == null ? now : first;
      first = since;
      isDayLong |= !now.isBefore(since.plus(DAY));
      lowest.merge(hour, mark, (earlier, next) -> next.isBelow(earlier) ? next : earlier);
      lowest.headMap(hour.minus(DAY)).clear();
      BigDecimal low = Collections.min(lowest.values()).value();
      worst = worst.max(mark.value().divide(low, MathContext.DECIMAL64).subtract(BigDecimal.ONE));
    }

    Optional<BigDecimal> worst() {
      return isDayLong ? Optional.of(worst) : Optional.empty();
    }
  }
}
