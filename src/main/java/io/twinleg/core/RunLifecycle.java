package io.twinleg.core;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.pricing.ExecutionSettings;
import io.twinleg.core.market.PairMarketData;
import io.twinleg.core.model.ExitCode;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Whether the run is over, and with which exit code (specification 1.4 and 1.14). */
final class RunLifecycle {
  private static final Duration SETTLED = Duration.ofSeconds(1);
  private static final Duration FAST_END = Duration.ofSeconds(2);

  /** How long a single evaluation waits for the market's data. */
  private static final Duration DATA_WAIT = Duration.ofSeconds(90);

  /** How long a clean end waits for the venue's list of open orders. */
  private static final Duration LIST_WAIT = Duration.ofSeconds(10);

  /** A stop may take so many times shutdown.timeout_s to bring the legs together. */
  private static final int UNHEDGED_TIMES = 3;

  /** One lot may be so much of the target, and of a clip. */
  private static final BigDecimal LOT_SHARE = new BigDecimal("0.10");

  private static final BigDecimal LOT_SHARE_OF_CLIP = new BigDecimal("0.50");

  private final State state;
  private final Event event;
  private final EngineOutput.Builder output;
  private final Instant now;

  private RunLifecycle(State state, SequencedEvent event, EngineOutput.Builder output) {
    this.state = state;
    this.event = event.fact();
    this.output = output;
    this.now = event.receivedTime();
  }

  static void advance(State state, SequencedEvent event, EngineOutput.Builder output) {
    new RunLifecycle(state, event, output).advance();
  }

  private void advance() {
    state.lifecycleWake = null;
    if (state.ending == null && preconditionFailed()) {
      return;
    }
    if (state.ending == null && state.breakers.isClockHopeless() && isAllAtRest()) {
      endWhenSafe(
          ExitCode.PRECONDITION,
          "the venue's clock is more than 60 s from ours: set this machine's right");
    } else if (state.run.isStopping()) {
      drain();
    } else if (state.flattenedEnds) {
      endClean("flattened");
    } else if (state.run.isFlattening() && isAllFlat()) {
      flattened();
    } else if (state.drawdown.isDrawdownTripped()
        && state.drawdown.flattensOnDrawdown()
        && isAllFlat()) {
      end(ExitCode.HALTED, "drawdown");
    } else if (state.settings.once()) {
      endOnce();
    }
  }

  private boolean preconditionFailed() {
    if (event instanceof Event.LeverageResult answered && !answered.accepted()) {
      endWhenSafe(ExitCode.PRECONDITION, "leverage refused: " + answered.response());
      return true;
    }
    if (event instanceof Event.OrderRejected rejected
        && rejected.reason() == RejectReason.SIGNER_UNKNOWN) {
      endWhenSafe(ExitCode.PRECONDITION, "the venue does not know the signer: " + rejected.text());
      return true;
    }
    Optional<String> impossible =
        event instanceof Event.StartupCompleted ? impossibleLeverage() : Optional.empty();
    if (impossible.isPresent()) {
      endWhenSafe(ExitCode.PRECONDITION, impossible.get());
      return true;
    }
    for (MarketState market : state.all()) {
      Optional<String> coarse = state.data(market).flatMap(data -> tooCoarse(market, data));
      if (coarse.isPresent() && state.isFlat(market)) {
        endWhenSafe(ExitCode.PRECONDITION, coarse.get());
        return true;
      }
      Optional<BigDecimal> gap = state.data(market).flatMap(PairMarketData::midBasis);
      if (gap.isPresent() && market.firstUnitGapCheck() && isGapTooWide(market, gap.get())) {
        endWhenSafe(
            ExitCode.PRECONDITION,
            "spot and perp of "
                + market.id()
                + " stand "
                + gap.get().movePointRight(2).setScale(2, RoundingMode.HALF_EVEN)
                + " % apart: are they one coin? (markets.max_unit_gap)");
        return true;
      }
    }
    return false;
  }

  /**
   * What the perp itself rules out, in a sentence; known only once the instruments are resolved.
   */
  private Optional<String> impossibleLeverage() {
    for (MarketState market : state.all()) {
      Optional<Instrument> perp = state.data(market).map(data -> data.instrument(Leg.PERP));
      ExecutionSettings wanted = market.settings().execution();
      if (perp.isPresent() && wanted.perpLeverage() > perp.get().maxLeverage()) {
        return Optional.of(
            "execution.perp_leverage is %d: the perp %s allows at most %d"
                .formatted(wanted.perpLeverage(), perp.get().symbol(), perp.get().maxLeverage()));
      }
      if (perp.isPresent() && wanted.perpCross() && perp.get().onlyIsolated()) {
        return Optional.of(
            "execution.perp_cross is true: the perp %s has isolated margin only, set it to false"
                .formatted(perp.get().symbol()));
      }
    }
    return Optional.empty();
  }

