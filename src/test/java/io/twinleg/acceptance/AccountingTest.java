package io.twinleg.acceptance;

import static io.twinleg.simulator.FixtureF0.HYPE;
import static io.twinleg.simulator.FixtureF0.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.core.portfolio.Portfolio;
import io.twinleg.scenario.Scenario;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Scenarios C of specification 3.5: the ledgers alone, given fills and payments as a venue reports
 * them.
 */
@Execution(ExecutionMode.CONCURRENT)
class AccountingTest {
  private static final OrderIdTag BOOK = new OrderIdTag("00000007");
  private static final InstrumentId SPOT = InstrumentId.spot(HYPE);
  private static final InstrumentId PERP = InstrumentId.perp(HYPE);

  private final Portfolio portfolio = new Portfolio();
  private final PairLedger hype = portfolio.ledger(HYPE);
  private long sequence;
  private long trades;

  @BeforeEach
  void aJournalBegins() {
    book(new Event.RunStarted("test", BOOK, "", "", true));
    book(new Event.AccountReported(account()));
  }

  private static AccountState account() {
    Usd thousand = Usd.of("1000");
    return new AccountState(
        false, thousand, thousand, thousand, Usd.ZERO, thousand, List.of(), List.of(), List.of());
  }

  private Portfolio.Booking book(Event fact) {
    Instant at = T0.plusSeconds(sequence);
    return portfolio.apply(new SequencedEvent(++sequence, at, at, fact));
  }

  private Fill fill(InstrumentId of, Side side, String size, String price, Fee fee) {
    trades++;
    ClientOrderId order = ClientOrderId.of(BOOK, 0, of.leg(), OrderPurpose.ENTRY, trades, 0);
    return new Fill(
        Optional.of(order),
        of,
        side,
        Price.of(price),
        Quantity.of(size),
        fee,
        false,
        100 + trades,
        trades,
        T0.plusSeconds(trades));
  }

  private void book(InstrumentId of, Side side, String size, String price, Fee fee) {
    book(new Event.OrderFilled(fill(of, side, size, price, fee)));
  }

  private void pay(Instant at, String amount) {
    book(
        new Event.FundingReceived(
            new FundingPayment(
                PERP, at, Usd.of(amount), Quantity.of("-5"), Rate.hourly("0.00003"))));
  }

  private static final Fee FREE = Fee.quote("0");

  private Pnl pnl(String spot, String perp) {
    return hype.pnl(Price.of(spot), Price.of(perp));
  }

  @Test
  @Scenario("C01")
  @DisplayName("C01 worked example: net -0.190786, and the cash says the same")
  void C01_theWorkedExampleComesOutToTheLastDigit() {
    book(SPOT, Side.BUY, "5", "40.01", Fee.base("0.0035"));
    assertThat(hype.ownedSpot()).isEqualTo(Quantity.of("4.9965"));
    assertThat(hype.cost(Leg.SPOT)).isEqualTo(Usd.of("199.909965"));
    book(PERP, Side.SELL, "5", "40", Fee.quote("0.09"));
    for (int hour = 1; hour <= 72; hour++) {
      pay(T0.plus(Duration.ofHours(hour)), "0.006075");
    }
    assertThat(hype.funding()).isEqualTo(Usd.of("0.4374"));
    book(PERP, Side.BUY, "5", "42.02", Fee.quote("0.094545"));
    book(SPOT, Side.SELL, "4.99", "42", Fee.quote("0.146706"));

    Pnl pnl = pnl("42.01", "42.02");
    assertThat(pnl.realisedPerp()).isEqualTo(Usd.of("-10.1"));
    assertThat(pnl.realisedSpot()).isEqualTo(Usd.of("9.9301"));
    assertThat(pnl.unrealisedSpot()).isEqualTo(Usd.of("0.013"));
    assertThat(pnl.fees()).isEqualTo(Usd.of("0.471286"));
    assertThat(pnl.gross()).isEqualTo(Usd.of("-0.1569"));
    assertThat(pnl.net()).isEqualTo(Usd.of("-0.190786"));

    BigDecimal cash =
        new BigDecimal("-200.05")
            .add(new BigDecimal("209.58"))
            .subtract(new BigDecimal("0.331251"))
            .add(new BigDecimal("-10.10"))
            .add(new BigDecimal("0.4374"))
            .add(new BigDecimal("0.0065").multiply(new BigDecimal("42.01")));
    assertThat(pnl.net().value()).isEqualByComparingTo(cash);
  }

  @Test
  @Scenario("C02")
  @DisplayName("C02 R17: the fee of a spot buy is taken in coins, and counted in USD once")
  void C02_aFeeInCoinsMakesLessOwnedAndCountsOnce() {
    book(SPOT, Side.BUY, "5", "40.01", Fee.base("0.0035"));
    assertThat(hype.ownedSpot()).isEqualTo(Quantity.of("4.9965"));
    assertThat(hype.fees()).isEqualTo(Usd.of("0.140035"));
    assertThat(hype.cost(Leg.SPOT).plus(hype.fees()))
        .as("the cash spent")
        .isEqualTo(Usd.of("200.05"));
    assertThat(pnl("40.01", "40.01").net()).isEqualTo(Usd.of("-0.140035"));
  }

