package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.QuarantineReason;
import io.twinleg.core.execution.reconciliation.Reconciliation;
import io.twinleg.core.execution.reconciliation.Reconciliation.Difference;
import io.twinleg.core.execution.reconciliation.ReconciliationSettings;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.PositionAdjustment;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.portfolio.PairLedger;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The positions of the journal against the venue's (specification 1.11): a lasting difference that
 * nothing explains quarantines the market, or the journal is set to what the venue shows. Never
 * more becomes the strategy's that way. And the adoption of a position that was found with a new
 * journal (2.7).
 */
final class PositionReconciler {
  /**
   * Two reports this far apart make a verdict: one may be older than the fill it is compared with
   * (F10).
   */
  static final Duration LASTING = Duration.ofSeconds(10);

  private final State state;
  private final Instant now;
  private final EngineOutput.Builder output;
  private final ReconciliationSettings settings;

  PositionReconciler(State state, Instant now, EngineOutput.Builder output) {
    this.state = state;
    this.now = now;
    this.output = output;
    this.settings = state.settings.alignment();
  }

  // ---- differences

  void compareAtStart(State.VenueState venue, AccountState account) {
    for (MarketState market : state.at(venue)) {
      Optional<Difference> difference = difference(market, account);
      if (difference.isPresent() && market.pair().orders().isEmpty()) {
        output.log(differenceLog(market, difference.get()));
        foundAtStart(market, difference.get());
      } else {
        output.log(
            LogEvent.info("reconciled")
                .in(market.id())
                .with("state", market.pair().stateLabel())
                .with("spot_sz", state.ledger(market).ownedSpot())
                .with("perp_sz", state.ledger(market).shortPerp()));
      }
    }
  }

  /**
   * At a start the account and the fills are one cut. Where the journal is to be set to it, that is
   * done at the prices of the next report.
   */
  private void foundAtStart(MarketState market, Difference difference) {
    boolean forces =
        settings.mode() == ReconciliationSettings.Mode.FORCE || isMoved(market, difference);
    if (forces && !difference.signError()) {
      market.mismatched(now);
    } else {
      market.pair().quarantine(QuarantineReason.RECONCILE_MISMATCH, found(difference));
    }
  }

  void compare(State.VenueState venue, AccountState account) {
    if (!settings.enabled()) {
      return;
    }
    for (MarketState market : state.at(venue)) {
      if (market.pair().isQuarantined()) {
        continue;
      }
      if (market.pair().orders().isEmpty()) {
        compare(market, account);
      } else {
        market.matched();
      }
    }
  }

  private void compare(MarketState market, AccountState account) {
    Optional<Difference> difference = difference(market, account);
    if (difference.isEmpty()) {
      market.matched();
      state.portfolio.agreed(market.id());
      return;
    }
    output.log(differenceLog(market, difference.get()));
    Instant since = market.mismatched(now);
    boolean isVerdict =
        difference.get().signError()
            || isMoved(market, difference.get())
            || !now.isBefore(since.plus(LASTING));
    if (isVerdict) {
      settle(market, difference.get());
    }
  }

  /** A difference is not left standing until the next report happens to come. */
  void queryAgain() {
    for (State.VenueState venue : state.venues.values()) {
      boolean due = false;
      for (MarketState market : state.at(venue)) {
        due |= market.mustQueryAgain(now);
      }
      if (due) {
        output.send(new Command.QueryAccount().at(venue.id()));
      }
    }
  }

  /** A difference of at least the configured quanta; smaller ones are rounding. */
  private Optional<Difference> difference(MarketState market, AccountState account) {
    BigDecimal least = BigDecimal.valueOf(settings.minDiffQuanta());
    return state
        .data(market)
        .flatMap(data ->
            Reconciliation.compare(
                state.ledger(market),
                state.portfolio.foreignPerp(market.id()),
                account,
                data.instrument(Leg.SPOT),
                data.instrument(Leg.PERP)))
        .filter(found -> found.signError() || found.quanta().compareTo(least) >= 0);
  }

