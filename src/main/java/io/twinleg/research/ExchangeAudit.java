package io.twinleg.research;

import io.twinleg.core.Engine;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.simulator.AuditSnapshot;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The run's own figures against the exchange's. The two share no arithmetic, so that agreement to
 * the last digit proves both. It holds for an account that only the run uses.
 */
public final class ExchangeAudit {
  /** The rounding error of a division into an average; far below the last digit of any message. */
  private static final BigDecimal TOLERANCE = new BigDecimal("0.00000001");

  private final Engine engine;
  private final AuditSnapshot account;
  private final VenueId venue;

  /** Of a run with one account. */
  public ExchangeAudit(Engine engine, AuditSnapshot account) {
    this(engine, account, VenueId.FIRST);
  }

  /** Of the account at one venue, and the markets there. */
  public ExchangeAudit(Engine engine, AuditSnapshot account, VenueId venue) {
    this.engine = engine;
    this.account = account;
    this.venue = venue;
  }

  /** Sums over all markets, of the run or of the exchange. */
  public record Sums(Usd fees, Usd funding, Usd net) {
    Usd distance(Sums other) {
      return fees.minus(other.fees)
          .abs()
          .max(funding.minus(other.funding).abs())
          .max(net.minus(other.net).abs());
    }
  }

  /** Whether sizes are the same and money agrees to 1e-8. */
  public boolean agrees() {
    return sizesAgree() && ours().distance(theirs()).value().compareTo(TOLERANCE) <= 0;
  }

  private List<MarketId> markets() {
    return engine.settings().markets().stream()
        .map(market -> market.market())
        .filter(market -> market.venue().equals(venue))
        .toList();
  }

  private boolean sizesAgree() {
    return markets().stream()
        .allMatch(market -> {
          PairLedger ledger = engine.portfolio().ledger(market);
          return account.coins(InstrumentId.spot(market)).equals(ledger.ownedSpot())
              && account.position(InstrumentId.perp(market)).equals(ledger.shortPerp().negated());
        });
  }

  private Sums ours() {
    Pnl sum = Pnl.ZERO;
    for (MarketId market : markets()) {
      sum = sum.plus(pnl(market));
    }
    return new Sums(sum.fees(), sum.funding(), sum.net());
  }

  private Pnl pnl(MarketId market) {
    return engine
        .portfolio()
        .ledger(market)
        .pnl(price(InstrumentId.spot(market)), price(InstrumentId.perp(market)));
  }

  private Sums theirs() {
    Usd equity = account.equity(this::price);
    return new Sums(
        account.feesPaid(), account.fundingReceived(), equity.minus(account.deposited()));
  }

  /**
   * Both sides are valued at the marks of the run; an instrument without one (a one-sided book) at
   * its average cost.
   */
  private Price price(InstrumentId instrument) {
    Optional<PairMarketData> market = engine.marketData().market(instrument.market());
    Optional<Price> mark =
        instrument.leg() == Leg.SPOT
            ? market.flatMap(PairMarketData::spotValue)
            : market.flatMap(PairMarketData::perpValue);
    return mark.orElseGet(() -> cost(instrument));
  }

  private Price cost(InstrumentId instrument) {
    BigDecimal average =
        engine.portfolio().ledger(instrument.market()).averagePrice(instrument.leg());
    return average.signum() > 0 ? Price.reference(average) : new Price(1);
  }

  public LogEvent note() {
    Sums ours = ours();
    Sums theirs = theirs();
    LogEvent note = agrees() ? LogEvent.info("exchange_audit") : LogEvent.error("exchange_audit");
    LogEvent named = venue.isFirst() ? note : note.with("venue", venue.name());
    return named
        .with("agrees", agrees())
        .with("fees_ours", ours.fees())
        .with("fees_exchange", theirs.fees())
        .with("funding_ours", ours.funding())
        .with("funding_exchange", theirs.funding())
        .with("net_ours", ours.net())
        .with("net_exchange", theirs.net());
  }
}
