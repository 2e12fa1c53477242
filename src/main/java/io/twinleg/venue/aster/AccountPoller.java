package io.twinleg.venue.aster;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.Leg;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import java.time.Duration;
import java.util.Optional;

/**
 * The account, told when it changes and every ten seconds. A picture that was taken while fills
 * came in shows neither before nor after: it is taken again.
 */
final class AccountPoller {
  private static final StalenessMonitor.Line LINE =
      new StalenessMonitor.Line(Event.FeedStatusChanged.Feed.ACCOUNT, Optional.empty());
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration STALE = Duration.ofSeconds(45);
  private static final Duration SETTLE = Duration.ofMillis(100);

  private final VenueExecutor door;
  private final EventInbox inbox;
  private final AccountQueries reader;
  private final AsterOrderClient orders;
  private final AsterInstrumentMap pins;
  private final StalenessMonitor watch;
  private boolean asking;
  private boolean wanted;

  AccountPoller(
      VenueExecutor door,
      EventInbox inbox,
      StalenessMonitor watch,
      AccountQueries reader,
      AsterOrderClient orders,
      AsterInstrumentMap pins) {
    this.door = door;
    this.inbox = inbox;
    this.reader = reader;
    this.orders = orders;
    this.pins = pins;
    this.watch = watch;
  }

  void start() {
    watch.watch(LINE, STALE);
    door.every(EVERY, this::ask);
  }

  /** Something has changed: what belongs to it may still be coming. */
  void changed() {
    door.handleAfter(SETTLE, this::ask);
  }

  void ask() {
    wanted = true;
    if (!asking) {
      asking = true;
      wanted = false;
      long before = orders.changes();
      door.ask(reader::read, state -> answered(state, before), fault -> asking = false);
    }
  }

  private void answered(AccountState state, long before) {
    asking = false;
    watch.heard(LINE);
    if (orders.changes() != before) {
      changed();
      return;
    }
    learn(state);
    inbox.tell(new Event.AccountReported(state));
    if (wanted) {
      ask();
    }
  }

  void learn(AccountState state) {
    for (Instrument perp : pins.all(Leg.PERP)) {
      orders.position(perp.id(), state.perpSize(perp.id()));
    }
  }
}
