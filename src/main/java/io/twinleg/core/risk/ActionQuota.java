package io.twinleg.core.risk;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.Denial;
import io.twinleg.core.model.EntryCheck;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.OrderIntent;
import io.twinleg.core.model.QuotaLevel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many actions the venue still grants this account (specification 2.5): its last report, less
 * what was sent since. What trading has earned since is not counted: the next report has it.
 */
public final class ActionQuota {
  /** Kept for what reduces risk. */
  static final long RESERVE = 200;

  private static final long HUNDRED = 100;
  private static final long PLENTY = 50;
  private static final long LITTLE = 20;

  private Optional<Event.BudgetReported> reported = Optional.empty();
  private long sentSince;
  private QuotaLevel logged = QuotaLevel.NONE;

  public void report(Event.BudgetReported budget) {
    reported = Optional.of(budget);
    sentSince = 0;
  }

  public void count(int actions) {
    sentSince += actions;
  }

  /** Empty at a venue that keeps no such count. */
  public Optional<Long> left() {
    return reported.map(it -> Math.max(0, it.cap() - it.used() - sentSince));
  }

  public QuotaLevel level() {
    return reported.map(it -> level(left().orElse(0L), it.cap())).orElse(QuotaLevel.NONE);
  }

  private static QuotaLevel level(long left, long cap) {
    if (left == 0) {
      return QuotaLevel.UNWIND_ONLY;
    }
    if (left < RESERVE) {
      return QuotaLevel.NO_ENTRIES;
    }
    if (left * HUNDRED < cap * LITTLE) {
      return QuotaLevel.IOC_ONLY;
    }
    return left * HUNDRED <= cap * PLENTY ? QuotaLevel.SLOW : QuotaLevel.NONE;
  }

  /** Nothing is left: the venue takes one action in ten seconds, and that is for unwinding. */
  public boolean isSpent() {
    return level() == QuotaLevel.UNWIND_ONLY;
  }

  public Optional<Denial> refusal() {
    return switch (level()) {
      case NONE, SLOW, IOC_ONLY -> Optional.empty();
      case NO_ENTRIES, UNWIND_ONLY ->
          Optional.of(
              Denial.blocked(EntryCheck.RATE_BUDGET, "address_budget", left().orElse(0L), RESERVE));
    };
  }

  /** The line of a change of level, once. */
  public Optional<LogEvent> change() {
    QuotaLevel now = level();
    if (now == logged) {
      return Optional.empty();
    }
    logged = now;
    LogEvent line =
        switch (now) {
          case NONE -> LogEvent.info("budget_restored");
          case SLOW, IOC_ONLY -> LogEvent.warn("budget_low");
          case NO_ENTRIES, UNWIND_ONLY -> LogEvent.error("budget_low");
        };
    return Optional.of(
        line.with("left", left())
            .with("cap", reported.map(Event.BudgetReported::cap))
            .with("thrift", now.name().toLowerCase(Locale.ROOT)));
  }

  /** The quota of the account at each venue. */
  public static final class ByVenue {
    private final TreeMap<VenueId, ActionQuota> quotas = new TreeMap<>();

    ByVenue() {
      of(VenueId.FIRST);
    }

    public ActionQuota of(VenueId venue) {
      return quotas.computeIfAbsent(venue, id -> new ActionQuota());
    }

    ActionQuota of(OrderIntent intent) {
      return of(intent.instrument().id().market().venue());
    }

    /** The least that is left at any of them; empty where none keeps a count. */
    public Optional<Long> least() {
      return quotas.values().stream().flatMap(quota -> quota.left().stream()).min(Long::compareTo);
    }

    /** Counts what a venue counts of these: a cancel, whatever changes the account. */
    void countBesideOrders(List<Command> commands) {
      commands.stream()
          .filter(ActionQuota::isAction)
          .forEach(command -> of(command.venue()).count(1));
    }
  }

  private static boolean isAction(Command command) {
    return switch (command) {
      case Command.PlaceOrder order -> false;
      case Command.CancelOrder cancel -> true;
      case Command.SetLeverage leverage -> true;
      case Command.TransferCollateral transfer -> true;
      case Command.ConfirmTransfer confirmation -> true;
      case Command.InvalidateNonce invalidation -> true;
      case Command.QueryOrder query -> false;
      case Command.QueryAccount query -> false;
      case Command.AtVenue there -> isAction(there.inner());
      case Command.AdjustPosition adjustment -> false;
      case Command.Shutdown shutdown -> false;
    };
  }
}
