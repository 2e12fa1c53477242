package io.twinleg.bootstrap;

import io.twinleg.core.market.BookWalk;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.research.scan.CloseSeries;
import io.twinleg.research.scan.PerpFigures;
import io.twinleg.research.scan.RateSeries;
import io.twinleg.research.scan.ScanRow;
import io.twinleg.venue.MarketSurvey;
import io.twinleg.venue.MarketSurvey.Hedge;
import io.twinleg.venue.MarketSurvey.SurveyedPerp;
import io.twinleg.venue.VenueException;
import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a scan ranks from a venue's public endpoints. One market whose answers cannot be read
 * is left out with the reason; a venue that answers nothing ends the scan.
 */
public final class LiveScan {
  private static final Duration MONTH = Duration.ofHours(FundingHour.HISTORY_HOURS);
  private static final int HOUR_S = 3600;

  /** So many markets without an answer in a row are the venue's failure, not theirs. */
  private static final int UNANSWERED_MAX = 3;

  /** How far below its middle the spot's bids count as its way out. */
  private static final BigDecimal EXIT_RANGE = new BigDecimal("0.005");

  private static final MathContext PRECISION = MathContext.DECIMAL64;

  private final MarketSurvey venue;
  private final Scope scope;
  private final Consumer<Progress> progress;
  private int unanswered;

  /**
   * @param clip of one leg, that is walked through the books
   * @param all whether rates are read of what cannot be hedged, too
   */
  public record Scope(Usd clip, boolean all) {}

  /**
   * One market is done.
   *
   * @param leftOut why; empty where it is not
   */
  public record Progress(String perp, int done, int all, String leftOut) {}

  public LiveScan(MarketSurvey venue, Scope scope, Consumer<Progress> progress) {
    this.venue = venue;
    this.scope = scope;
    this.progress = progress;
  }

  /** In the venue's order. */
  public List<PerpFigures> read() {
    List<SurveyedPerp> listed = VenueWait.ofACommand().untilAnswered(venue::perps);
    int all = (int) listed.stream().filter(this::isRead).count();
    List<PerpFigures> read = new ArrayList<>();
    int done = 0;
    for (SurveyedPerp perp : listed) {
      if (isRead(perp)) {
        PerpFigures figures = figures(perp);
        done++;
        String leftOut = figures.rates() == null ? figures.hedging().refused() : "";
        progress.accept(new Progress(perp.name(), done, all, leftOut));
        read.add(figures);
      } else {
        if (perp.isUnreadable()) {
          progress.accept(new Progress(perp.name(), done, all, perp.refused()));
        }
        read.add(unread(perp));
      }
    }
    return read;
  }

  private boolean isRead(SurveyedPerp perp) {
    return perp.figures() != null && (scope.all() || hedging(perp).refused().isEmpty());
  }

  private PerpFigures figures(SurveyedPerp perp) {
    try {
      PerpFigures read = read(perp);
      unanswered = 0;
      return read;
    } catch (MalformedMessage malformed) {
      unanswered = 0;
      return PerpFigures.leftOut(
          perp.name(), "the venue's answer of it cannot be read: " + malformed.detail());
    } catch (VenueException failure) {
      unanswered++;
      if (unanswered == UNANSWERED_MAX || Thread.currentThread().isInterrupted()) {
        throw failure;
      }
      return PerpFigures.leftOut(perp.name(), String.valueOf(failure.getMessage()));
    }
  }

  private PerpFigures read(SurveyedPerp perp) {
    Instant from = venue.now().minus(MONTH);
    ScanRow.Hedging hedging = hedging(perp);
    RateSeries rates = series(venue.rates(perp.name(), from));
    double[] closes =
        venue.closes(perp.name(), from).stream().mapToDouble(BigDecimal::doubleValue).toArray();
    Hedge hedge = perp.hedge();
    PerpFigures.Moment now = moment(perp);
    if (hedge != null && hedging.refused().isEmpty()) {
      Books books =
          new Books(venue.spotBook(hedge.wireName()), venue.perpBook(perp.name())).checked();
      Double slippage = books.slippage(scope.clip());
      now =
          new PerpFigures.Moment(
              now.predictedRate(),
              now.openInterestUsd(),
              now.perpVolumeUsd(),
              books.exitDepthUsd(),
              slippage,
              now.isAtInterestCap());
      hedging = slippage == null ? hedging.refused(books.tooThin(scope.clip())) : hedging;
    }
    return new PerpFigures(
        perp.name(),
        rates,
        closes.length == 0 ? null : new CloseSeries(closes),
        hedging,
        perp.figures() == null ? null : perp.figures().maxLeverage(),
        now);
  }

