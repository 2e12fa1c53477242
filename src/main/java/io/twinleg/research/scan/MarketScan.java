package io.twinleg.research.scan;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Rate;
import io.twinleg.core.strategy.FundingForecast;
import io.twinleg.core.strategy.FundingModel;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryFiles.Kind;
import io.twinleg.history.RecentRows;
import io.twinleg.simulator.InstrumentCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/**
 * All perps of a history, the one that is expected to earn most first; after those that can be
 * hedged, those that cannot, with the reason.
 */
public final class MarketScan {
  private static final int MONTH_H = 720;
  private static final int WEEK_H = 168;

  /** Hyperliquid's interest alone: what a perp pays whose premium is within its clamp. */
  private static final double FLOOR = 0.0000125;

  private static final double FLOOR_WIDTH = 1e-9;
  private static final double PARITY_MAX = 0.03;
  private static final long GONE_H = 24;
  private static final int FORECAST_H = 336;

  private final HistoryArchive archive;
  private final Question question;
  private final Set<String> spots;

  /**
   * What is asked.
   *
   * @param notional of one leg, in USD
   * @param horizonHours that it is held
   * @param halfSpreadBps of both legs together, paid on the way in and on the way out by a taker
   * @param leverage of the short: the capital is notional × (1 + 1/leverage)
   */
  public record Question(
      double notional, int horizonHours, FeeSchedule fees, double halfSpreadBps, int leverage) {
    double takerCost() {
      return 2 * (taker(Leg.SPOT) + taker(Leg.PERP) + halfSpreadBps / 1e4);
    }

    double makerCost() {
      return 2 * (fees.maker(Leg.SPOT).doubleValue() + fees.maker(Leg.PERP).doubleValue());
    }

    private double taker(Leg leg) {
      return fees.taker(leg).doubleValue();
    }

    double capital() {
      return notional * (1 + 1.0 / leverage);
    }
  }

  public MarketScan(HistoryArchive archive, Question question) {
    this.archive = archive;
    this.question = question;
    this.spots = Set.copyOf(archive.spotCoins());
  }

  /** Ranked. */
  public List<ScanRow> rows() {
    List<Perp> perps = archive.perpCoins().parallelStream().map(this::perp).toList();
    long newest = perps.stream().mapToLong(perp -> perp.rates.last()).max().orElse(0);
    return perps.parallelStream()
        .map(perp -> row(perp, newest))
        .sorted(
            Comparator.comparing(ScanRow::isHedgeable)
                .reversed()
                .thenComparing(ScanRow::expectedNetUsd, Comparator.reverseOrder())
                .thenComparing(ScanRow::coin))
        .toList();
  }

  /**
   * @param candles null where no token could hedge it: its prices are not needed
   */
  private record Perp(String coin, RecentRows rates, @Nullable RecentRows candles) {}

  private Perp perp(String coin) {
    boolean mayBeHedged = spots.contains(token(coin));
    return new Perp(
        coin,
        RecentRows.read(file(Kind.FUNDING, coin), Kind.FUNDING, MONTH_H),
        mayBeHedged ? RecentRows.read(file(Kind.PERP, coin), Kind.PERP, MONTH_H) : null);
  }

  private static Optional<InstrumentCatalog> listed(String coin) {
    return Arrays.stream(InstrumentCatalog.values())
        .filter(each -> each.name().equals(coin))
        .findFirst();
  }

  /**
   * What our list names for a perp; for others the token of the same name, which may be another.
   */
  private static String token(String coin) {
    return listed(coin).map(InstrumentCatalog::recordedSpot).orElse(coin);
  }

  private Path file(Kind kind, String coin) {
    return archive.folder().resolve(kind.folder()).resolve(coin + ".csv.gz");
  }

  // ---- the hedge

  /** A token and what is wrong with it; empty text where nothing is. */
  private record Hedge(
      @Nullable String token,
      @Nullable Double parity,
      @Nullable Double volumeUsd,
      String refused) {}

