package io.hypercarry.research;

import io.hypercarry.core.event.Command.PlaceOrder;
import io.hypercarry.core.event.Fact;
import io.hypercarry.core.event.SequencedEvent;
import io.hypercarry.core.model.AccountState;
import io.hypercarry.core.model.ClientOrderId;
import io.hypercarry.core.model.Fee;
import io.hypercarry.core.model.Fill;
import io.hypercarry.core.model.FundingPayment;
import io.hypercarry.core.model.Instrument;
import io.hypercarry.core.model.InstrumentId;
import io.hypercarry.core.model.Leg;
import io.hypercarry.core.model.OrderIdTag;
import io.hypercarry.core.model.OrderPurpose;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Rate;
import io.hypercarry.core.model.Side;
import io.hypercarry.core.model.TimeInForce;
import io.hypercarry.core.model.Usd;
import io.hypercarry.exchange.FixtureF0;
import io.hypercarry.journal.JournalIdentity;
import io.hypercarry.journal.MemoryJournal;
import io.hypercarry.journal.PendingCommand;
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
    fact(new Fact.RunStarted("scripted", BOOK, "", "", true));
    fact(new Fact.InstrumentsResolved(FixtureF0.HYPE, 0, FixtureF0.SPOT, FixtureF0.PERP));
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

  ScriptedJournal fact(Fact fact) {
    return fact(now, fact);
  }

  private ScriptedJournal fact(Instant venueTime, Fact fact) {
    lastFact = journal.nextSequence();
    journal.append(new SequencedEvent(lastFact, venueTime, now, fact));
    return this;
  }

  /** The two classic wallets, and what is in them. */
  ScriptedJournal account(String quote, String coins, String perpEquity, String perpSize) {
    return fact(
        new Fact.AccountReported(
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
    return fact(new Fact.BookUpdated(id(leg), FixtureF0.book(bid, ask)));
  }

  ScriptedJournal mark(String mark) {
    return markOf(now, mark);
  }

  /** A mark that reaches us later than it was. */
  ScriptedJournal markOf(Instant venueTime, String mark) {
    return fact(
        venueTime, new Fact.MarkPriceUpdated(FixtureF0.PERP.id(), Price.of(mark), Price.of(mark)));
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
        new Fact.OrderFilled(
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
        new Fact.FundingReceived(
            new FundingPayment(
                FixtureF0.PERP.id(), now, Usd.of(usd), Quantity.of("-5"), Rate.hourly(rate))));
  }

  private static InstrumentId id(Leg leg) {
    Instrument instrument = leg == Leg.SPOT ? FixtureF0.SPOT : FixtureF0.PERP;
    return instrument.id();
  }
}