  private static PerpFigures unread(SurveyedPerp perp) {
    return new PerpFigures(
        perp.name(),
        null,
        null,
        hedging(perp),
        perp.figures() == null ? null : perp.figures().maxLeverage(),
        moment(perp));
  }

  private static ScanRow.Hedging hedging(SurveyedPerp perp) {
    Hedge hedge = perp.hedge();
    if (hedge == null || perp.figures() == null) {
      return new ScanRow.Hedging(null, null, null, perp.refused());
    }
    double parity = hedge.price().divide(perp.figures().mark(), PRECISION).doubleValue();
    ScanRow.Hedging judged =
        ScanRow.Hedging.byParity(hedge.token(), parity, number(hedge.volumeUsd()));
    return judged.refused().isEmpty() ? judged.refused(perp.refused()) : judged;
  }

  private static PerpFigures.Moment moment(SurveyedPerp perp) {
    MarketSurvey.Figures figures = perp.figures();
    return figures == null
        ? PerpFigures.Moment.UNKNOWN
        : new PerpFigures.Moment(
            number(figures.hourlyRate()),
            number(figures.interestUsd()),
            number(figures.volumeUsd()),
            null,
            null,
            figures.isAtInterestCap());
  }

  private static @Nullable Double number(@Nullable BigDecimal value) {
    return value == null ? null : value.doubleValue();
  }

  /** A rate of several hours counts evenly for each of them. */
  private static RateSeries series(List<FundingHour> settled) {
    Map<Long, Double> byHour = new TreeMap<>();
    for (FundingHour funding : settled) {
      long hour = funding.hour().getEpochSecond() / HOUR_S;
      for (int back = 0; back < funding.rate().periodHours(); back++) {
        byHour.put(hour - back, funding.rate().perHour().doubleValue());
      }
    }
    if (byHour.isEmpty()) {
      throw MalformedMessage.schema("it has no settled rate of the last 30 days");
    }
    return RateSeries.of(
        byHour.keySet().stream().mapToLong(Long::longValue).toArray(),
        byHour.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Both legs' books at one time. */
  private record Books(BookSnapshot spot, BookSnapshot perp) {
    Books checked() {
      check(spot, "spot");
      check(perp, "perp");
      return this;
    }

    private static void check(BookSnapshot book, String leg) {
      if (book.bids().isEmpty() || book.asks().isEmpty()) {
        throw MalformedMessage.schema("a side of its " + leg + " book is empty");
      }
      if (!best(book, Side.BUY).isBelow(best(book, Side.SELL))) {
        throw MalformedMessage.schema("its " + leg + " book is crossed");
      }
    }

    private static Price best(BookSnapshot book, Side side) {
      return book.side(side).getFirst().price();
    }

    private static BigDecimal mid(BookSnapshot book) {
      return Price.mid(best(book, Side.BUY), best(book, Side.SELL)).value();
    }

    double exitDepthUsd() {
      BigDecimal least = mid(spot).multiply(BigDecimal.ONE.subtract(EXIT_RANGE));
      return spot.bids().stream()
          .filter(level -> level.price().value().compareTo(least) >= 0)
          .map(level -> level.price().times(level.quantity()).value())
          .reduce(BigDecimal.ZERO, BigDecimal::add)
          .doubleValue();
    }

    /** In and out again, of the clip; null where what is shown does not fill it. */
    @Nullable Double slippage(Usd clip) {
      double sum = 0;
      for (BookSnapshot book : List.of(spot, perp)) {
        BigDecimal mid = mid(book);
        Quantity wanted = new Quantity(clip.value().divide(mid, PRECISION));
        for (Side side : Side.values()) {
          BookWalk walk = BookWalk.of(book.against(side), wanted);
          if (wanted.exceeds(walk.filled())) {
            return null;
          }
          BigDecimal average = walk.notional().value().divide(wanted.value(), PRECISION);
          sum += average.divide(mid, PRECISION).subtract(BigDecimal.ONE).abs().doubleValue();
        }
      }
      return sum;
    }

    String tooThin(Usd clip) {
      return "a side of its books shows %s USD, less than a clip of %s"
          .formatted(leastShown().setScale(2, RoundingMode.FLOOR), clip.value().toPlainString());
    }

    private BigDecimal leastShown() {
      BigDecimal least = null;
      for (BookSnapshot book : List.of(spot, perp)) {
        for (Side side : Side.values()) {
          BigDecimal shown =
              book.side(side).stream()
                  .map(level -> level.quantity().value().multiply(mid(book)))
                  .reduce(BigDecimal.ZERO, BigDecimal::add);
          least = least == null ? shown : least.min(shown);
        }
      }
      return least == null ? BigDecimal.ZERO : least;
    }
  }
}
