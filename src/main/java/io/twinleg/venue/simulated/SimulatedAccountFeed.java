package io.twinleg.venue.simulated;

import io.twinleg.core.event.Event.FeedStatusChanged.Feed;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.MarketListener;
import io.twinleg.simulator.ReportListener;
import io.twinleg.simulator.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the exchange reports to our account, as facts. While the account's feed is cut the user
 * stream's reports are held back and told when it returns, as a venue's snapshot after a reconnect
 * does; answers to requests come by another way and are not held.
 */
final class SimulatedAccountFeed implements ReportListener, MarketListener {
  private final Exchange exchange;
  private final AccountId account;
  private final SimulatedEventSource outbox;
  private final FeedOutages feeds;
  private final ResponseTimeouts unanswered;
  private final SimulatedVenueSettings settings;
  private final List<Delivery> held = new ArrayList<>();
  private Instant lastTold;

  SimulatedAccountFeed(
      Exchange exchange,
      AccountId account,
      SimulatedEventSource outbox,
      FeedOutages feeds,
      ResponseTimeouts unanswered,
      SimulatedVenueSettings settings) {
    this.exchange = exchange;
    this.account = account;
    this.outbox = outbox;
    this.feeds = feeds;
    this.unanswered = unanswered;
    this.settings = settings;
    lastTold = exchange.now();
    scheduleReport();
  }

  @Override
  public void deliver(Delivery delivery) {
    if (delivery.channel() == Channel.STREAM && feeds.isCut(Feed.ACCOUNT)) {
      held.add(delivery);
    } else {
      tell(delivery, delivery.received());
    }
  }

  private void tell(Delivery delivery, Instant received) {
    Optional<ClientOrderId> order = ReportMapper.order(delivery.report());
    if (isForNobody(delivery, received)) {
      return;
    }
    order.ifPresent(name -> unanswered.heard(name, received));
    if (delivery.report() instanceof ExecutionReport.AccountTold) {
      lastTold = exchange.now();
    }
    ReportMapper.fact(delivery.report())
        .ifPresent(fact -> outbox.add(delivery.executed(), received, fact));
  }

  /** The answer to an order that nobody waits for any more. */
  private boolean isForNobody(Delivery delivery, Instant received) {
    return delivery.request().isPresent()
        && delivery.request().get() instanceof Request.Place place
        && place.order().filter(name -> !unanswered.isAwaited(name, received)).isPresent();
  }

  @Override
  public void turned(Instant now) {
    if (!held.isEmpty() && !feeds.isCut(Feed.ACCOUNT)) {
      Instant received = now.plus(exchange.latency().stream());
      held.forEach(delivery -> tell(delivery, received));
      held.clear();
    }
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {}

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean halted) {}

  private void scheduleReport() {
    exchange.at(lastTold.plus(settings.accountEvery()), this::reportIfSilent);
  }

  private void reportIfSilent() {
    Instant now = exchange.now();
    if (outbox.isClosed()) {
      return;
    }
    if (!lastTold.plus(settings.accountEvery()).isAfter(now)) {
      Instant received = now.plus(exchange.latency().account());
      ExecutionReport state = new ExecutionReport.AccountTold(exchange.account(account));
      deliver(new Delivery(Channel.STREAM, Optional.empty(), state, now, received));
      lastTold = now;
    }
    scheduleReport();
  }
}
