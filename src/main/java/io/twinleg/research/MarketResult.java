package io.twinleg.research;

import io.twinleg.core.Engine;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What one market of a backtest came to: net is funding and basis less fees and slippage, and the
 * nets of all markets are the account's.
 *
 * @param hoursIn with a short
 */
public record MarketResult(
    String market,
    Usd funding,
    Usd basis,
    Usd fees,
    Usd slippage,
    Usd net,
    int roundTrips,
    long hoursIn) {

  /**
   * Of every market, by the run's ledgers, which are the exchange's to the last digit.
   *
   * @param fills of the account, oldest first, and {@code slippage} of one of them
   * @param last the observation that positions are valued at
   */
  static List<MarketResult> of(
      Engine engine,
      List<Fill> fills,
      Function<Fill, Usd> slippage,
      BiFunction<InstrumentId, Instant, Optional<Price>> middles,
      Instant last) {
    List<MarketResult> markets = new ArrayList<>();
    for (MarketId market :
        engine.settings().markets().stream().map(each -> each.market()).toList()) {
      PairLedger ledger = engine.portfolio().ledger(market);
      Usd net =
          ledger.net(
              value(middles, InstrumentId.spot(market), last),
              value(middles, InstrumentId.perp(market), last));
      List<Fill> own =
          fills.stream().filter(fill -> fill.instrument().market().equals(market)).toList();
      Usd slipped = own.stream().map(slippage).reduce(Usd.ZERO, Usd::plus);
      Holding holding = Holding.of(own, last);
      markets.add(
          new MarketResult(
              market.name(),
              ledger.funding(),
              net.minus(ledger.funding()).plus(ledger.fees()).plus(slipped),
              ledger.fees(),
              slipped,
              net,
              holding.trips(),
              holding.hours()));
    }
    return markets;
  }

  /** Of a market that was never observed nothing is held, and its price is of no account. */
  private static Price value(
      BiFunction<InstrumentId, Instant, Optional<Price>> middles, InstrumentId of, Instant last) {
    return middles.apply(of, last).orElse(new Price(1));
  }

  /** How often and how long there was a short. */
  private record Holding(int trips, long hours) {
    static Holding of(List<Fill> fills, Instant last) {
      Quantity open = Quantity.ZERO;
      Instant since = last;
      int trips = 0;
      Duration in = Duration.ZERO;
      for (Fill fill : fills) {
        if (fill.instrument().leg() == Leg.PERP) {
          boolean wasFlat = open.isZero();
          open = open.plus(fill.quantity().times(BigDecimal.valueOf(-fill.side().sign())));
          Instant observed = fill.time().truncatedTo(ChronoUnit.HOURS);
          since = wasFlat ? observed : since;
          if (open.isZero()) {
            trips++;
            in = in.plus(Duration.between(since, observed));
          }
        }
      }
      Duration still = open.isZero() ? Duration.ZERO : Duration.between(since, last);
      return new Holding(trips, Math.max(0, in.plus(still).toHours()));
    }
  }

  Map<String, Object> fields(Usd capital) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("market", market);
    fields.put("return_on_capital", share(capital).setScale(8, RoundingMode.HALF_EVEN));
    fields.put("net_usd", rounded(net));
    fields.put("funding_usd", rounded(funding));
    fields.put("basis_usd", rounded(basis));
    fields.put("fees_usd", rounded(fees));
    fields.put("slippage_usd", rounded(slippage));
    fields.put("round_trips", roundTrips);
    fields.put("hours_in", hoursIn);
    return fields;
  }

  private static BigDecimal rounded(Usd usd) {
    return usd.value().setScale(8, RoundingMode.HALF_EVEN);
  }

  private BigDecimal share(Usd capital) {
    return net.value().divide(capital.value(), MathContext.DECIMAL64);
  }

  static String heading() {
    return "%-10s %10s %10s %10s %10s %9s %9s %6s %7s"
        .formatted(
            "by market",
            "of capital",
            "net",
            "funding",
            "basis",
            "fees",
            "slippage",
            "trips",
            "hours");
  }

  String line(Usd capital) {
    return String.format(
        Locale.ROOT,
        "%-10s %10s %10s %10s %10s %9s %9s %6d %7d",
        market,
        BacktestSummary.percent(share(capital)),
        cents(net),
        cents(funding),
        cents(basis),
        cents(fees),
        cents(slippage),
        roundTrips,
        hoursIn);
  }

  private static String cents(Usd usd) {
    return usd.value().setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }
}