  @Test
  @Scenario("C03")
  @DisplayName("C03 R17: maker and taker by what each fill says it paid")
  void C03_eachFillPaysItsOwnFee() {
    book(SPOT, Side.BUY, "2", "40", Fee.base("0.0008"));
    book(SPOT, Side.BUY, "3", "40", Fee.base("0.0021"));
    book(PERP, Side.SELL, "2", "40", Fee.quote("0.012"));
    book(PERP, Side.SELL, "3", "40", Fee.quote("0.054"));
    book(PERP, Side.BUY, "1", "40", Fee.quote("-0.0012"));
    assertThat(hype.ownedSpot()).isEqualTo(Quantity.of("4.9971"));
    assertThat(hype.fees()).isEqualTo(Usd.of("0.1808"));
  }

  @Test
  @Scenario("C04")
  @DisplayName(
      "C04: an hour's funding counts once, however often it is reported, and may be negative")
  void C04_aPaymentCountsOnce() {
    book(PERP, Side.SELL, "5", "40", FREE);
    Instant hour = Instant.parse("2026-01-05T13:00:00Z");
    pay(hour, "0.006075");
    pay(hour, "0.006075");
    pay(hour.minus(Duration.ofMinutes(9)), "0.006075");
    pay(hour.plusMillis(76), "0.006075");
    assertThat(hype.funding()).isEqualTo(Usd.of("0.006075"));
    pay(hour.plus(Duration.ofHours(1)), "-0.002025");
    assertThat(hype.funding()).isEqualTo(Usd.of("0.00405"));
    assertThat(pnl("40", "40").net()).isEqualTo(Usd.of("0.00405"));
  }

  @Test
  @Scenario("C05")
  @DisplayName("C05: fills reported three times change nothing, also where two share a trade id")
  void C05_aFillCountsOnce() {
    Fill buy = fill(SPOT, Side.BUY, "2", "40", Fee.base("0.0014"));
    Fill sell = fill(PERP, Side.SELL, "2", "40.02", Fee.quote("0.036018"));
    Fill sameTrade =
        new Fill(
            sell.clientOrderId(),
            PERP,
            Side.SELL,
            sell.price(),
            Quantity.of("1"),
            Fee.quote("0.018"),
            false,
            sell.orderId() + 1,
            sell.tradeId(),
            sell.time());
    List<Fill> snapshot = List.of(buy, sell, sameTrade);
    snapshot.forEach(fill -> book(new Event.OrderFilled(fill)));
    assertThat(hype.shortPerp()).isEqualTo(Quantity.of("3"));
    Pnl once = pnl("41", "41");
    for (int again = 0; again < 2; again++) {
      for (Fill fill : snapshot) {
        assertThat(book(new Event.OrderFilled(fill))).isEqualTo(new Portfolio.Booking.Nothing());
      }
    }
    assertThat(pnl("41", "41")).isEqualTo(once);
  }

  @Test
  @DisplayName(
      "C05: the same trade with another time counts once; without a trade id it is another")
  void aTradeCountsOnceWhateverItsTime() {
    Fill buy = fill(SPOT, Side.BUY, "2", "40", Fee.base("0.0014"));
    book(new Event.OrderFilled(buy));
    book(new Event.OrderFilled(again(buy, buy.tradeId())));
    assertThat(hype.ownedSpot()).isEqualTo(Quantity.of("1.9986"));
    Fill unnumbered = again(buy, -1);
    book(new Event.OrderFilled(unnumbered));
    book(new Event.OrderFilled(unnumbered));
    book(new Event.OrderFilled(again(unnumbered, -1)));
    assertThat(hype.ownedSpot()).isEqualTo(Quantity.of("5.9958"));
  }

  private static Fill again(Fill fill, long tradeId) {
    return new Fill(
        fill.clientOrderId(),
        fill.instrument(),
        fill.side(),
        fill.price(),
        fill.quantity(),
        fill.fee(),
        fill.maker(),
        fill.orderId(),
        tradeId,
        fill.time().plusMillis(3300));
  }

  @Test
  @DisplayName("C05: a report of more sold and bought back than the books hold ends nothing")
  void moreThanTheBooksHold() {
    book(SPOT, Side.BUY, "2", "40", FREE);
    book(PERP, Side.SELL, "2", "41", FREE);
    book(SPOT, Side.SELL, "3", "42", Fee.quote("0.05"));
    book(PERP, Side.BUY, "5", "39", Fee.quote("0.07"));
    assertThat(hype.ownedSpot()).isEqualTo(Quantity.ZERO);
    assertThat(hype.shortPerp()).isEqualTo(Quantity.ZERO);
    assertThat(pnl("50", "50").net()).isEqualTo(Usd.of("7.88"));
  }