  /** A token is the perp's coin only where its price is the perp's: an impostor is refused. */
  private Hedge hedge(Perp perp) {
    String token = token(perp.coin);
    RecentRows candles = perp.candles;
    if (candles == null) {
      return new Hedge(null, null, null, "no spot token of it is recorded");
    }
    RecentRows spot = RecentRows.read(file(Kind.SPOT, token), Kind.SPOT, WEEK_H);
    double[] closes = spot.column(3);
    double[] volumes = spot.column(4);
    double[] perpCloses = candles.column(3);
    Map<Long, Double> perpByHour = new HashMap<>();
    for (int i = 0; i < perpCloses.length; i++) {
      perpByHour.put(candles.hour(i), perpCloses[i]);
    }
    List<Double> ratios = new ArrayList<>();
    double volume = 0;
    for (int i = 0; i < closes.length; i++) {
      Double sold = perpByHour.get(spot.hour(i));
      if (sold != null) {
        ratios.add(closes[i] / sold);
      }
      volume += i >= closes.length - GONE_H ? volumes[i] * closes[i] : 0;
    }
    if (ratios.isEmpty()) {
      return new Hedge(token, null, volume, "its token has no price in an hour of the perp's");
    }
    ratios.sort(Comparator.naturalOrder());
    double parity = ratios.get(ratios.size() / 2);
    String refused =
        Math.abs(parity - 1) > PARITY_MAX
            ? "the token's price is %.4f of the perp's: it is another coin".formatted(parity)
            : "";
    return new Hedge(token, parity, volume, refused);
  }

  // ---- one market

  private ScanRow row(Perp perp, long newest) {
    Hedge hedge = hedge(perp);
    double[] rates = perp.rates.column(0);
    Window month = Window.of(rates, MONTH_H, perp.rates);
    Window week = Window.of(rates, WEEK_H, perp.rates);
    ExpectedFunding forecast =
        ExpectedFunding.fit(perp.rates, rates, perp.rates.last() - FORECAST_H + 1);
    double expected = forecast.sum(question.horizonHours());
    double cost = question.takerCost();
    OptionalInt breakEven = forecast.hoursToEarn(cost, 4 * question.horizonHours());
    double net = (expected - cost) * question.notional();
    boolean gone = newest - perp.rates.last() > GONE_H;
    String refused =
        gone ? "its funding ended at hour " + hourText(perp.rates.last()) : hedge.refused();
    Integer leverage =
        listed(perp.coin)
            .map(each -> each.perp(new MarketId(each.name())).maxLeverage())
            .orElse(null);
    Double volatility = perp.candles == null ? null : volatility(perp.candles.column(3));
    return new ScanRow(
        perp.coin,
        new ScanRow.Hedging(hedge.token(), hedge.parity(), hedge.volumeUsd(), refused),
        new ScanRow.Funding(
            perp.rates.rowsOfFile(),
            week.mean() * Rate.HOURS_A_YEAR,
            month.mean() * Rate.HOURS_A_YEAR,
            month.share(rate -> Math.abs(rate - FLOOR) < FLOOR_WIDTH),
            month.share(rate -> rate < 0),
            month.streak(),
            month.variation(),
            rates[rates.length - 1] * Rate.HOURS_A_YEAR),
        cost * 1e4,
        question.makerCost() * 1e4,
        breakEven.isPresent() ? breakEven.getAsInt() : null,
        net,
        net / question.capital() / question.horizonHours() * Rate.HOURS_A_YEAR,
        new ScanRow.Risk(leverage, volatility, gone));
  }

  private static String hourText(long hour) {
    return Instant.ofEpochSecond(hour * 3600).toString();
  }

  /** Of a year, from the hours of the last month. */
  private static @Nullable Double volatility(double[] closes) {
    if (closes.length < 48) {
      return null;
    }
    double sum = 0;
    double squares = 0;
    for (int i = 1; i < closes.length; i++) {
      double change = Math.log(closes[i] / closes[i - 1]);
      sum += change;
      squares += change * change;
    }
    int n = closes.length - 1;
    return Math.sqrt(Math.max(0, squares / n - sum / n * sum / n) * Rate.HOURS_A_YEAR);
  }

  /** The newest rates of a time. */
  private static final class Window {
    private final double[] rates;

    private Window(double[] rates) {
      this.rates = rates;
    }

