package io.twinleg.venue.hyperliquid.order;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which fills, payments and transfers have been told, so that each is told once, whichever way it
 * comes first and however often a snapshot repeats it. What happened before the journal began is
 * nobody's business here.
 */
public final class Deduplicator {
  private static final int MOST = 20_000;

  /** Records of one instant may come in any order, and clocks differ. */
  private static final Duration LOOK_BACK = Duration.ofSeconds(60);

  private record Payment(InstrumentId instrument, Instant time) {}

  private record Transfer(String hash, Instant time, String what) {}

  private final Map<Object, Boolean> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
          return size() > MOST;
        }
      };
  private Instant started = Instant.MAX;
  private Instant lastFill = Instant.MIN;
  private Instant lastPayment = Instant.MIN;

  /** From the journal, before anything is asked. */
  public synchronized void restore(SequencedEvent event) {
    switch (event.fact()) {
      case Event.RunStarted started -> start(event.receivedTime());
      case Event.OrderFilled filled -> isNew(filled.fill());
      case Event.FundingReceived received -> isNew(received.payment());
      default -> {
        // nothing that could come twice
      }
    }
  }

  /** The first start counts: later ones go on from it. */
  public synchronized void start(Instant now) {
    if (started.equals(Instant.MAX)) {
      started = now;
    }
  }

  synchronized boolean isNew(Fill fill) {
    if (fill.time().isBefore(started) || seen.put(fill.identity(), true) != null) {
      return false;
    }
    lastFill = lastFill.isBefore(fill.time()) ? fill.time() : lastFill;
    return true;
  }

  synchronized boolean isNew(FundingPayment payment) {
    Payment identity = new Payment(payment.instrument(), payment.time());
    if (payment.time().isBefore(started) || seen.put(identity, true) != null) {
      return false;
    }
    lastPayment = lastPayment.isBefore(payment.time()) ? payment.time() : lastPayment;
    return true;
  }

  synchronized boolean isNewTransfer(String hash, Instant time, String what) {
    return !time.isBefore(started) && seen.put(new Transfer(hash, time, what), true) == null;
  }

  /** From where fills are asked for again, inclusive. */
  public synchronized Instant fillsFrom() {
    return from(lastFill);
  }

  public synchronized Instant paymentsFrom() {
    return from(lastPayment);
  }

  private Instant from(Instant last) {
    return Optional.of(last)
        .filter(known -> !known.equals(Instant.MIN))
        .map(known -> known.minus(LOOK_BACK))
        .filter(started::isBefore)
        .orElse(started);
  }
}