  @Test
  @DisplayName(
      "C05: of years of fills the newest 10,000 are known: they count once, and no more is kept")
  void whatIsKnownAsBookedIsBounded() {
    LinkedHashSet<Long> known = new LinkedHashSet<>();
    for (long trade = 1; trade <= 10_001; trade++) {
      assertThat(PairLedger.isNew(trade, known)).isTrue();
    }
    assertThat(known).hasSize(10_000);
    assertThat(PairLedger.isNew(10_001L, known)).isFalse();
    assertThat(PairLedger.isNew(2L, known)).as("the oldest that is kept").isFalse();
    assertThat(known).hasSize(10_000).doesNotContain(1L);
  }

  @Test
  @Scenario("C06")
  @DisplayName("C06: average cost")
  void C06_whatIsSoldLeavesAtTheAverage() {
    book(SPOT, Side.BUY, "2", "40", FREE);
    book(SPOT, Side.BUY, "3", "41", FREE);
    book(SPOT, Side.SELL, "1", "42", FREE);
    assertThat(hype.averagePrice(Leg.SPOT)).isEqualByComparingTo("40.6");
    assertThat(pnl("42", "42").realisedSpot()).isEqualTo(Usd.of("1.4"));
    assertThat(hype.cost(Leg.SPOT)).isEqualTo(Usd.of("162.4"));
  }

  @Test
  @Scenario("C07")
  @DisplayName("C07: moving money between wallets earns nothing")
  void C07_aTransferIsNeitherEarnedNorLost() {
    book(SPOT, Side.BUY, "5", "40", FREE);
    Pnl before = pnl("41", "41");
    book(new Event.CashTransfer(Usd.ZERO, "100 USDC spot to perp", T0));
    book(new Event.CashTransfer(Usd.of("100"), "deposit", T0));
    assertThat(pnl("41", "41")).isEqualTo(before);
  }

  @Test
  @Scenario("C08")
  @DisplayName("C08: two markets never mix, and the sum is its parts")
  void C08_marketsDoNotMix() {
    MarketId purr = new MarketId("PURR");
    PairLedger other = portfolio.ledger(purr);
    book(SPOT, Side.BUY, "5", "40", Fee.base("0.0035"));
    book(InstrumentId.spot(purr), Side.BUY, "100", "0.2", Fee.base("0.07"));
    book(InstrumentId.perp(purr), Side.SELL, "100", "0.201", Fee.quote("0.009"));
    assertThat(hype.ownedSpot()).isEqualTo(Quantity.of("4.9965"));
    assertThat(hype.shortPerp()).isEqualTo(Quantity.ZERO);
    assertThat(other.ownedSpot()).isEqualTo(Quantity.of("99.93"));
    assertThat(other.shortPerp()).isEqualTo(Quantity.of("100"));
    Pnl sum = pnl("41", "41").plus(other.pnl(Price.of("0.21"), Price.of("0.21")));
    assertThat(sum.net())
        .isEqualTo(pnl("41", "41").net().plus(other.pnl(Price.of("0.21"), Price.of("0.21")).net()));
    assertThat(sum.fees()).isEqualTo(hype.fees().plus(other.fees()));
  }

  @Test
  @DisplayName("I4, I6: the user's own coins and trades are not in the books")
  void leavesTheOwnersOwnTradesOutOfTheLedger() {
    book(SPOT, Side.BUY, "5", "40", FREE);
    Fill theirs =
        new Fill(
            Optional.empty(),
            SPOT,
            Side.SELL,
            Price.of("40"),
            Quantity.of("50"),
            FREE,
            false,
            9,
            9,
            T0);
    assertThat(book(new Event.OrderFilled(theirs))).isEqualTo(new Portfolio.Booking.Nothing());
    assertThat(hype.ownedSpot()).isEqualTo(Quantity.of("5"));
  }

  @Test
  @DisplayName(
      "2.12: what a liquidation or a manual trade buys back of our short is booked as ours")
  void aForeignBuyClosesOurShort() {
    book(PERP, Side.SELL, "5", "40", FREE);
    Fill theirs =
        new Fill(
            Optional.empty(),
            PERP,
            Side.BUY,
            Price.of("41"),
            Quantity.of("8"),
            Fee.quote("0.16"),
            false,
            9,
            9,
            T0);
    book(new Event.OrderFilled(theirs));
    assertThat(hype.shortPerp()).isEqualTo(Quantity.ZERO);
    assertThat(pnl("41", "41").realisedPerp()).isEqualTo(Usd.of("-5"));
    assertThat(hype.fees()).as("5 of the 8").isEqualTo(Usd.of("0.1"));
    assertThat(portfolio.foreignPerp(HYPE)).isEqualTo(Quantity.of("3"));
  }
}
