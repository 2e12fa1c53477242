package io.twinleg.simulator.server.hyperliquid;

import io.twinleg.simulator.AccountId;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Accepted;
import io.twinleg.wire.hyperliquid.action.ExchangeResponse.Refused;
import io.twinleg.wire.hyperliquid.action.L1Action.ScheduleCancel;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The dead man's switch: cancels all that is open at a time, unless the time is moved on. */
final class ScheduledCancel {
  private static final BigDecimal LEAST_VOLUME = BigDecimal.valueOf(1_000_000);
  private static final Duration LEAST_NOTICE = Duration.ofSeconds(5);
  private static final int MOST_A_DAY = 10;

  private record Fired(LocalDate day, int times) {}

  private final ServerContext clients;
  private final CancelHandler cancels;
  private final Map<AccountId, Instant> due = new TreeMap<>();
  private final Map<AccountId, Fired> fired = new TreeMap<>();

  ScheduledCancel(ServerContext clients, CancelHandler cancels) {
    this.clients = clients;
    this.cancels = cancels;
  }

  ExchangeResponse set(AccountId account, ScheduleCancel action) {
    Optional<String> objection =
        volume(account).or(() -> notice(action)).or(() -> often(account, action));
    if (objection.isPresent()) {
      return new Refused(objection.get());
    }
    due.remove(account);
    action.time().ifPresent(time -> schedule(account, Instant.ofEpochMilli(time)));
    return Accepted.byDefault();
  }

  /** Also for one who only wants to be rid of it (measured). */
  private Optional<String> volume(AccountId account) {
    BigDecimal traded = clients.books().of(account).budget().volume();
    return traded.compareTo(LEAST_VOLUME) >= 0
        ? Optional.empty()
        : Optional.of(
            "Cannot set scheduled cancel time until enough volume traded. Required: $%s. Traded: $%s."
                .formatted(LEAST_VOLUME, traded.setScale(2, RoundingMode.DOWN)));
  }

  private Optional<String> notice(ScheduleCancel action) {
    long earliest = clients.exchange().now().plus(LEAST_NOTICE).toEpochMilli();
    boolean early = action.time().isPresent() && action.time().getAsLong() < earliest;
    return early
        ? Optional.of("Scheduled cancel time too early, must be at least 5 seconds from now.")
        : Optional.empty();
  }

  private Optional<String> often(AccountId account, ScheduleCancel action) {
    boolean tooOften = action.time().isPresent() && timesToday(account) >= MOST_A_DAY;
    return tooOften
        ? Optional.of("Too many scheduled cancels triggered for the day. Limit is 10.")
        : Optional.empty();
  }

  private int timesToday(AccountId account) {
    return Optional.ofNullable(fired.get(account))
        .filter(last -> last.day().equals(today()))
        .map(Fired::times)
        .orElse(0);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clients.exchange().now(), ZoneOffset.UTC);
  }

  private void schedule(AccountId account, Instant time) {
    due.put(account, time);
    clients.exchange().at(time, () -> fire(account, time));
  }

  private void fire(AccountId account, Instant time) {
    if (due.remove(account, time)) {
      fired.put(account, new Fired(today(), timesToday(account) + 1));
      cancels.cancelAll(account, "scheduledCancel");
    }
  }
}