  private static LogEvent differenceLog(MarketState market, Difference difference) {
    return LogEvent.warn("alignment_observed")
        .in(market.id())
        .with(found(difference))
        .with("diff_quanta", difference.quanta());
  }

  /** Both sides of it. */
  private static Map<String, Object> found(Difference difference) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("perp_local", difference.perpLocal());
    fields.put("perp_venue", difference.perpVenue());
    fields.put("spot_local", difference.spotLocal());
    fields.put("spot_venue", difference.spotVenue());
    return fields;
  }

  // ---- what becomes of a lasting one

  private void settle(MarketState market, Difference difference) {
    Optional<PositionAdjustment> adjustment =
        difference.signError()
            ? Optional.empty()
            : state.data(market).flatMap(data -> adjustment(market, data, difference));
    if (adjustment.isPresent()) {
      force(market, difference, adjustment.get());
    } else {
      market
          .pair()
          .quarantine(
              difference.signError()
                  ? QuarantineReason.PERP_IS_LONG
                  : QuarantineReason.POSITION_MISMATCH,
              found(difference));
    }
  }

  private Optional<PositionAdjustment> adjustment(
      MarketState market, PairMarketData data, Difference difference) {
    boolean settled = data.isDelisted() && difference.perpVenue().isZero();
    boolean forces =
        settings.mode() == ReconciliationSettings.Mode.FORCE
            && isExplained(market, data, difference);
    boolean moved = isMoved(market, difference);
    String reason =
        settled ? "settled" : moved ? state.portfolio.spotMovedBy(market.id()) : "forced";
    return settled || moved || forces
        ? data.perpValue()
            .map(perp -> adjustment(market, difference, reason, perp, spotPrice(data, perp)))
        : Optional.empty();
  }

  /**
   * Coins are missing, and as many are known to have gone: by a row of the account's ledger, by a
   * conversion of the venue's, or by its refusal to sell them.
   */
  private boolean isMoved(MarketState market, Difference difference) {
    Quantity missingSpot = difference.spotLocal().minus(difference.spotVenue());
    Quantity moved = state.portfolio.spotMoved(market.id());
    Quantity lot =
        state.data(market).map(data -> data.instrument(Leg.SPOT).lot()).orElse(Quantity.ZERO);
    return difference.perpVenue().equals(difference.perpLocal())
        && missingSpot.isPositive()
        && moved.isPositive()
        && missingSpot.compareTo(moved.plus(lot)) <= 0;
  }

  /**
   * What the venue shows less of than the books has to have gone somewhere: a report alone may be
   * no answer at all. A short that was closed by others is booked with their fills, so what is
   * missing of it beyond those is not explained; coins are, by the sales of others.
   */
  private boolean isExplained(MarketState market, PairMarketData data, Difference difference) {
    Quantity missingShort = difference.perpVenue().minus(difference.perpLocal());
    Quantity missingSpot = difference.spotLocal().minus(difference.spotVenue());
    Quantity sold =
        state.portfolio.spotSoldByOthers(market.id()).plus(data.instrument(Leg.SPOT).lot());
    return !missingShort.isPositive() && missingSpot.compareTo(sold) <= 0;
  }

  /** Of a coin whose book is broken the perp says what it is worth. */
  private static Price spotPrice(PairMarketData data, Price perp) {
    return data.spotValue()
        .orElseGet(
            () -> Price.reference(perp.value().divide(data.multiplier(), MathContext.DECIMAL64)));
  }

  /** Of a short that has grown the new part is foreign; of one that shrank ours is what is left. */
  private PositionAdjustment adjustment(
      MarketState market, Difference difference, String reason, Price perp, Price spot) {
    PairLedger ledger = state.ledger(market);
    Quantity foreign = state.portfolio.foreignPerp(market.id());
    Quantity missing = difference.perpVenue().minus(difference.perpLocal()).max(Quantity.ZERO);
    Quantity foreignShort = foreign.negated().max(Quantity.ZERO);
    Quantity ours = missing.minus(foreignShort).max(Quantity.ZERO).min(ledger.shortPerp());
    Quantity shortPerp = ledger.shortPerp().minus(ours);
    return new PositionAdjustment(
        market.id(),
        reason,
        shortPerp,
        difference.perpVenue().plus(shortPerp),
        ledger.ownedSpot().min(difference.spotVenue()),
        perp,
        spot);
  }

  private void force(MarketState market, Difference difference, PositionAdjustment adjustment) {
    PairLedger ledger = state.ledger(market);
    output.log(
        LogEvent.error("alignment_forced")
            .in(market.id())
            .with("reason", adjustment.reason())
            .with("perp_before", ledger.shortPerp().negated())
            .with("perp_after", adjustment.shortPerp().negated())
            .with("foreign_before", state.portfolio.foreignPerp(market.id()))
            .with("foreign_after", adjustment.foreignPerp())
            .with("spot_before", ledger.ownedSpot())
            .with("spot_after", adjustment.ownedSpot())
            .with("perp_px", adjustment.perpPrice())
            .with("spot_px", adjustment.spotPrice())
            .with("perp_venue", difference.perpVenue())
            .with("spot_venue", difference.spotVenue()));
    output.send(new Command.AdjustPosition(adjustment));
    state.portfolio.correct(adjustment);
    market.matched();
    state.portfolio.agreed(market.id());
    market.pair().changedExternally(FillOrigin.ORDER);
  }

  // ---- adoption

  /**
   * A position that is found with a new journal is not the strategy's, unless the configuration
   * says so: then it is booked at the mark.
   */
  void adopt(SequencedEvent event) {
    for (MarketState market : state.all()) {
      if (event.fact() instanceof Event.StartupCompleted
          && state.venue(market).startedBy == event.sequence()) {
        boolean wanted = settings.adoption() != ReconciliationSettings.Adoption.NONE;
        market.adopting(wanted && state.ledger(market).isUntouched());
      }
      if (market.isAdopting()) {
        state.account(market).reported().ifPresent(account -> adopt(market, account));
      }
    }
  }

  private void adopt(MarketState market, AccountState account) {
    Quantity found = account.perpSize(InstrumentId.perp(market.id()));
    if (found.signum() >= 0) {
      market.adopting(false);
      output.log(LogEvent.warn("adoption_skipped").in(market.id()).with("perp_sz", found));
      return;
    }
    Optional<PairMarketData> data = state.data(market);
    Optional<Price> perp = data.flatMap(PairMarketData::perpValue);
    Optional<Price> spot = data.flatMap(PairMarketData::spotValue);
    if (data.isPresent() && perp.isPresent() && spot.isPresent()) {
      Quantity coins = coins(market, data.get(), account, found.negated());
      take(
          market,
          new PositionAdjustment(
              market.id(),
              "adopted",
              found.negated(),
              Quantity.ZERO,
              coins,
              perp.get(),
              spot.get()));
    }
  }

  /** No more than the short needs: the others stay their owner's. */
  private Quantity coins(
      MarketState market, PairMarketData data, AccountState account, Quantity shortPerp) {
    if (settings.adoption() != ReconciliationSettings.Adoption.BOTH) {
      return Quantity.ZERO;
    }
    BigDecimal needed =
        shortPerp
            .value()
            .multiply(data.multiplier())
            .divide(market.settings().execution().hedgeRatio(), 8, RoundingMode.DOWN);
    return new Quantity(needed).min(account.spotTotal(InstrumentId.spot(market.id())));
  }

  private void take(MarketState market, PositionAdjustment adjustment) {
    market.adopting(false);
    output.send(new Command.AdjustPosition(adjustment));
    state.portfolio.correct(adjustment);
    market.pair().positionAdopted();
    output.log(
        LogEvent.warn("position_adopted")
            .in(market.id())
            .with("perp_sz", adjustment.shortPerp())
            .with("perp_px", adjustment.perpPrice())
            .with("spot_sz", adjustment.ownedSpot())
            .with("spot_px", adjustment.spotPrice()));
  }
}
