package io.twinleg.research.bars;

import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.history.HistoryException;
import io.twinleg.simulator.AuditSnapshot;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule over rows, by the exchange's books.
 *
 * @param states one a row from the first on which something was held
 * @param entryNotional of the first short at its spot price, or what every entry is worth: what
 *     shares are of
 */
public record BarRun(
    List<AccountAfter> states, Usd capital, Usd entryNotional, AuditSnapshot books) {
  private static final BigDecimal QUARTER = new BigDecimal("0.25");

  public BarRun {
    states = List.copyOf(states);
  }

  /**
   * After a row.
   *
   * @param collateral of the perp wallet without what is unrealised
   * @param shorted positive
   * @param hedge the perp wallet with what is unrealised, {@code spotValue} the other
   */
  public record AccountAfter(
      Instant time, Usd collateral, Quantity shorted, Quantity coins, Usd hedge, Usd spotValue) {
    public Usd net() {
      return hedge.plus(spotValue);
    }
  }

  /**
   * @param fees as a taker
   * @param leverage the most that the venue gives
   */
  public static BarRun of(
      List<BarRow> rows, BarRule rule, FeeSchedule fees, Usd capital, int leverage) {
    Usd spot = capital.times(rule.spotShare());
    BarAccount account = new BarAccount(rows, fees, spot, capital.minus(spot), leverage);
    return switch (rule) {
      case BarRule.LeverageBand band -> band(rows, band, account, capital);
      case BarRule.AlwaysIn always -> always(rows, always, account, capital);
      case BarRule.BasisTiming timing -> timing(rows, timing, account, capital);
    };
  }

  private static BarRun band(
      List<BarRow> rows, BarRule.LeverageBand rule, BarAccount account, Usd capital) {
    List<AccountAfter> states = new ArrayList<>();
    Usd notional = Usd.ZERO;
    for (int i = 0; i < rows.size(); i++) {
      BarRow row = account.advance();
      if (i == 0) {
        rule.open(account);
        notional = row.spot().times(account.shorted());
      } else {
        rule.keep(account, row);
      }
      states.add(stateOf(account, row));
    }
    return new BarRun(states, capital, notional, account.books());
  }

  private static BarRun always(
      List<BarRow> rows, BarRule.AlwaysIn rule, BarAccount account, Usd capital) {
    List<AccountAfter> states = new ArrayList<>();
    Usd notional = Usd.ZERO;
    int rated = 0;
    for (int i = 0; i < rows.size(); i++) {
      BarRow row = account.advance();
      boolean decided = rated >= rule.warmUpRows();
      if (states.isEmpty() && decided && Math.abs(row.basis()) <= rule.maxBasis()) {
        Usd spend = account.books().spotQuote().times(new BigDecimal("0.9"));
        account.buySpotFor(spend);
        account.openShort(account.coins());
        notional = row.spot().times(account.shorted());
      }
      if (notional.signum() > 0) {
        states.add(stateOf(account, row));
      }
      rated += row.rate() == null ? 0 : 1;
    }
    if (states.isEmpty()) {
      throw new HistoryException(
          "the history holds no row to enter on: after %d rows with a rate there is none whose perp is within %s %% of its spot."
              .formatted(rule.warmUpRows(), rule.maxBasis() * 100));
    }
    return new BarRun(states, capital, notional, account.books());
  }

  /** Every entry is worth the same, so that no gain or loss enlarges the next. */
  private static BarRun timing(
      List<BarRow> rows, BarRule.BasisTiming rule, BarAccount account, Usd capital) {
    List<AccountAfter> states = new ArrayList<>();
    Usd notional = capital.times(QUARTER);
    boolean[] wanted = new boolean[rows.size()];
    boolean holds = false;
    for (int i = 0; i < rows.size(); i++) {
      BarRow row = account.advance();
      boolean before = i > 0 && wanted[i - 1];
      wanted[i] = row.basis() >= rule.enterBasis() || (before && row.basis() > rule.exitBasis());
      int decided = i - rule.fillsAfter();
      if (decided >= 0 && wanted[decided] != holds) {
        holds = wanted[decided];
        if (holds) {
          account.part(rule.spotShare());
          account.buySpotFor(notional);
          account.openShort(account.coins());
        } else {
          account.closeShort(account.shorted());
          account.sellSpot(account.coins());
        }
      }
      states.add(stateOf(account, row));
    }
    return new BarRun(states, capital, notional, account.books());
  }

  private static AccountAfter stateOf(BarAccount account, BarRow row) {
    return new AccountAfter(
        row.time(),
        account.books().perpQuote(),
        account.shorted(),
        account.coins(),
        account.perpEquity(),
        account.spotValue());
  }

  public Usd net() {
    return states.getLast().net().minus(capital);
  }

  /** What the prices of both legs made: what is left of the net without funding and fees. */
  public Usd basis() {
    return net().minus(books.fundingReceived()).plus(books.feesPaid());
  }

  public BigDecimal fundingOnNotional() {
    return share(books.fundingReceived(), entryNotional);
  }

  public BigDecimal returnOnNotional() {
    return share(net(), entryNotional);
  }

  public BigDecimal returnOnCapital() {
    return share(net(), capital);
  }

  private static BigDecimal share(Usd of, Usd whole) {
    return of.value()
        .divide(whole.value(), MathContext.DECIMAL64)
        .setScale(8, RoundingMode.HALF_EVEN);
  }

  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("from", states.getFirst().time().toString());
    fields.put("until", states.getLast().time().toString());
    fields.put("rows", states.size());
    fields.put("fills", books.fills().size());
    fields.put("capital_usd", cents(capital));
    fields.put("notional_usd", cents(entryNotional));
    fields.put("funding_usd", cents(books.fundingReceived()));
    fields.put("basis_usd", cents(basis()));
    fields.put("fees_usd", cents(books.feesPaid()));
    fields.put("net_usd", cents(net()));
    fields.put("final_usd", cents(states.getLast().net()));
    fields.put("funding_on_notional", fundingOnNotional());
    fields.put("return_on_notional", returnOnNotional());
    fields.put("return_on_capital", returnOnCapital());
    return fields;
  }

  private static BigDecimal cents(Usd amount) {
    return amount.value().setScale(4, RoundingMode.HALF_EVEN);
  }

  /** One line a row, with the header first. */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add("time,collateral,shorted,coins,hedge,spot,net");
    for (AccountAfter each : states) {
      lines.add(
          String.join(
              ",",
              each.time().toString(),
              text(each.collateral().value()),
              text(each.shorted().value()),
              text(each.coins().value()),
              text(each.hedge().value()),
              text(each.spotValue().value()),
              text(each.net().value())));
    }
    return lines;
  }

  private static String text(BigDecimal value) {
    return value.setScale(12, RoundingMode.HALF_EVEN).toPlainString();
  }
}