    static Window of(double[] all, int hours, RecentRows rows) {
      long since = rows.last() - hours;
      int from = 0;
      while (rows.hour(from) <= since) {
        from++;
      }
      return new Window(Arrays.copyOfRange(all, from, all.length));
    }

    double mean() {
      return Arrays.stream(rates).average().orElseThrow();
    }

    double share(DoublePredicate of) {
      return (double) Arrays.stream(rates).filter(of).count() / rates.length;
    }

    /** Newest hours in a row that were paid to the short. */
    int streak() {
      int hours = 0;
      while (hours < rates.length && rates[rates.length - 1 - hours] > 0) {
        hours++;
      }
      return hours;
    }

    @Nullable Double variation() {
      double mean = mean();
      double squares = Arrays.stream(rates).map(rate -> (rate - mean) * (rate - mean)).sum();
      return mean == 0 ? null : Math.sqrt(squares / rates.length) / Math.abs(mean);
    }
  }

  /**
   * What the Engine's forecast expects, in closed form on plain numbers: it places no order, a scan
   * asks it of every market, and a test holds it to the forecast itself.
   *
   * @param newest rate of an hour, which decays to {@code mean} by {@code phi} an hour, below 1
   */
  record ExpectedFunding(double mean, double phi, double newest) {
    /** Rates that never differ come to so little and no more; those that do come to far more. */
    private static final double ROUNDING = 1e-28;

    /**
     * Rates are added in whole numbers, so that neutral funding alone comes to exactly its mean.
     */
    private static final double WHOLE = 1e12;

    private static final double PRIOR_MEAN = FundingModel.PRIOR_MEAN.doubleValue();
    private static final double PRIOR_PHI = FundingModel.PRIOR_PHI.doubleValue();
    private static final double PRIOR_HOURS = FundingModel.PRIOR_HOURS.doubleValue();
    private static final double MOST_PERSISTENT = FundingModel.MOST_PERSISTENT.doubleValue();

    static ExpectedFunding of(FundingModel model, double newest) {
      return new ExpectedFunding(model.fbar().doubleValue(), model.phi().doubleValue(), newest);
    }

    /**
     * As {@code FundingModel.fit}. An hour without a row counts nowhere, and no pair spans it.
     *
     * @param rates of the rows, the newest last
     * @param since the first hour that counts
     */
    static ExpectedFunding fit(RecentRows rows, double[] rates, long since) {
      int first = 0;
      while (rows.hour(first) < since) {
        first++;
      }
      long sum = 0;
      for (int i = first; i < rates.length; i++) {
        sum += Math.round(rates[i] * WHOLE);
      }
      int n = rates.length - first;
      double mean = sum / WHOLE / n;
      double covariance = 0;
      double variance = 0;
      for (int i = first + 1; i < rates.length; i++) {
        if (rows.hour(i) == rows.hour(i - 1) + 1) {
          double before = rates[i - 1] - mean;
          covariance += before * (rates[i] - mean);
          variance += before * before;
        }
      }
      double phi =
          variance < ROUNDING ? PRIOR_PHI : Math.clamp(covariance / variance, 0, MOST_PERSISTENT);
      double prior = PRIOR_HOURS / (n + PRIOR_HOURS);
      return new ExpectedFunding(
          mean + (PRIOR_MEAN - mean) * prior,
          phi + (PRIOR_PHI - phi) * prior,
          rates[rates.length - 1]);
    }

    /** Of so many hours: H·mean + (newest − mean)·(phi + phi² + … + phi^H). */
    double sum(int hours) {
      return hours * mean + (newest - mean) * phi * (1 - Math.pow(phi, hours)) / (1 - phi);
    }

    private double rate(int hours) {
      return mean + (newest - mean) * Math.pow(phi, hours);
    }

    /** The first hour by which so much has come in; empty when none up to {@code limit} has. */
    OptionalInt hoursToEarn(double cost, int limit) {
      return cost <= 0
          ? OptionalInt.of(0)
          : FundingForecast.Turn.of(hour -> rate(hour) > 0, limit)
              .firstHour(hour -> sum(hour) >= cost);
    }
  }
}
