package io.twinleg.research;

import io.twinleg.core.Engine;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AuditSnapshot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What one run over a history came to, all of it from the exchange's books: net is funding and
 * basis less fees and slippage, and is how far the account's equity moved.
 *
 * @param basis what both legs' prices made, each trade counted at the middle of its observation
 * @param slippage half-spreads and impact: how far fills were from those middles
 * @param capital what the account was opened with
 * @param notes why nothing was entered, or what halted it: sentences
 */
public record BacktestResult(
    EquityCurve curve,
    List<Fill> fills,
    Usd funding,
    Usd basis,
    Usd fees,
    Usd slippage,
    Usd net,
    Usd capital,
    List<MarketResult> markets,
    List<String> notes) {
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  /** What two ways of adding up money may be apart: the last digit of an average price. */
  private static final BigDecimal ROUNDING = new BigDecimal("0.000001");

  /** As many as the exchange keeps of an account. */
  private static final int FILLS_MAX = 10_000;

  public BacktestResult {
    fills = List.copyOf(fills);
    markets = List.copyOf(markets);
    notes = List.copyOf(notes);
  }

  /**
   * @param engine whose ledgers part the sums by market; the parts must be the whole
   * @param books of the account at the end; sums are taken from them, since the exchange keeps its
   *     newest payments alone
   * @param middles of an instrument at an observation
   */
  public static BacktestResult of(
      EquityCurve curve,
      Engine engine,
      AuditSnapshot books,
      Usd capital,
      BiFunction<InstrumentId, Instant, Optional<Price>> middles,
      List<String> notes) {
    List<Fill> fills = books.fills();
    if (fills.size() >= FILLS_MAX) {
      throw new IllegalStateException(
          "the run made %d fills or more, and the exchange keeps no older ones: choose a shorter period"
              .formatted(FILLS_MAX));
    }
    Function<Fill, Usd> slipped = fill -> slippage(fill, middles);
    Usd slippage = fills.stream().map(slipped).reduce(Usd.ZERO, Usd::plus);
    Usd funding = books.fundingReceived();
    Usd fees = books.feesPaid();
    List<EquityCurve.Hour> hours = curve.hours();
    Usd net = hours.isEmpty() ? Usd.ZERO : hours.getLast().equity().minus(capital);
    Usd basis = net.minus(funding).plus(fees).plus(slippage);
    List<MarketResult> markets =
        hours.isEmpty()
            ? List.of()
            : MarketResult.of(engine, fills, slipped, middles, hours.getLast().at());
    requireWhole(markets, net);
    return new BacktestResult(
        curve, fills, funding, basis, fees, slippage, net, capital, markets, notes);
  }

  /** From the middle of its observation. */
  private static Usd slippage(
      Fill fill, BiFunction<InstrumentId, Instant, Optional<Price>> middles) {
    Price middle =
        middles
            .apply(fill.instrument(), fill.time().truncatedTo(ChronoUnit.HOURS))
            .orElse(fill.price());
    Usd apart = fill.price().times(fill.quantity()).minus(middle.times(fill.quantity()));
    return fill.side() == Side.BUY ? apart : apart.negated();
  }

  private static void requireWhole(List<MarketResult> markets, Usd net) {
    Usd sum = markets.stream().map(MarketResult::net).reduce(Usd.ZERO, Usd::plus);
    if (!markets.isEmpty() && sum.minus(net).abs().value().compareTo(ROUNDING) > 0) {
      throw new IllegalStateException(
          "the markets' nets are %s together, and the account's is %s".formatted(sum, net));
    }
  }

  /** How often a short was opened and closed whole. */
  public int roundTrips() {
    Map<InstrumentId, Quantity> open = new TreeMap<>();
    int trips = 0;
    for (Fill fill : fills) {
      if (fill.instrument().leg() == Leg.PERP) {
        Quantity signed = fill.quantity().times(BigDecimal.valueOf(-fill.side().sign()));
        Quantity now = open.merge(fill.instrument(), signed, Quantity::plus);
        trips += now.isZero() ? 1 : 0;
      }
    }
    return trips;
  }

  public long hours() {
    return Math.max(0, curve.hours().size() - 1L);
  }

  private BigDecimal share(Usd of, BigDecimal whole) {
    return whole.signum() == 0 ? BigDecimal.ZERO : of.value().divide(whole, PRECISION);
  }

  public BigDecimal returnOnCapital() {
    return share(net, capital.value());
  }

  /** A simple yearly rate. */
  public BigDecimal aprOnCapital() {
    return hours() == 0
        ? BigDecimal.ZERO
        : returnOnCapital()
            .multiply(BigDecimal.valueOf(Rate.HOURS_A_YEAR))
            .divide(BigDecimal.valueOf(hours()), PRECISION);
  }

  /** By the names that {@code --json} has. */
  public Map<String, Object> fields() {
    BigDecimal mean = curve.meanHeld();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("hours", hours());
    fields.put("hours_in", curve.hoursIn());
    fields.put("round_trips", roundTrips());
    fields.put("funding_usd", round(funding.value()));
    fields.put("basis_usd", round(basis.value()));
    fields.put("fees_usd", round(fees.value()));
    fields.put("slippage_usd", round(slippage.value()));
    fields.put("net_usd", round(net.value()));
    fields.put("notional_mean_usd", round(mean));
    fields.put("capital_usd", round(capital.value()));
    fields.put("return_on_notional", round(share(net, mean)));
    fields.put("return_on_capital", round(returnOnCapital()));
    fields.put("apr_on_capital", round(aprOnCapital()));
    fields.put("funding_on_notional", round(share(funding, mean)));
    fields.put("max_drawdown", round(share(curve.maxDrawdown(), capital.value())));
    fields.put("max_drawdown_usd", round(curve.maxDrawdown().value()));
    if (markets.size() > 1) {
      fields.put("markets", markets.stream().map(each -> each.fields(capital)).toList());
    }
    return fields;
  }

  private static BigDecimal round(BigDecimal value) {
    return value.setScale(8, RoundingMode.HALF_EVEN);
  }
}
