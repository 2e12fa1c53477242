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
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FillOrigin;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Portfolio;
import io.twinleg.scenario.Scenario;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventPublisherTest {
  private static final long T0 = 1_764_000_000_000L;
  private static final PlaceOrder ORDER =
      order(1, WireMessages.SPOT, Side.BUY, "4.99", TimeInForce.GTC);

  private final List<Event> published = new ArrayList<>();
  private final List<ClientOrderId> requested = new ArrayList<>();
  private final OrderCache orders = new OrderCache();
  private final Deduplicator memory = new Deduplicator(EventPublisherTest::now);
  private final EventPublisher publisher = publisher();

  private static Instant now() {
    return Instant.ofEpochMilli(T0);
  }

  private EventPublisher publisher() {
    EventPublisher open =
        new EventPublisher(
            WireMessages.legs(),
            orders,
            memory,
            EventPublisherTest::now,
            (time, fact) -> published.add(fact));
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
            new OrderResponseParser(WireMessages.legs(), new OrderCache())
                .orders(
                    List.of(ORDER),
                    statuses("{'resting':{'oid':77,'cloid':'" + name(1).hex() + "'}}"))
                .forEach(fact -> publisher.publish(Instant.ofEpochMilli(T0), fact)),
        publisher -> publisher.orderUpdates(json(update("open", "4.99")), id -> {}),
        publisher -> publisher.fills(json("[" + fill(1, "1.20", "0.00048") + "]")),
        publisher -> publisher.fills(json("[" + fill(2, "2.00", "0.0008") + "]")),
        publisher ->
            publisher.fills(
                json("[" + fill(2, "2.00", "0.0008") + "," + fill(1, "1.20", "0.00048") + "]")),
        publisher -> publisher.orderUpdates(json(update("canceled", "1.79")), id -> {}));
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
    publisher.orderUpdates(json(update("pondering", "3.79")), requested::add);
    publisher.transfers(
        json("[{'time':1,'hash':'0x1','delta':{'type':'teleport','usdc':'5'}}]"), "0x1");
    assertThat(published).filteredOn(Event.OrderFilled.class::isInstance).hasSize(1);
    assertThat(published).noneMatch(OrderEnded.class::isInstance);
    assertThat(published)
        .filteredOn(CashTransfer.class::isInstance)
        .allMatch(fact -> ((CashTransfer) fact).usd().signum() == 0);
  }

  /** What staking, a spot send and a send between dexs do to the coins of this market. */
  @Test
  void coinsThatMovedArePublishedOnceWithTheirCause() {
    String rows =
        """
        [{'time':1764000000101,'hash':'0x1','delta':{'type':'cStakingTransfer','token':'HYPE','amount':'1.25','isDeposit':true}},
         {'time':1764000000102,'hash':'0x2','delta':{'type':'spotTransfer','token':'HYPE','amount':'2.5','usdcValue':'100.0',
           'user':'0xaa','destination':'0xbb','fee':'0.01','nativeTokenFee':'0.0','nonce':null,'feeToken':'HYPE'}},
         {'time':1764000000103,'hash':'0x3','delta':{'type':'send','user':'0xcc','destination':'0xAA','sourceDex':'','destinationDex':'spot',
           'token':'HYPE','amount':'0.75','usdcValue':'30.0','fee':'0.0','nativeTokenFee':'0.0','nonce':7,'feeToken':'USDC'}},
         {'time':1764000000104,'hash':'0x4','delta':{'type':'spotTransfer','token':'PURR','amount':'9','usdcValue':'1.0',
           'user':'0xaa','destination':'0xbb','fee':'0.0','nativeTokenFee':'0.0','nonce':null,'feeToken':'USDC'}}]\
        """;
    publisher.transfers(json(rows), "0xaa");
    publisher.transfers(json(rows), "0xaa");
    assertThat(published)
        .filteredOn(Event.CoinsTransferred.class::isInstance)
        .containsExactly(
            coins("-1.25", "cStakingTransfer", 101),
            coins("-2.51", "spotTransfer", 102),
            coins("0.75", "send", 103));
    assertThat(published).filteredOn(CashTransfer.class::isInstance).hasSize(4);
  }

  private static Event coins(String change, String what, long afterMillis) {
    return new Event.CoinsTransferred(
        WireMessages.SPOT.id(), Quantity.of(change), what, Instant.ofEpochMilli(T0 + afterMillis));
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
    publisher.fills(
        json("[" + fill(-20_000, "1.00", "0").replaceAll(",'cloid':'[^']*'", "") + "]"));

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
        json("[{'time':%d,'hash':'0x0','delta':{'type':'funding',%s}}]".formatted(T0 + 9, row)));

    assertThat(published).singleElement().isInstanceOf(Event.FundingReceived.class);
  }

  @Test
  void anUnknownStatusAndUnknownFieldsDoNoHarm() {
    publisher.orderUpdates(
        json(update("someLaterCanceled", "4.99").replace("'side'", "'later':{'a':[1]},'side'")),
        requested::add);

    assertThat(published)
        .containsExactly(new OrderEnded(name(1), Quantity.ZERO, "someLaterCanceled"));
  }

  private static final String LIQUIDATION =
      ",'liquidation':{'liquidatedUser':'0x1','markPx':'60','method':'market'}";

  private static String row(String direction, boolean crossed, String more) {
    return "{'coin':'HYPE','px':'60.1','sz':'2.99','side':'A','time':%d,'oid':19,'tid':29,'startPosition':'3.5','crossed':%s,'fee':'0.08','feeToken':'USDC','dir':'%s'%s}"
        .formatted(T0 + 39, crossed, direction, more);
  }

  @ParameterizedTest
  @CsvSource({
    "Close Short, true, false, ORDER",
    "Auto-Deleveraging, true, false, DELEVERAGING",
    "Liquidated Cross Short, true, true, LIQUIDATION",
    "Liquidated Isolated Short, true, false, LIQUIDATION",
    "Close Short, true, true, LIQUIDATION",
    "Close Short, false, true, ORDER",
    "Spot Dust Conversion, true, false, VENUE",
    "Settlement, true, false, VENUE"
  })
  void aFillIsReadWholeAndHasItsOrigin(
      String direction, boolean crossed, boolean liquidation, FillOrigin cause) {
    publisher.fills(json("[" + row(direction, crossed, liquidation ? LIQUIDATION : "") + "]"));
    assertThat(published)
        .containsExactly(
            new Event.OrderFilled(
                new Fill(
                    Optional.empty(),
                    WireMessages.PERP.id(),
                    Side.SELL,
                    Price.of("60.1"),
                    Quantity.of("2.99"),
                    Fee.quote("0.08"),
                    !crossed,
                    19,
                    29,
                    Instant.ofEpochMilli(T0 + 39),
                    cause)));
  }

  /** Kind I: two conversions of one day have no trade id, and are two. */
  @Test
  void fillsWithoutATradeIdAreReportedApart() {
    String one = row("Spot Dust Conversion", true, "").replace("'tid':29", "'tid':0");
    String other = one.replace("60.1", "60.2");
    publisher.fills(json("[" + one + "," + other + "," + one + "]"));
    assertThat(published).hasSize(2);
  }

  /** Cases L02 and L04, and others of their kind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'px':'60.1'=>'px':'NaN'",
        "'px':'60.1'=>'px':'4O.0'",
        "'px':'60.1'=>'px':'1e999999999'",
        "'px':'60.1'=>'px':'-60.1'",
        "'px':'60.1'=>'price':'60.1'",
        "'sz':'2.99'=>'sz':null",
        "'sz':'2.99'=>'sz':{}",
        "'sz':'2.99'=>'sz':'0'",
        "'side':'A'=>'side':'S'",
        "'side':'A'=>'sid':'A'",
        "'crossed':true=>'crossed':'yes'",
        "'crossed':true=>'cross':true",
        "'fee':'0.08'=>'fees':'0.08'",
        "'feeToken':'USDC'=>'token':'USDC'",
        "'oid':19=>'oid':99999999999999999999999",
        "'tid':29=>'t':29",
        "'time':1764000000039=>'time':4102444800000",
        "'time':1764000000039=>'time':'soon'",
        "'coin':'HYPE'=>'asset':'HYPE'"
      })
  void aRowThatCannotBeReadIsReportedAndTheOthersCount(String change) {
    String[] both = change.split("=>");
    String broken = row("Open Short", true, "").replace(both[0], both[1]);
    assertThat(broken).isNotEqualTo(row("Open Short", true, ""));
    EventPublisher.Read read =
        publisher.fills(json("[" + broken + "," + fill(1, "1.20", "0.00048") + "]"));
    assertThat(read.isClean()).isFalse();
    assertThat(read.isNew()).isTrue();
    assertThat(read.size()).isEqualTo(2);
    assertThat(published).hasSize(2);
    assertThat(published)
        .filteredOn(Event.MessageUnreadable.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Event.MessageUnreadable.class,
            reported -> assertThat(reported.source()).isEqualTo("fills"));
  }

  @Test
  void rowsOfOtherCoinsArePassedOverBeforeTheyAreJudged() {
    EventPublisher.Read read = publisher.fills(json("[{'coin':'DOGE','px':'NaN'}]"));
    assertThat(read.isClean()).isTrue();
    assertThat(published).isEmpty();
  }

  /** Case L11: our clock is ahead, and the order's fill is dated before the journal. */
  @Test
  void noClockMakesAFillOfOursOlderThanItsJournal() {
    publisher.fills(json("[" + fill(-2500, "1.20", "0.00048") + "]"));
    assertThat(published).singleElement().isInstanceOf(Event.OrderFilled.class);
  }

  /** Case L04: the hedge follows the record while the row stays unreadable, and books it once. */
  @Test
  void whatTheRecordStatesIsBookedUntilItsFillCanBeRead() {
    FeeSchedule fees =
        new FeeSchedule(
            new BigDecimal("0.0004"),
            new BigDecimal("0.0007"),
            new BigDecimal("0.00015"),
            new BigDecimal("0.00045"));
    assertThat(publisher.estimate(ORDER, 77, Quantity.of("1.20"), fees)).isTrue();
    assertThat(publisher.estimate(ORDER, 77, Quantity.of("1.20"), fees)).isFalse();
    assertThat(((Event.OrderFilled) published.getFirst()).fill().fee())
        .isEqualTo(Fee.base("0.00048"));

    publisher.fills(json("[" + fill(1, "1.20", "0.00048") + "]"));
    assertThat(published).hasSize(1);
    publisher.fills(json("[" + fill(2, "2.00", "0.0008") + "]"));
    assertThat(ledger().ownedSpot()).isEqualTo(Quantity.of("3.19872"));
  }

  @Test
  void anOrderThatSeemsAliveAfterItsEndIsRequestedAbout() {
    publisher.publish(new OrderEnded(name(1), Quantity.ZERO, "canceled"));
    publisher.orderUpdates(json(update("open", "4.99")), requested::add);
    assertThat(published).hasSize(1);
    assertThat(requested).containsExactly(name(1));
  }

  @ParameterizedTest
  @CsvSource({"4.99, NaN", "-1, 4.99", "5.50, 4.99"})
  void aRecordThatContradictsItselfEndsNothing(String left, String original) {
    publisher.orderUpdates(
        json(update("canceled", left).replace("'origSz':'4.99'", "'origSz':'" + original + "'")),
        requested::add);
    assertThat(published).hasSize(1).hasOnlyElementsOfType(Event.MessageUnreadable.class);
  }

  /** Kind C: the stream shows the order alive, and its answer states that it was refused. */
  @Test
  void aRefusalOfAnOrderThatHasLandedIsUnknown() {
    publisher.orderUpdates(json(update("open", "4.99")), requested::add);
    publisher.publishAnswer(new Event.OrderRejected(name(1), RejectReason.BAD_ALO_PRICE, "no"));
    assertThat(published)
        .containsExactly(
            new Event.OrderAccepted(name(1), 77), new Event.OrderUnknown(name(1), "it landed: no"));
  }

  @Test
  void anAnswerThatComesAfterTheEndStatesNothingNew() {
    publisher.orderUpdates(json(update("canceled", "4.99")), requested::add);
    publisher.publishAnswer(new Event.OrderAccepted(name(1), 77));
    publisher.publishAnswer(new Event.OrderUnknown(name(1), "lost"));
    assertThat(published).containsExactly(new OrderEnded(name(1), Quantity.ZERO, "canceled"));
  }
}
