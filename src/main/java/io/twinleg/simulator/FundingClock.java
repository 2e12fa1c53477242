package io.twinleg.simulator;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Samples every perp at each full minute and settles it at the full hour at which its interval
 * ends, on the position that is held at that instant: the account receives -(signed size) × oracle
 * × rate.
 */
final class FundingClock {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Listings listings;
  private final Accounts accounts;
  private final NetworkModel wire;
  private final EventQueue agenda;
  private final Map<InstrumentId, FundingRates> rates = new TreeMap<>();
  private final FundingSnapshot held = new FundingSnapshot();
  private final BiConsumer<InstrumentId, FundingHour> news;

  FundingClock(
      Listings listings,
      Accounts accounts,
      NetworkModel wire,
      EventQueue agenda,
      MarketModel world,
      FundingIntervals intervals,
      BiConsumer<InstrumentId, FundingHour> news) {
    this.listings = listings;
    this.accounts = accounts;
    this.wire = wire;
    this.agenda = agenda;
    this.news = news;
    listings
        .perps()
        .forEach(
            perp -> rates.put(perp.id(), new FundingRates(perp, world, intervals.of(perp.id()))));
    Instant minute = world.start().truncatedTo(ChronoUnit.MINUTES).plus(MINUTE);
    agenda.add(minute, () -> strike(minute));
  }

  FundingRates rates(InstrumentId perp) {
    FundingRates found = rates.get(perp);
    if (found == null) {
      throw new IllegalArgumentException(perp + " is no perp that is traded here");
    }
    return found;
  }

  private void strike(Instant minute) {
    rates.values().forEach(FundingRates::sample);
    if (minute.equals(minute.truncatedTo(ChronoUnit.HOURS))) {
      rates.forEach((perp, rate) -> {
        if (rate.settlesAt(minute)) {
          held.remember(listings.get(perp), minute, accounts.all());
        }
        rate.settle(minute).ifPresent(hour -> pay(perp, hour));
      });
    }
    Instant next = minute.plus(MINUTE);
    agenda.add(next, () -> strike(next));
  }

  void refreshEstimates(Instant now) {
    rates.values().forEach(rate -> rate.refreshEstimate(now));
  }

  /** An hour of which the world tells now what it settled at. */
  void settleLate(InstrumentId perp, FundingHour hour) {
    rates(perp).settledLate(hour);
    pay(perp, hour);
  }

  private void pay(InstrumentId perp, FundingHour hour) {
    news.accept(perp, hour);
    held.take(perp, hour.hour())
        .ifPresent(then -> accounts.all().forEach(account -> pay(account, perp, hour, then)));
  }

  private void pay(
      Account account, InstrumentId perp, FundingHour hour, FundingSnapshot.Holdings then) {
    Quantity size = then.sizes().getOrDefault(account.id(), Quantity.ZERO);
    if (!size.isZero()) {
      FundingPayment payment =
          new FundingPayment(
              perp,
              hour.hour(),
              then.oracle().times(size.negated()).times(hour.rate().value()),
              size,
              hour.rate());
      account.apply(payment);
      wire.stream(account, new ExecutionReport.FundingPaid(payment));
    }
  }
}