  /**
   * A market that cannot be hedged closely: one lot of a leg is too large a part of what is to be
   * held, or of a clip, to be taken for rounding (L21). Known once both books are.
   */
  private Optional<String> tooCoarse(MarketState market, PairMarketData data) {
    if (data.midBasis().isEmpty() || market.isUnitGapChecked()) {
      return Optional.empty();
    }
    Usd target = market.settings().strategy().targetUsdNotional();
    for (Leg leg : Leg.values()) {
      Instrument instrument = data.instrument(leg);
      Optional<Usd> lot = data.mid(leg).map(price -> price.times(instrument.lot()));
      Usd clip = market.settings().execution().maxClip();
      Usd most = target.times(LOT_SHARE).min(clip.times(LOT_SHARE_OF_CLIP));
      if (lot.isPresent() && lot.get().exceeds(most)) {
        return Optional.of(
            "%s cannot be hedged closely: one lot of its %s, %s, is worth %s USD, more than %s %% of"
                    .formatted(
                        market.id(),
                        leg.name().toLowerCase(Locale.ROOT),
                        instrument.lot(),
                        lot.get().value().setScale(2, RoundingMode.HALF_EVEN),
                        LOT_SHARE.movePointRight(2).toPlainString())
                + " strategy.target_usd_notional ("
                + target
                + ") or half of execution.max_clip_usd ("
                + clip
                + "): raise them or choose another market");
      }
    }
    return Optional.empty();
  }

  private boolean isGapTooWide(MarketState market, BigDecimal gap) {
    return state.isFlat(market) && gap.abs().compareTo(state.settings.risk().maxUnitGap()) > 0;
  }

  private boolean isAllFlat() {
    return state.all().stream().allMatch(state::isFlat);
  }

  private boolean isAllAtRest() {
    return state.all().stream().allMatch(market -> market.pair().isAtRest());
  }

  private boolean hasOpenOrders() {
    return state.all().stream().anyMatch(market -> !market.pair().orders().isEmpty());
  }

  private boolean isAnyUnhedged() {
    return state.all().stream().anyMatch(state::mayBeUnhedged);
  }

  /** What may stand alone cannot be brought together before it has a price: that is waited for. */
  private boolean isAnyUnpriced() {
    return state.all().stream()
        .filter(market -> !market.pair().isQuarantined())
        .filter(market -> state.data(market).flatMap(PairMarketData::perpValue).isEmpty())
        .anyMatch(state::mayBeUnhedged);
  }

  /**
   * The run has to end, but not with orders in the book or a leg alone: it stops as an operator
   * stops it, hedged, and only then ends with this code.
   */
  private void endWhenSafe(ExitCode code, String reason) {
    if (isAllAtRest() && !isAnyUnhedged()) {
      end(code, reason);
      return;
    }
    state.ending = new State.Ending(code, reason);
    state.run.stop(now);
    output.log(LogEvent.error("ending").with("exit_code", code.code()).with("reason", reason));
    drain();
  }

  /** Exit 0 claims that nothing of ours is left: the venue's own list has to show it. */
  private void endClean(String reason) {
    Duration longest =
        state.venues.values().stream()
            .map(venue -> venue.onTheWire(LIST_WAIT))
            .max(Duration::compareTo)
            .orElse(LIST_WAIT);
    endClean(reason, now.plus(longest));
  }

  private void endClean(String reason, Instant latest) {
    if (state.ending != null) {
      end(state.ending.code(), state.ending.reason());
      return;
    }
    boolean differs = isDifferenceOpen();
    if (!differs && (exitCode() != ExitCode.CLEAN || OpenOrderReconciler.isClean(state))) {
      end(ExitCode.CLEAN, reason);
      return;
    }
    state.listDeadline = state.listDeadline == null ? latest : state.listDeadline;
    if (now.isBefore(state.listDeadline)) {
      Instant again = OpenOrderReconciler.askAll(state, now, output);
      state.lifecycleWake = again.isBefore(state.listDeadline) ? again : state.listDeadline;
    } else if (differs) {
      end(ExitCode.RESIDUAL, reason + "; the venue's position differs from the books");
    } else {
      end(ExitCode.RESIDUAL, reason + "; the venue's open orders could not be seen to be none");
    }
  }

  /** A report may have left the venue before our last fills: another one is asked for. */
  private boolean isDifferenceOpen() {
    return state.all().stream()
        .anyMatch(market -> market.mismatchDue().isPresent() && !market.pair().isQuarantined());
  }

