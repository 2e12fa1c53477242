package io.twinleg.core;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.ExecutionSettings;
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

  private static final Duration HEARD = Duration.ofSeconds(1);
  private static final Duration FAST_END = Duration.ofSeconds(2);

  /** How long a single look waits for the market's data. */
  private static final Duration DATA_WAIT = Duration.ofSeconds(90);

  private final Engine engine;
  private final SequencedEvent event;
  private final CommandBuffer dispatch;
  private final Instant now;

  RunLifecycle(Engine engine, SequencedEvent event, CommandBuffer dispatch) {
    this.engine = engine;
    this.event = event;
    this.dispatch = dispatch;
    this.now = event.receivedTime();
  }

  void run() {
    engine.lifecycleWake(Optional.empty());
    if (preconditionFailed()) {
      return;
    }
    if (engine.tripwires().isClockHopeless() && isAllAtRest()) {
      end(ExitCode.PRECONDITION, "the venue's clock is more than 60 s from ours: set this machine's right");
    } else if (engine.mode().isStopping()) {
      drain();
    } else if (isAllFlat() && engine.mode().isFlattening()) {
      flattened();
    } else if (isAllFlat()
        && engine.monitor().isDrawdownTripped()
        && engine.monitor().flattensOnDrawdown()) {
      end(ExitCode.HALTED, "drawdown");
    } else if (engine.settings().once()) {
      endOnce();
    }
  }

  private boolean preconditionFailed() {
    if (event.fact() instanceof Event.LeverageResult answered && !answered.accepted()) {
      end(ExitCode.PRECONDITION, "leverage refused: " + answered.response());
      return true;
    }
    if (event.fact() instanceof Event.OrderRejected rejected
        && rejected.reason() == RejectReason.SIGNER_UNKNOWN) {
      end(ExitCode.PRECONDITION, "the venue does not know the signer: " + rejected.text());
      return true;
    }
    Optional<String> impossible =
        event.fact() instanceof Event.StartupCompleted ? impossibleLeverage() : Optional.empty();
    if (impossible.isPresent()) {
      end(ExitCode.PRECONDITION, impossible.get());
      return true;
    }
    for (MarketState unit : engine.units()) {
      Optional<BigDecimal> gap = engine.view().market(unit.id()).flatMap(PairMarketData::midBasis);
      if (gap.isPresent() && unit.firstUnitGapCheck() && isGapTooWide(unit, gap.get())) {
        end(
            ExitCode.PRECONDITION,
            "spot and perp of "
                + unit.id()
                + " stand "
                + gap.get().movePointRight(2).setScale(2, RoundingMode.HALF_EVEN)
                + " % apart: are they one coin? (markets.max_unit_gap)");
        return true;
      }
    }
    return false;
  }

  /**
   * What the perp itself rules out, in a sentence; known only once the venue has told its
   * instruments.
   */
  private Optional<String> impossibleLeverage() {
    for (MarketState unit : engine.units()) {
      Optional<Instrument> perp =
          engine.view().market(unit.id()).map(market -> market.instrument(Leg.PERP));
      ExecutionSettings wanted = unit.settings().execution();
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

  private boolean isGapTooWide(MarketState unit, BigDecimal gap) {
    boolean flat = unit.pair().isFlat();
    return flat && gap.abs().compareTo(engine.settings().risk().maxUnitGap()) > 0;
  }

  private boolean isAllFlat() {
    return engine.units().stream().allMatch(unit -> unit.pair().isFlat());
  }

  private boolean isAllAtRest() {
    return engine.units().stream().allMatch(unit -> unit.pair().isAtRest());
  }

  private boolean hasOpenOrders() {
    return engine.units().stream().anyMatch(unit -> !unit.pair().orders().isEmpty());
  }

  private boolean isUnhedged(MarketState unit) {
    PairLedger ledger = engine.portfolio().ledger(unit.id());
    return engine
        .view()
        .market(unit.id())
        .flatMap(market ->
            market.perpValue().map(price -> unit.pair().delta(market, ledger, price).isUnhedged()))
        .orElse(false);
  }

  private boolean isAnyUnhedged() {
    return engine.units().stream().anyMatch(this::isUnhedged);
  }

  // ---- an operator's flatten

  private void flattened() {
    boolean ends = engine.mode().endsWhenFlat();
    engine.mode().flattened();
    dispatch.tell(LogEvent.info("flattened").with("then", ends ? "end" : "paused"));
    if (ends) {
      end(ExitCode.CLEAN, "flattened");
    }
  }

  // ---- one look

  private void endOnce() {
    boolean ready = engine.units().stream().allMatch(this::isReady);
    boolean goesOn = engine.units().stream().anyMatch(unit -> unit.pair().isBetweenRounds());
    if (goesOn) {
      return;
    }
    if (ready && isAllAtRest()) {
      end(ExitCode.CLEAN, "once");
      return;
    }
    if (event.fact() instanceof Event.StartupCompleted) {
      engine.dataDeadline(now.plus(DATA_WAIT));
    }
    engine
        .dataDeadline()
        .ifPresent(deadline -> {
          if (isAllAtRest() && !now.isBefore(deadline)) {
            end(ExitCode.CLEAN, "once, without data");
          } else if (now.isBefore(deadline)) {
            engine.lifecycleWake(Optional.of(deadline));
          }
        });
  }

  private boolean isReady(MarketState unit) {
    boolean fresh =
        engine.view().market(unit.id()).filter(market -> market.staleness().isEmpty()).isPresent();
    return fresh
        && engine.portfolio().account().isFresh()
        && !unit.mustAskLeverage()
        && unit.lastTarget().isPresent();
  }

  // ---- the stop

  private void drain() {
    Instant since = engine.mode().stopRequested().orElse(now);
    if (engine.mode().isFast()
        || engine.settings().shutdown().mode() == ShutdownSettings.Mode.CANCEL_ONLY) {
      cancelAndEnd(since);
      return;
    }
    boolean flattens = engine.settings().shutdown().mode() == ShutdownSettings.Mode.FLATTEN;
    if (flattens ? isAllFlat() : isAllAtRest()) {
      endOnceHeard(since.plus(HEARD));
      return;
    }
    Duration timeout = engine.settings().shutdown().timeout();
    Instant limit = since.plus(isAnyUnhedged() ? timeout.multipliedBy(3) : timeout);
    if (now.isBefore(limit)) {
      engine.lifecycleWake(Optional.of(limit));
    } else {
      engine.units().forEach(this::cancelAll);
      end(ExitCode.RESIDUAL, "not done in time");
    }
  }

  /**
   * A payment or a fill may still be on its way to us: the last line must not be told without it.
   */
  private void endOnceHeard(Instant heard) {
    if (now.isBefore(heard)) {
      engine.lifecycleWake(Optional.of(heard));
    } else {
      end(ExitCode.CLEAN, "stopped");
    }
  }

  private void cancelAndEnd(Instant since) {
    engine.units().forEach(this::cancelAll);
    Instant limit = engine.fastSince(now, since).plus(FAST_END);
    if (!hasOpenOrders() || !now.isBefore(limit)) {
      end(ExitCode.CLEAN, "orders cancelled");
    } else {
      engine.lifecycleWake(Optional.of(limit));
    }
  }

  private void cancelAll(MarketState unit) {
    unit.pair()
        .cancelAll(
            dispatch.outbox(
                unit,
                wider -> {
                  throw new IllegalStateException("a cancel is not checked");
                }),
            now);
  }

  // ---- the end

  private void end(ExitCode code, String reason) {
    ExitCode exit = code == ExitCode.CLEAN ? exitCode() : code;
    String why =
        exit == ExitCode.HALTED
            ? engine.latched().map(what -> reason + "; latched: " + what).orElse(reason)
            : reason;
    for (MarketState unit : engine.units()) {
      PairLedger ledger = engine.portfolio().ledger(unit.id());
      dispatch.tell(PnlLog.summary(unit.id(), ledger, engine.view().market(unit.id())));
    }
    LogEvent note = exit == ExitCode.CLEAN ? LogEvent.info("shutdown") : LogEvent.error("shutdown");
    dispatch.tell(
        note.with("exit_code", exit.code())
            .with("reason", why)
            .with("pnl_net", engine.equity().orElse(Usd.ZERO)));
    dispatch.send(Engine.end(exit.code(), why));
    engine.mode().ended();
  }

  private ExitCode exitCode() {
    if (isAnyUnhedged() || hasOpenOrders()) {
      return ExitCode.RESIDUAL;
    }
    if (engine.units().stream().anyMatch(unit -> unit.pair().isQuarantined())) {
      return ExitCode.MISMATCH;
    }
    return engine.latched().isPresent() ? ExitCode.HALTED : ExitCode.CLEAN;
  }
}
