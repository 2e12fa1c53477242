package io.twinleg.research;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.journal.JournalEntry.PendingCommand;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.journal.MemoryJournal;
import io.twinleg.simulator.FixtureF0;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A journal written by hand, one fact after the other, each at its own time. */
final class ScriptedJournal {
  private static final OrderIdTag BOOK = new OrderIdTag("00000007");

  final MemoryJournal journal =
      new MemoryJournal(new JournalIdentity("dry-run", "", "", 7, "scripted", BOOK));

  private Instant now = FixtureF0.T0;
  private long lastFact;
  private int orders;
  private int trades;

  ScriptedJournal() {
    fact(new Event.RunStarted("scripted", BOOK, "", "", true));
    fact(new Event.InstrumentsResolved(FixtureF0.HYPE, 0, FixtureF0.SPOT, FixtureF0.PERP));
  }

  Report report() {
    journal.commit();
    return Report.over(journal, text -> CarryRun.settings());
  }

  Instant now() {
    return now;
  }

  ScriptedJournal after(Duration time) {
    now = now.plus(time);
    return this;
  }

  ScriptedJournal fact(Event fact) {
    return fact(now, fact);
  }

  private ScriptedJournal fact(Instant venueTime, Event fact) {
    lastFact = journal.nextSequence();
    journal.append(new SequencedEvent(lastFact, venueTime, now, fact));
    return this;
  }

  /** The two classic wallets, and what is in them. */
  ScriptedJournal account(String quote, String coins, String perpEquity, String perpSize) {
    return fact(
        new Event.AccountReported(
            new AccountState(
                false,
                Usd.of(quote),
                Usd.of(perpEquity),
                Usd.of(perpEquity),
                Usd.ZERO,
                Usd.of(quote),
                List.of(
                    new AccountState.SpotBalance(
                        FixtureF0.SPOT.id(), Quantity.of(coins), Quantity.ZERO)),
                List.of(
                    new AccountState.PerpPosition(
                        FixtureF0.PERP.id(), Quantity.of(perpSize), Usd.ZERO, 1)),
                List.of())));
  }

  ScriptedJournal book(Leg leg, String bid, String ask) {
    return fact(new Event.BookUpdated(id(leg), FixtureF0.book(bid, ask)));
  }

  ScriptedJournal mark(String mark) {
    return markOf(now, mark);
  }

  /** A mark that reaches us later than it was. */
  ScriptedJournal markOf(Instant venueTime, String mark) {
    return fact(
        venueTime, new Event.MarkPriceUpdated(FixtureF0.PERP.id(), Price.of(mark), Price.of(mark)));
  }

  /** An order, sent because of the fact before it. */
  ClientOrderId sent(Leg leg, Side side, String price, String size, OrderPurpose purpose) {
    ClientOrderId id = ClientOrderId.of(BOOK, 0, leg, purpose, lastFact, orders++);
    boolean reduceOnly = leg == Leg.PERP && side == Side.BUY;
    PlaceOrder order =
        new PlaceOrder(
            id,
            id(leg),
            side,
            Price.of(price),
            Quantity.of(size),
            TimeInForce.IOC,
            reduceOnly,
            purpose);
    journal.append(lastFact, List.of(new PendingCommand(order, "{}")));
    return id;
  }

  ScriptedJournal took(
      ClientOrderId order, Leg leg, Side side, String price, String size, Fee fee) {
    trades++;
    return fact(
        new Event.OrderFilled(
            new Fill(
                Optional.of(order),
                id(leg),
                side,
                Price.of(price),
                Quantity.of(size),
                fee,
                false,
                trades,
                trades,
                now)));
  }

  ScriptedJournal paid(String usd, String rate) {
    return fact(
        new Event.FundingReceived(
            new FundingPayment(
                FixtureF0.PERP.id(), now, Usd.of(usd), Quantity.of("-5"), Rate.hourly(rate))));
  }

  private static InstrumentId id(Leg leg) {
    Instrument instrument = leg == Leg.SPOT ? FixtureF0.SPOT : FixtureF0.PERP;
    return instrument.id();
  }
}
