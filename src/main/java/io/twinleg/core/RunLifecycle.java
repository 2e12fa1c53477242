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
import java.util.Optional;

/** Whether the run is over, and with which exit code (specification 1.4 and 1.14). */
final class RunLifecycle {
  private static final Duration SETTLED = Duration.ofSeconds(1);
  private static final Duration FAST_END = Duration.ofSeconds(2);

  /** How long a single evaluation waits for the market's data. */
  private static final Duration DATA_WAIT = Duration.ofSeconds(90);

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
    if (preconditionFailed()) {
      return;
    }
    if (state.breakers.isClockHopeless() && isAllAtRest()) {
      end(
          ExitCode.PRECONDITION,
          "the venue's clock is more than 60 s from ours: set this machine's right");
    } else if (state.run.isStopping()) {
      drain();
    } else if (isAllFlat() && state.run.isFlattening()) {
      flattened();
    } else if (isAllFlat()
        && state.drawdown.isDrawdownTripped()
        && state.drawdown.flattensOnDrawdown()) {
      end(ExitCode.HALTED, "drawdown");
    } else if (state.settings.once()) {
      endOnce();
    }
  }

  private boolean preconditionFailed() {
    if (event instanceof Event.LeverageResult answered && !answered.accepted()) {
      end(ExitCode.PRECONDITION, "leverage refused: " + answered.response());
      return true;
    }
    if (event instanceof Event.OrderRejected rejected
        && rejected.reason() == RejectReason.SIGNER_UNKNOWN) {
      end(ExitCode.PRECONDITION, "the venue does not know the signer: " + rejected.text());
      return true;
    }
    Optional<String> impossible =
        event instanceof Event.StartupCompleted ? impossibleLeverage() : Optional.empty();
    if (impossible.isPresent()) {
      end(ExitCode.PRECONDITION, impossible.get());
      return true;
    }
    for (MarketState market : state.all()) {
      Optional<BigDecimal> gap = state.data(market).flatMap(PairMarketData::midBasis);
      if (gap.isPresent() && market.firstUnitGapCheck() && isGapTooWide(market, gap.get())) {
        end(
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

  private boolean isGapTooWide(MarketState market, BigDecimal gap) {
    boolean flat = market.pair().isFlat();
    return flat && gap.abs().compareTo(state.settings.risk().maxUnitGap()) > 0;
  }

  private boolean isAllFlat() {
    return state.all().stream().allMatch(market -> market.pair().isFlat());
  }

  private boolean isAllAtRest() {
    return state.all().stream().allMatch(market -> market.pair().isAtRest());
  }

  private boolean hasOpenOrders() {
    return state.all().stream().anyMatch(market -> !market.pair().orders().isEmpty());
  }

  private boolean isAnyUnhedged() {
    return state.all().stream().anyMatch(state::isUnhedged);
  }

  // ---- an operator's flatten

  private void flattened() {
    boolean ends = state.run.endsWhenFlat();
    state.run.flattened();
    output.log(LogEvent.info("flattened").with("then", ends ? "end" : "paused"));
    if (ends) {
      end(ExitCode.CLEAN, "flattened");
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
      end(ExitCode.CLEAN, "once");
      return;
    }
    if (event instanceof Event.StartupCompleted) {
      state.dataDeadline = now.plus(DATA_WAIT);
    }
    Instant deadline = state.dataDeadline;
    if (deadline != null && now.isBefore(deadline)) {
      state.lifecycleWake = deadline;
    } else if (deadline != null && isAllAtRest()) {
      end(ExitCode.CLEAN, "once, without data");
    }
  }

  private boolean isReady(MarketState market) {
    boolean fresh = state.data(market).filter(data -> data.staleness().isEmpty()).isPresent();
    return fresh
        && state.account().isFresh()
        && !market.needsLeverage()
        && market.lastTarget().isPresent();
  }

  // ---- the stop

  private void drain() {
    Instant since = state.run.stopRequested().orElse(now);
    if (state.run.isFast()
        || state.settings.shutdown().mode() == ShutdownSettings.Mode.CANCEL_ONLY) {
      cancelAndEnd(since);
      return;
    }
    boolean flattens = state.settings.shutdown().mode() == ShutdownSettings.Mode.FLATTEN;
    if (flattens ? isAllFlat() : isAllAtRest()) {
      endOnceSettled(since.plus(SETTLED));
      return;
    }
    Duration timeout = state.settings.shutdown().timeout();
    Instant limit = since.plus(isAnyUnhedged() ? timeout.multipliedBy(3) : timeout);
    if (now.isBefore(limit)) {
      state.lifecycleWake = limit;
    } else {
      state.all().forEach(this::cancelAll);
      end(ExitCode.RESIDUAL, "not done in time");
    }
  }

  /**
   * A payment or a fill may still be on its way to us: the summary must not be logged without it.
   */
  private void endOnceSettled(Instant settled) {
    if (now.isBefore(settled)) {
      state.lifecycleWake = settled;
    } else {
      end(ExitCode.CLEAN, "stopped");
    }
  }

  private void cancelAndEnd(Instant since) {
    state.all().forEach(this::cancelAll);
    if (state.fastSince == null) {
      state.fastSince = state.run.isFast() ? now : since;
    }
    Instant limit = state.fastSince.plus(FAST_END);
    if (!hasOpenOrders() || !now.isBefore(limit)) {
      end(ExitCode.CLEAN, "orders cancelled");
    } else {
      state.lifecycleWake = limit;
    }
  }

  private void cancelAll(MarketState market) {
    market.pair().cancelAll(now).forEach(output::send);
  }

  // ---- the end

  private void end(ExitCode code, String reason) {
    ExitCode exit = code == ExitCode.CLEAN ? exitCode() : code;
    String why =
        exit == ExitCode.HALTED
            ? state.latched().map(what -> reason + "; latched: " + what).orElse(reason)
            : reason;
    for (MarketState market : state.all()) {
      PairLedger ledger = state.ledger(market);
      output.log(EngineLog.summary(market.id(), ledger, state.data(market)));
    }
    LogEvent line = exit == ExitCode.CLEAN ? LogEvent.info("shutdown") : LogEvent.error("shutdown");
    output.log(
        line.with("exit_code", exit.code())
            .with("reason", why)
            .with("pnl_net", state.equity().orElse(Usd.ZERO)));
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
