package io.twinleg.core.risk;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Usd;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One transfer between the wallets at a time, until it is known how it ended and the venue has
 * shown the wallets after it. An answer that does not come is queried; nothing is ever sent twice.
 */
final class CollateralTransfers {
  /** Smaller ones are not worth an action. */
  static final Usd LEAST = Usd.of("10");

  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(10);

  /**
   * @param queriedAt when its outcome was queried last; the send counts as the first time
   */
  private record UnderWay(Command.TransferCollateral command, Instant queriedAt, boolean known) {}

  private Optional<UnderWay> underWay = Optional.empty();
  private Instant blockedUntil = Instant.MIN;
  private Optional<Instant> lastSent = Optional.empty();
  private Usd movedIn = Usd.ZERO;

  /** Applies what an event says of the transfer, and returns the line of how it ended. */
  List<LogEvent> apply(SequencedEvent event) {
    switch (event.fact()) {
      case Event.TransferResult answered -> {
        return underWay
            .filter(it -> !it.known() && it.command().transfer() == answered.transfer())
            .map(it -> List.of(answered(it, answered, event.receivedTime())))
            .orElse(List.of());
      }
      case Event.AccountReported report -> {
        underWay = underWay.filter(it -> !it.known());
      }
      default -> {
        // nothing about transfers
      }
    }
    return List.of();
  }

  private LogEvent answered(UnderWay it, Event.TransferResult answered, Instant now) {
    Command.TransferCollateral command = it.command();
    return switch (answered.outcome()) {
      case MOVED -> {
        underWay = Optional.of(new UnderWay(command, now, true));
        movedIn = movedIn.plus(signed(command));
        yield line(LogEvent.info("collateral_moved"), command);
      }
      case REFUSED -> {
        underWay = Optional.empty();
        blockedUntil = now.plus(AFTER_REFUSAL);
        yield line(LogEvent.error("collateral_refused"), command)
            .with("response", answered.response());
      }
      case NEVER_LANDED -> {
        underWay = Optional.empty();
        yield line(LogEvent.warn("transfer_never_landed"), command);
      }
    };
  }

  private static Usd signed(Command.TransferCollateral command) {
    return command.from() == Leg.SPOT ? command.amount() : command.amount().negated();
  }

  private static LogEvent line(LogEvent line, Command.TransferCollateral command) {
    Leg from = command.from();
    return line.with("usd", command.amount())
        .with("from", name(from))
        .with("to", name(from.other()));
  }

  private static String name(Leg leg) {
    return leg == Leg.SPOT ? "spot" : "perp";
  }

  boolean isUnderWay() {
    return underWay.isPresent();
  }

  /** On its way into the perp wallet and not shown there yet. */
  Usd arriving() {
    return underWay
        .map(UnderWay::command)
        .filter(command -> command.from() == Leg.SPOT)
        .map(Command.TransferCollateral::amount)
        .orElse(Usd.ZERO);
  }

  /** What the strategy has moved into the perp wallet, less what it has moved out. */
  Usd movedIn() {
    return movedIn;
  }

  boolean isBlocked(Instant now) {
    return now.isBefore(blockedUntil);
  }

  Optional<Instant> lastSent() {
    return lastSent;
  }

  /** Whole cents, at least {@link #LEAST}; nothing while another is under way. */
  Optional<Command> move(Usd amount, Leg from, long transfer, Instant now) {
    Usd cents = new Usd(amount.value().setScale(2, RoundingMode.DOWN));
    if (isUnderWay() || isBlocked(now) || cents.isBelow(LEAST)) {
      return Optional.empty();
    }
    Command.TransferCollateral command = new Command.TransferCollateral(transfer, cents, from);
    sent(command, now);
    return Optional.of(command);
  }

  void sent(Command.TransferCollateral command, Instant now) {
    underWay = Optional.of(new UnderWay(command, now, false));
    lastSent = Optional.of(now);
  }

  /**
   * The query for an answer that is overdue; or for the wallets, when the transfer is known to have
   * happened and they have not been reported.
   *
   * @param speed how many times faster than the wall's the venue's clock runs
   */
  Optional<Command> confirmation(Instant now, int speed) {
    if (deadline(speed).filter(due -> !now.isBefore(due)).isEmpty()) {
      return Optional.empty();
    }
    UnderWay it = underWay.orElseThrow();
    underWay = Optional.of(new UnderWay(it.command(), now, it.known()));
    return Optional.of(
        it.known()
            ? new Command.QueryAccount()
            : new Command.ConfirmTransfer(it.command().transfer()));
  }

  Optional<Instant> deadline(int speed) {
    return underWay.map(it -> it.queriedAt().plus(ANSWER.multipliedBy(speed)));
  }
}
