package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.Backoff;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.aster.AsterFundingRow;
import io.twinleg.wire.aster.AsterJson.RowList;
import io.twinleg.wire.aster.IncomeRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Funding payments. The stream announces a payment without its symbol: the rows of {@code income}
 * are requested, and each is published once.
 */
final class FundingFeed {
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
  private static final Duration OVERLAP = Duration.ofMinutes(1);
  static final Duration LONGEST_INTERVAL = Duration.ofHours(8);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final AsterPerpAdapter perp;
  private final AsterInstrumentMap instruments;
  private final VenueClock clock;
  private final Backoff pauses =
      new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());

  /** From when payments count. */
  private final Map<InstrumentId, Instant> begun = new TreeMap<>();

  /** From when they are requested again. */
  private final Map<InstrumentId, Instant> since = new TreeMap<>();

  private final Map<InstrumentId, Set<FundingPayment.Identity>> published = new TreeMap<>();

  FundingFeed(AsterPerpAdapter perp, AsterInstrumentMap instruments, VenueClock clock) {
    this.clock = clock;
    this.perp = perp;
    this.instruments = instruments;
  }

  /** Payments of a market count from when the journal first had it, whatever run that was. */
  void begin(InstrumentId perp, Instant first) {
    begun.putIfAbsent(perp, first);
    since.putIfAbsent(perp, first);
  }

  /** And those of a new one from now on. */
  void start() {
    Instant now = clock.venueNow();
    instruments.all(Leg.PERP).forEach(instrument -> begin(instrument.id(), now));
  }

  void restore(FundingPayment payment) {
    markPublished(payment);
  }

  /** What is dated ahead of the venue's clock does not move the time of the next request. */
  private boolean markPublished(FundingPayment payment) {
    if (payment.time().isBefore(clock.venueNow().plus(OVERLAP))) {
      since.merge(
          payment.instrument(), payment.time(), (one, other) -> one.isAfter(other) ? one : other);
    }
    return published
        .computeIfAbsent(payment.instrument(), id -> new HashSet<>())
        .add(payment.identity());
  }

  /** Requests in the background and publishes what is new. */
  void poll(VenueExecutor executor, EventInbox inbox, AsterOrders orders) {
    for (Instrument instrument : instruments.all(Leg.PERP)) {
      Instant from = since.getOrDefault(instrument.id(), Instant.EPOCH).minus(OVERLAP);
      Quantity position = orders.position(instrument.id());
      executor.request(
          VenueExecutor.Lane.PATIENT,
          () -> request(instrument, from),
          found -> {
            newPayments(instrument, found, position)
                .forEach(
                    payment -> inbox.publish(payment.time(), new Event.FundingReceived(payment)));
            if (found.paid().isWhole()) {
              pauses.reset();
            } else {
              pollAgain(executor, inbox, orders);
            }
          },
          failure -> pollAgain(executor, inbox, orders));
    }
  }

  private void pollAgain(VenueExecutor executor, EventInbox inbox, AsterOrders orders) {
    executor.executeAfter(pauses.next(), () -> poll(executor, inbox, orders));
  }

  /** At a start, while the caller waits. */
  List<FundingPayment> backfill(VenueExecutor executor, AsterOrders orders) {
    List<FundingPayment> all = new ArrayList<>();
    for (Instrument instrument : instruments.all(Leg.PERP)) {
      Instant from = executor.call(() -> since.get(instrument.id())).minus(OVERLAP);
      Found found = RestClient.retried(() -> request(instrument, from));
      all.addAll(
          executor.call(() -> newPayments(instrument, found, orders.position(instrument.id()))));
    }
    return all;
  }

  private record Found(RowList<IncomeRow> paid, List<AsterFundingRow> rates, int hours) {}

  private Found request(Instrument instrument, Instant from) {
    String symbol = instrument.wireName();
    RowList<IncomeRow> paid = perp.fundingIncome(symbol, from);
    return paid.readable().isEmpty()
        ? new Found(paid, List.of(), 1)
        : new Found(
            paid,
            perp.fundingRates(symbol, from.minus(LONGEST_INTERVAL)),
            perp.fundingHours(symbol, clock.venueNow()));
  }

  private List<FundingPayment> newPayments(Instrument instrument, Found found, Quantity position) {
    List<FundingPayment> payments = new ArrayList<>();
    Instant started = since.getOrDefault(instrument.id(), Instant.EPOCH);
    Instant first = begun.getOrDefault(instrument.id(), Instant.EPOCH);
    for (IncomeRow row : found.paid().readable()) {
      Instant time = Instant.ofEpochMilli(row.time());
      FundingPayment payment =
          new FundingPayment(
              instrument.id(), time, new Usd(row.income()), position, rate(found, time));
      if (!time.isBefore(first) && markPublished(payment)) {
        payments.add(payment);
      }
    }
    if (!found.paid().isWhole()) {
      // The row that could not be read may lie before others: it is requested again.
      since.put(instrument.id(), started);
    }
    return payments;
  }

  private static Rate rate(Found found, Instant time) {
    return hours(found.rates(), found.hours()).stream()
        .filter(settled -> settled.hour().equals(hour(time)))
        .map(FundingHour::rate)
        .findFirst()
        .orElse(new Rate(BigDecimal.ZERO, found.hours()));
  }

  /**
   * Settled rates, each for the interval that it ended.
   *
   * @param hours the interval where the rows do not show it
   */
  static List<FundingHour> hours(List<AsterFundingRow> rows, int hours) {
    return IntStream.range(0, rows.size())
        .mapToObj(i -> hour(rows.get(i), AsterFundingRow.intervalHours(rows, i, hours)))
        .toList();
  }

  /** The full hour that a settlement belongs to: it comes some seconds before or after it. */
  static Instant hour(Instant settled) {
    return settled.plus(HALF_AN_HOUR).truncatedTo(ChronoUnit.HOURS);
  }

  static FundingHour hour(AsterFundingRow row, int periodHours) {
    return new FundingHour(
        hour(Instant.ofEpochMilli(row.time())), new Rate(row.rate(), periodHours));
  }
}
