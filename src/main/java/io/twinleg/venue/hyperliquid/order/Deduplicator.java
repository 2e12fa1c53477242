package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which fills, funding payments and transfers have been published, so that each is published once,
 * however often and by whatever way it arrives. Records from before the journal's start are
 * ignored.
 */
public final class Deduplicator {
  private static final int MAX_RECORDS = 20_000;

  /** Records of one instant may arrive in any order, and clocks differ. */
  private static final Duration OVERLAP = Duration.ofSeconds(60);

  private final Map<Object, Boolean> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
          return size() > MAX_RECORDS;
        }
      };
  private final InstantSource venueTime;
  private Instant started = Instant.MAX;
  private Instant lastFill = Instant.MIN;
  private Instant lastPayment = Instant.MIN;

  /**
   * @param venueTime the venue's clock: what is dated far ahead of it moves nothing on
   */
  public Deduplicator(InstantSource venueTime) {
    this.venueTime = venueTime;
  }

  /**
   * Restores from the journal, before anything is requested.
   *
   * @param offset the venue's clock less ours, in which the journal is dated
   */
  public synchronized void restore(SequencedEvent event, Duration offset) {
    switch (event.fact()) {
      case Event.RunStarted started -> start(event.receivedTime().plus(offset));
      case Event.OrderFilled filled -> isNew(filled.fill(), true);
      case Event.FundingReceived received -> isNew(received.payment());
      case Event.CashTransfer transfer -> isNewTransfer(transfer.time(), transfer);
      case Event.CoinsTransferred transfer -> isNewTransfer(transfer.time(), transfer);
      default -> {
        // no other event can arrive twice
      }
    }
  }

  /** By the venue's clock. The first start counts; later ones continue from it. */
  public synchronized void start(Instant now) {
    if (started.equals(Instant.MAX)) {
      started = now;
    }
  }

  /**
   * @param own of an order of ours, which no clock can make older than the journal
   */
  synchronized boolean isNew(Fill fill, boolean own) {
    boolean isOld = !own && fill.time().isBefore(started);
    if (isOld || seen.put(fill.identity(), true) != null) {
      return false;
    }
    lastFill = later(lastFill, fill.time());
    return true;
  }

  private Instant later(Instant last, Instant time) {
    return last.isBefore(time) && time.isBefore(venueTime.instant().plus(OVERLAP)) ? time : last;
  }

  synchronized boolean isNew(FundingPayment payment) {
    if (payment.time().isBefore(started) || seen.put(payment.identity(), true) != null) {
      return false;
    }
    lastPayment = later(lastPayment, payment.time());
    return true;
  }

  /** One with the same time, kind and amount is the same: no name of it outlives a restart. */
  synchronized boolean isNewTransfer(Instant time, Event transfer) {
    return !time.isBefore(started) && seen.put(transfer, true) == null;
  }

  /** From when fills are requested again, inclusive. */
  public synchronized Instant fillsFrom() {
    return from(lastFill);
  }

  public synchronized Instant paymentsFrom() {
    return from(lastPayment);
  }

  private Instant from(Instant last) {
    return Optional.of(last)
        .filter(known -> !known.equals(Instant.MIN))
        .map(known -> known.minus(OVERLAP))
        .orElse(started.minus(OVERLAP));
  }
}
