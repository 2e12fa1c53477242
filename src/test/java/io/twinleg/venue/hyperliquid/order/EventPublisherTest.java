package io.twinleg.venue.hyperliquid.order;

import static io.twinleg.venue.hyperliquid.order.WireMessages.json;
import static io.twinleg.venue.hyperliquid.order.WireMessages.name;
import static io.twinleg.venue.hyperliquid.order.WireMessages.order;
import static io.twinleg.venue.hyperliquid.order.WireMessages.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command.PlaceOrder;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.CashTransfer;
import io.twinleg.core.event.Event.OrderEnded;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Portfolio;
import io.twinleg.scenario.Scenario;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventPublisherTest {
  private static final long T0 = 1_764_000_000_000L;
  private static final PlaceOrder ORDER =
      order(1, WireMessages.SPOT, Side.BUY, "4.99", TimeInForce.GTC);

  private final List<Event> published = new ArrayList<>();
  private final OrderCache orders = new OrderCache();
  private final Deduplicator memory = new Deduplicator();
  private final EventPublisher publisher = publisher();

  private EventPublisher publisher() {
    EventPublisher open =
        new EventPublisher(
            WireMessages.legs(), orders, memory, (time, fact) -> published.add(fact));
    memory.start(Instant.ofEpochMilli(T0));
    open.finishStart();
    orders.put(ORDER, T0);
    return open;
  }

  private static String fill(long tid, String size, String fee) {
    return "{'coin':'@107','px':'40.0','sz':'%s','side':'B','time':%d,'oid':77,'tid':%d,'crossed':false,'fee':'%s','feeToken':'HYPE','cloid':'%s'}"
        .formatted(size, T0 + tid, tid, fee, name(1).hex());
  }

  private static String update(String status, String left) {
    return "[{'order':{'coin':'@107','side':'B','limitPx':'40.0','sz':'%s','oid':77,'timestamp':1,'origSz':'4.99','cloid':'%s'},'status':'%s','statusTimestamp':%d}]"
        .formatted(left, name(1).hex(), status, T0 + 9);
  }

  /** Answer, opening, two fills, a snapshot that repeats them, and the end of the rest. */
  private static List<Consumer<EventPublisher>> sixMessages() {
    return List.of(
        publisher ->
            OrderResponseParser.orders(List.of(ORDER), statuses("{'resting':{'oid':77}}"))
                .forEach(fact -> publisher.publish(Instant.ofEpochMilli(T0), fact)),
        publisher -> publisher.orderUpdates(json(update("open", "4.99"))),
        publisher -> publisher.fills(json("[" + fill(1, "1.20", "0.00048") + "]")),
        publisher -> publisher.fills(json("[" + fill(2, "2.00", "0.0008") + "]")),
        publisher ->
            publisher.fills(
                json("[" + fill(2, "2.00", "0.0008") + "," + fill(1, "1.20", "0.00048") + "]")),
        publisher -> publisher.orderUpdates(json(update("canceled", "1.79"))));
  }

  @Test
  @Scenario("F06")
  void everyOrderOfSixMessagesMakesTheSameBooks() {
    List<List<Consumer<EventPublisher>>> all = permutations(sixMessages());
    assertThat(all).hasSize(720);
    for (List<Consumer<EventPublisher>> messages : all) {
      EventPublisherTest run = new EventPublisherTest();
      messages.forEach(message -> message.accept(run.publisher));

      PairLedger ledger = run.ledger();
      assertThat(ledger.ownedSpot()).isEqualTo(Quantity.of("3.19872"));
      assertThat(ledger.fees().plain()).isEqualByComparingTo("0.0512");
      assertThat(run.published).filteredOn(Event.OrderFilled.class::isInstance).hasSize(2);
      assertThat(run.published)
          .filteredOn(OrderEnded.class::isInstance)
          .containsExactly(new OrderEnded(name(1), Quantity.of("3.20"), "canceled"));
    }
  }

  @Test
  @Scenario("F11")
  void whatIsNewToUsIsPassedOver() {
    publisher.fills(
        json(
            "["
                + fill(1, "1.20", "0.00048").replace("{'coin'", "{'novelty':{'x':[1]},'coin'")
                + "]"));
    publisher.orderUpdates(json(update("pondering", "3.79")));
    publisher.transfers(
        json("[{'time':1,'hash':'0x1','delta':{'type':'teleport','usdc':'5'}}]"), "0x1");
    assertThat(published).filteredOn(Event.OrderFilled.class::isInstance).hasSize(1);
    assertThat(published).noneMatch(OrderEnded.class::isInstance);
    assertThat(published)
        .filteredOn(CashTransfer.class::isInstance)
        .allMatch(fact -> ((CashTransfer) fact).usd().signum() == 0);
  }

  private PairLedger ledger() {
    Portfolio portfolio = new Portfolio();
    Instant now = Instant.ofEpochMilli(T0);
    portfolio.apply(
        new SequencedEvent(
            0, now, now, new Event.RunStarted("run", new OrderIdTag("00000001"), "", "", false)));
    portfolio.apply(
        new SequencedEvent(
            1,
            now,
            now,
            new Event.InstrumentsResolved(
                WireMessages.HYPE, 0, WireMessages.SPOT, WireMessages.PERP)));
    for (Event fact : published) {
      portfolio.apply(new SequencedEvent(2, now, now, fact));
    }
    return portfolio.ledger(WireMessages.HYPE);
  }

  private static <T> List<List<T>> permutations(List<T> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<T>> all = new ArrayList<>();
    for (T first : of) {
      List<T> rest = new ArrayList<>(of);
      rest.remove(first);
      for (List<T> tail : permutations(rest)) {
        List<T> one = new ArrayList<>(List.of(first));
        one.addAll(tail);
        all.add(one);
      }
    }
    return all;
  }

  @Test
  void recordsFromBeforeTheJournalAreNotPublished() {
    publisher.fills(json("[" + fill(-1, "1.00", "0") + "]"));

    assertThat(published).isEmpty();
  }

  @Test
  void fillsOfAnotherCoinAndWithoutAnOrderAreNotOurs() {
    publisher.fills(
        json(
            "[{'coin':'@1','px':'1.0','sz':'1.0','side':'B','time':%d,'oid':1,'tid':1}]"
                .formatted(T0 + 1)));
    assertThat(published).isEmpty();

    publisher.fills(
        json(
            "[{'coin':'HYPE','px':'41.0','sz':'1.0','side':'B','dir':'Auto-Deleveraging','time':%d,'oid':5,'tid':9,'crossed':true,'fee':'0.0','feeToken':'USDC'}]"
                .formatted(T0 + 1)));
    assertThat(published)
        .singleElement()
        .isInstanceOfSatisfying(
            Event.OrderFilled.class, filled -> assertThat(filled.fill().clientOrderId()).isEmpty());
  }

  @Test
  void aFillWithoutOurNameIsKnownByTheVenuesNumber() {
    publisher.publish(Instant.ofEpochMilli(T0), new Event.OrderAccepted(name(1), 77));
    publisher.fills(json("[" + fill(1, "1.20", "0").replaceAll(",'cloid':'[^']*'", "") + "]"));

    assertThat(published.get(1))
        .isInstanceOfSatisfying(
            Event.OrderFilled.class,
            filled -> assertThat(filled.fill().clientOrderId()).contains(name(1)));
  }

  @Test
  void aPaymentComesOnceByStreamAndQuery() {
    String row = "'coin':'HYPE','usdc':'0.006075','szi':'-5.0','fundingRate':'0.00003'";
    publisher.payments(json("[{'time':%d,%s}]".formatted(T0 + 5, row)));
    publisher.payments(
        json("[{'time':%d,'hash':'0x0','delta':{'type':'funding',%s}}]".formatted(T0 + 5, row)));

    assertThat(published).singleElement().isInstanceOf(Event.FundingReceived.class);
  }

  @Test
  void anUnknownStatusAndUnknownFieldsDoNoHarm() {
    publisher.orderUpdates(
        json(update("someLaterCanceled", "4.99").replace("'side'", "'later':{'a':[1]},'side'")));

    assertThat(published)
        .containsExactly(new OrderEnded(name(1), Quantity.ZERO, "someLaterCanceled"));
  }
}
