package io.twinleg.core.risk;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.RiskDirective.Strength;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.RiskSettings.MarginBands;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps the short from being liquidated (specification 2.10). When its collateral grows thin, money
 * is moved to it; where that is not enough, both legs are reduced; in an emergency they are reduced
 * at once. What the short has gained and does not need goes back.
 */
public final class MarginMonitor {
  /** Above the target by this the surplus goes back, down to the lower of the two. */
  private static final BigDecimal SURPLUS = new BigDecimal("0.30");

  private static final BigDecimal HYSTERESIS = new BigDecimal("0.10");
  private static final BigDecimal NEAR_ENOUGH = new BigDecimal("0.02");
  private static final Duration REPORTED_WITHIN = Duration.ofSeconds(10);
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);

  /** How thin the collateral is. */
  public enum Band {
    AMPLE,
    WARN,
    ACT,
    EMERGENCY
  }

  /** What one evaluation leads to. */
  public record Verdict(List<Command> commands, List<LogEvent> log) {
    public Verdict {
      commands = List.copyOf(commands);
      log = List.copyOf(log);
    }
  }

  private final CollateralTransfers transfers = new CollateralTransfers();
  private transient MarginBands settings;
  private Band band = Band.AMPLE;
  private boolean restoring;
  private Instant lastPossible = Instant.MIN;
  private RiskDirective directive = RiskDirective.NONE;

  public MarginMonitor(RiskSettings settings) {
    this.settings = settings.marginBands();
  }

  /** Other bands from here on; what is under way and what was logged stay. */
  public void configure(RiskSettings others) {
    settings = others.marginBands();
  }

  public List<LogEvent> apply(SequencedEvent event) {
    return transfers.apply(event);
  }

  /** A transfer that another version of the program has sent: how it ended is awaited. */
  public void sent(Command.TransferCollateral transfer, Instant now) {
    transfers.sent(transfer, now);
  }

  /** What it asks of every pair until the next evaluation. */
  public RiskDirective directive() {
    return directive;
  }

  public Usd movedIn() {
    return transfers.movedIn();
  }

  /** Nothing is bought with money that may be on its way out of the wallet. */
  public boolean isMoving() {
    return transfers.isUnderWay();
  }

  /** Money can be moved, and no refusal stands in the way. */
  public boolean canMove(boolean capable, Instant now) {
    return capable && !transfers.isBlocked(now);
  }

  public Optional<Instant> wakeAt(int clockSpeed) {
    return transfers.deadline(clockSpeed);
  }

  /** The bands for a coin of this greatest leverage. */
  public MarginBands bands(int maxLeverage) {
    return settings.raisedFor(maxLeverage);
  }

  /** The query for an answer that is overdue, whatever is known of the wallet. */
  public Optional<Command> confirmation(Instant now, int clockSpeed) {
    return transfers.confirmation(now, clockSpeed);
  }

  /**
   * Evaluates the wallet.
   *
   * @param quiet every pair is at rest: what is not needed may go
   * @param maxLeverage the least of the coins that are held: the one that is liquidated first
   * @param cause the sequence of the event at hand, the name of a transfer that it leads to
   */
  public Verdict evaluate(
      MarginSnapshot wallet, boolean quiet, int maxLeverage, long cause, Instant now) {
    if (wallet.isFlat()) {
      band = Band.AMPLE;
      restoring = false;
      directive = RiskDirective.NONE;
      return new Verdict(quiet ? levelled(wallet, cause, now) : List.of(), List.of());
    }
    MarginBands bands = bands(maxLeverage);
    Band found = bandOf(wallet.ratio(), bands);
    List<LogEvent> log = changed(found, wallet, bands, maxLeverage).stream().toList();
    restoring = mustRestore(found, wallet, bands, now);
    directive = directive(found, wallet, bands);
    return new Verdict(moves(wallet, quiet, bands, cause, now), log);
  }

  private List<Command> moves(
      MarginSnapshot wallet, boolean quiet, MarginBands bands, long cause, Instant now) {
    if (restoring) {
      return topUp(wallet, bands, cause, now);
    }
    return quiet ? swept(wallet, bands, cause, now) : List.of();
  }

  /** Denies to add so much notional where it would leave less than the ratio that is warned of. */
  public Optional<Denial> denial(MarginSnapshot wallet, Usd more, int maxLeverage) {
    BigDecimal after = wallet.ratioWith(more);
    BigDecimal least = bands(maxLeverage).warn();
    return after.compareTo(least) < 0
        ? Optional.of(
            Denial.blocked(
                EntryCheck.BALANCES,
                "margin_ratio",
                after.setScale(4, RoundingMode.HALF_EVEN),
                least.toPlainString()))
        : Optional.empty();
  }

  private static Band bandOf(BigDecimal ratio, MarginBands bands) {
    if (ratio.compareTo(bands.emergency()) < 0) {
      return Band.EMERGENCY;
    }
    if (ratio.compareTo(bands.act()) < 0) {
      return Band.ACT;
    }
    return ratio.compareTo(bands.warn()) < 0 ? Band.WARN : Band.AMPLE;
  }

  /**
   * Once begun it goes on to the target, as long as there is something to do it with, or may soon
   * be: a report that is older than the last fills shows nothing yet.
   */
  private boolean mustRestore(Band found, MarginSnapshot wallet, MarginBands bands, Instant now) {
    if (found == Band.ACT || found == Band.EMERGENCY) {
      lastPossible = now;
      return true;
    }
    boolean reached = wallet.ratio().compareTo(bands.target().subtract(NEAR_ENOUGH)) >= 0;
    boolean possible =
        transfers.isUnderWay()
            || !wallet.freeSpot().plus(wallet.proceeds()).isBelow(CollateralTransfers.LEAST);
    lastPossible = possible ? now : lastPossible;
    return restoring && !reached && now.isBefore(lastPossible.plus(REPORTED_WITHIN));
  }

  private RiskDirective directive(Band found, MarginSnapshot wallet, MarginBands bands) {
    Usd arriving = transfers.arriving();
    if (found == Band.EMERGENCY) {
      BigDecimal share = wallet.shareToClose(bands.target(), arriving);
      return new RiskDirective(Strength.REDUCE_AT_ONCE, "margin_emergency", share);
    }
    Usd movable = wallet.freeSpot().plus(wallet.proceeds());
    Usd coming = movable.isBelow(CollateralTransfers.LEAST) ? arriving : arriving.plus(movable);
    if (found == Band.ACT && wallet.ratio(coming).compareTo(bands.act()) < 0) {
      return new RiskDirective(
          Strength.REDUCE, "margin", wallet.shareToClose(bands.target(), coming));
    }
    return restoring ? new RiskDirective(Strength.NO_NEW_RISK, "margin") : RiskDirective.NONE;
  }

  // ---- money

  private List<Command> topUp(MarginSnapshot wallet, MarginBands bands, long cause, Instant now) {
    BigDecimal stays = BigDecimal.ONE.subtract(ourShareOfAll(wallet));
    Usd missing = wallet.notional().times(bands.target()).times(stays).minus(wallet.equity());
    Usd least = missing.signum() > 0 ? missing.max(CollateralTransfers.LEAST) : missing;
    return transfers.move(least.min(wallet.freeSpot()), Leg.SPOT, cause, now).stream().toList();
  }

  /** The part of all that is held which goes by what is demanded. */
  private BigDecimal ourShareOfAll(MarginSnapshot wallet) {
    return directive.isReduction()
        ? directive
            .share()
            .multiply(wallet.ourNotional().value())
            .divide(wallet.notional().value(), MathContext.DECIMAL64)
        : BigDecimal.ZERO;
  }

  /** Only what the strategy has gained there: the owner's own deposit stays where he put it. */
  private List<Command> swept(MarginSnapshot wallet, MarginBands bands, long cause, Instant now) {
    BigDecimal most = bands.target().add(SURPLUS);
    if (wallet.ratio().compareTo(most.add(HYSTERESIS)) <= 0) {
      return List.of();
    }
    Usd surplus = wallet.missingTo(most).negated();
    return sweep(surplus, wallet, cause, now);
  }

  private List<Command> sweep(Usd surplus, MarginSnapshot wallet, long cause, Instant now) {
    boolean early =
        transfers.lastSent().filter(at -> now.isBefore(at.plus(BETWEEN_SWEEPS))).isPresent();
    if (early || !wallet.movable()) {
      return List.of();
    }
    Usd amount = surplus.min(wallet.gained()).min(wallet.freePerp());
    return transfers.move(amount, Leg.PERP, cause, now).stream().toList();
  }

  /** With nothing held each wallet gets back what the other has gained at its cost. */
  private List<Command> levelled(MarginSnapshot wallet, long cause, Instant now) {
    return wallet.lost().isBelow(CollateralTransfers.LEAST)
        ? sweep(wallet.gained(), wallet, cause, now)
        : transfers.move(wallet.lost().min(wallet.freeSpot()), Leg.SPOT, cause, now).stream()
            .toList();
  }

  // ---- the log

  /**
   * It has not recovered while it stands at the very edge: else it would be logged again and again.
   */
  private Optional<LogEvent> changed(
      Band found, MarginSnapshot wallet, MarginBands bands, int maxLeverage) {
    Band before = band;
    boolean atTheEdge =
        found == Band.AMPLE
            && wallet.ratio().compareTo(bands.warn().add(HYSTERESIS.movePointLeft(1))) < 0;
    band = atTheEdge ? before : found;
    return band == before ? Optional.empty() : Optional.of(bandLog(wallet, bands, maxLeverage));
  }

  private LogEvent bandLog(MarginSnapshot wallet, MarginBands bands, int maxLeverage) {
    LogEvent line =
        band == Band.AMPLE ? LogEvent.info("margin_restored") : LogEvent.warn("margin_warning");
    return line.with("band", band.name().toLowerCase(Locale.ROOT))
        .with("ratio", wallet.ratio().setScale(4, RoundingMode.HALF_EVEN))
        .with("perp_equity", wallet.equity())
        .with("perp_notional", wallet.notional())
        .with("liq_distance", wallet.liquidationDistance(maxLeverage))
        .with("instruction", instruction(wallet, bands));
  }

  /** What the owner can do himself, to the cent; nothing where we do it. */
  private Optional<String> instruction(MarginSnapshot wallet, MarginBands bands) {
    Usd missing = wallet.missingTo(bands.target());
    if (band == Band.AMPLE || wallet.movable() || missing.signum() <= 0) {
      return Optional.empty();
    }
    String amount = missing.value().setScale(2, RoundingMode.UP).toPlainString();
    return Optional.of(
        wallet.pooled()
            ? "deposit %s USD into the account".formatted(amount)
            : "move %s USD from the spot to the perp wallet".formatted(amount));
  }
}
