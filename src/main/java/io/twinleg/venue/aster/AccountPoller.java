package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.client.VenueExecutor;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import java.time.Duration;
import java.util.Optional;

/**
 * Requests and publishes the account's state after each change and every ten seconds. A state
 * requested while fills arrived is neither before nor after them: it is requested again.
 */
final class AccountPoller {
  private static final StalenessMonitor.FeedKey FEED =
      new StalenessMonitor.FeedKey(Event.FeedStatusChanged.Feed.ACCOUNT, Optional.empty());
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration STALE = Duration.ofSeconds(45);
  private static final Duration SETTLE = Duration.ofMillis(100);

  private final VenueExecutor executor;
  private final EventInbox inbox;
  private final AccountQueries queries;
  private final AsterOrderClient orders;
  private final AsterInstrumentMap instruments;
  private final StalenessMonitor watch;
  private boolean polling;
  private boolean pollAgain;

  AccountPoller(
      VenueExecutor executor,
      EventInbox inbox,
      StalenessMonitor watch,
      AccountQueries reader,
      AsterOrderClient orders,
      AsterInstrumentMap instruments) {
    this.executor = executor;
    this.inbox = inbox;
    this.queries = reader;
    this.orders = orders;
    this.instruments = instruments;
    this.watch = watch;
  }

  void start() {
    watch.watch(FEED, STALE);
    executor.repeat(EVERY, this::poll);
  }

  /** Polls shortly after a change: further messages that belong to it may still arrive. */
  void onAccountChange() {
    executor.executeAfter(SETTLE, this::poll);
  }

  void poll() {
    pollAgain = true;
    if (!polling) {
      polling = true;
      pollAgain = false;
      long before = orders.changes();
      executor.request(
          VenueExecutor.Lane.PATIENT,
          queries::read,
          state -> onState(state, before),
          failure -> polling = false);
    }
  }

  private void onState(AccountState state, long before) {
    polling = false;
    watch.record(FEED);
    if (orders.changes() != before) {
      onAccountChange();
      return;
    }
    applyPositions(state);
    inbox.publish(new Event.AccountReported(state));
    if (pollAgain) {
      poll();
    }
  }

  void applyPositions(AccountState state) {
    for (Instrument perp : instruments.all(Leg.PERP)) {
      orders.setPosition(perp.id(), state.perpSize(perp.id()));
    }
  }
}