  // ---- an operator's flatten

  private void flattened() {
    boolean ends = state.run.endsWhenFlat();
    state.run.flattened();
    output.log(LogEvent.info("flattened").with("then", ends ? "end" : "paused"));
    if (ends) {
      state.flattenedEnds = true;
      endClean("flattened");
    }
  }

  // ---- one evaluation

  private void endOnce() {
    boolean ready = state.all().stream().allMatch(this::isReady);
    boolean goesOn = state.all().stream().anyMatch(market -> market.pair().isBetweenRounds());
    if (goesOn) {
      return;
    }
    if (ready && isAllAtRest()) {
      endClean("once");
      return;
    }
    if (event instanceof Event.StartupCompleted) {
      state.dataDeadline = now.plus(DATA_WAIT);
    }
    Instant deadline = state.dataDeadline;
    if (deadline != null && now.isBefore(deadline)) {
      state.lifecycleWake = deadline;
    } else if (deadline != null && isAllAtRest()) {
      endClean("once, without data");
    }
  }

  private boolean isReady(MarketState market) {
    boolean fresh = state.data(market).filter(data -> data.staleness().isEmpty()).isPresent();
    return fresh
        && state.account(market).isFresh()
        && !market.needsLeverage()
        && market.lastTarget().isPresent();
  }

  // ---- the stop

  private void drain() {
    Instant since = state.run.stopRequested().orElse(now);
    ShutdownSettings.Mode mode =
        state.ending == null ? state.settings.shutdown().mode() : ShutdownSettings.Mode.KEEP_HEDGED;
    if (state.run.isFast() || mode == ShutdownSettings.Mode.CANCEL_ONLY) {
      cancelAndEnd(since);
      return;
    }
    boolean flattens = mode == ShutdownSettings.Mode.FLATTEN;
    if (flattens ? isAllFlat() : isAllAtRest() && !isAnyUnpriced()) {
      endOnceSettled(since.plus(SETTLED));
      return;
    }
    Duration timeout = state.settings.shutdown().timeout();
    boolean longer = isAnyUnhedged() || state.ending != null;
    Instant limit = since.plus(longer ? timeout.multipliedBy(UNHEDGED_TIMES) : timeout);
    if (now.isBefore(limit)) {
      state.lifecycleWake = limit;
    } else {
      state.all().forEach(this::cancelAll);
      end(
          ExitCode.RESIDUAL,
          state.ending == null ? "not done in time" : state.ending.reason() + "; not done in time");
    }
  }

  /**
   * A payment or a fill may still be on its way to us: the summary must not be logged without it.
   */
  private void endOnceSettled(Instant settled) {
    if (now.isBefore(settled)) {
      state.lifecycleWake = settled;
    } else {
      endClean("stopped");
    }
  }

  private void cancelAndEnd(Instant since) {
    state.all().forEach(this::cancelAll);
    if (state.fastSince == null) {
      state.fastSince = state.run.isFast() ? now : since;
    }
    Instant limit = state.fastSince.plus(FAST_END);
    if (!hasOpenOrders() || !now.isBefore(limit)) {
      endClean("orders cancelled", limit);
    } else {
      state.lifecycleWake = limit;
    }
  }

  private void cancelAll(MarketState market) {
    market.pair().cancelAll(now).forEach(output::send);
  }

  // ---- the end

  private void end(ExitCode code, String reason) {
    boolean left = isAnyUnhedged() || hasOpenOrders();
    ExitCode exit =
        code == ExitCode.CLEAN
            ? exitCode()
            : code == ExitCode.PRECONDITION && left ? ExitCode.RESIDUAL : code;
    String why =
        exit == ExitCode.HALTED
            ? state.latched().map(what -> reason + "; latched: " + what).orElse(reason)
            : reason;
    for (MarketState market : state.all()) {
      PairLedger ledger = state.ledger(market);
      output.log(EngineLog.summary(market, ledger, state.data(market), now));
    }
    LogEvent line = exit == ExitCode.CLEAN ? LogEvent.info("shutdown") : LogEvent.error("shutdown");
    output.log(
        line.with("exit_code", exit.code())
            .with("reason", why)
            .with("pnl_net", state.equity().or(state::lastEquity)));
    output.send(new Command.Shutdown(exit.code(), why));
    state.run.ended();
  }

  private ExitCode exitCode() {
    if (isAnyUnhedged() || hasOpenOrders()) {
      return ExitCode.RESIDUAL;
    }
    if (state.all().stream().anyMatch(market -> market.pair().isQuarantined())) {
      return ExitCode.MISMATCH;
    }
    return state.latched().isPresent() ? ExitCode.HALTED : ExitCode.CLEAN;
  }
}
