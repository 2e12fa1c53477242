package io.hypercarry.venue.aster;

import io.hypercarry.core.event.Fact;
import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.Leg;
import io.hypercarry.venue.link.EventInbox;
import io.hypercarry.venue.link.StalenessMonitor;
import java.time.Duration;
import java.util.Optional;

/**
 * The account, told when it changes and every ten seconds. A picture that was taken while fills
 * came in shows neither before nor after: it is taken again.
 */
final class AccountPoller {
  private static final StalenessMonitor.Line LINE =
      new StalenessMonitor.Line(Fact.FeedStatusChanged.Feed.ACCOUNT, Optional.empty());
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration STALE = Duration.ofSeconds(45);
  private static final Duration SETTLE = Duration.ofMillis(100);

  private final VenueExecutor door;
  private final EventInbox inbox;
  private final AccountQueries reader;
  private final OrderManager orders;
  private final AsterInstrumentMap pins;
  private final StalenessMonitor watch;
  private boolean asking;
  private boolean wanted;

  AccountPoller(
      VenueExecutor door, EventInbox inbox, StalenessMonitor watch, AccountQueries reader, OrderManager orders, AsterInstrumentMap pins) {
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
    inbox.tell(new Fact.AccountReported(state));
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
