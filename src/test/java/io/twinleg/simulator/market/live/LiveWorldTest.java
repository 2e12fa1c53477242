package io.twinleg.simulator.market.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.simulator.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders of ours in the books of a live venue. */
class LiveWorldTest {
  private static final Instant START = Instant.parse("2026-01-05T12:59:00Z");
  private static final MarketId MARKET = new MarketId("HYPE");
  private static final Instrument SPOT = InstrumentCatalog.HYPE.spot(MARKET);
  private static final Instrument PERP = InstrumentCatalog.HYPE.perp(MARKET);
  private static final AccountId US = new AccountId("us");
  private static final FeeSchedule FEES =
      new FeeSchedule(
          new BigDecimal("0.0004"),
          new BigDecimal("0.0007"),
          new BigDecimal("0.00015"),
          new BigDecimal("0.00045"));

  private final LiveWorld world = new LiveWorld(START);
  private final Exchange exchange = new Exchange(List.of(SPOT, PERP), FEES, world);
  private final List<ExecutionReport> reports = new ArrayList<>();

  @BeforeEach
  void open() {
    exchange.admin().open(US, Usd.of("1000"), Usd.of("1000"));
    exchange.connect(US, delivery -> reports.add(delivery.report()));
    world.book(START, SPOT, book("40.000", "40.010"));
    world.book(START, PERP, book("40.020", "40.030"));
    world.oracle(START, PERP, Price.of("40.5"));
    exchange.advanceTo(START);
  }

  private static BookSnapshot book(String bid, String ask) {
    return new BookSnapshot(
        List.of(new PriceLevel(Price.of(bid), Quantity.of("10"))),
        List.of(new PriceLevel(Price.of(ask), Quantity.of("10"))));
  }

  private void place(Instrument instrument, Side side, String price, String size, TimeInForce tif) {
    exchange.send(
        US,
        List.of(
            new Request.Place(
                Optional.<ClientOrderId>empty(),
                instrument.id(),
                side,
                Price.of(price),
                Quantity.of(size),
                tif,
                false,
                Optional.empty())));
    pass(Duration.ofSeconds(1));
  }

  private void pass(Duration time) {
    exchange.advanceTo(exchange.now().plus(time));
  }

  private Quantity filled() {
    return reports.stream()
        .filter(ExecutionReport.Filled.class::isInstance)
        .map(report -> ((ExecutionReport.Filled) report).fill())
        .map(Fill::quantity)
        .reduce(Quantity.ZERO, Quantity::plus);
  }

  @Test
  void anOrderAtTheBackOfItsLevelWaitsForWhatStandsBeforeIt() {
    place(SPOT, Side.BUY, "40", "2", TimeInForce.ALO);
    world.trade(exchange.now(), SPOT, Side.SELL, Price.of("40"), Quantity.of("9"));
    pass(Duration.ofSeconds(1));
    assertThat(filled().isZero()).isTrue();
    world.trade(exchange.now(), SPOT, Side.SELL, Price.of("40"), Quantity.of("2.5"));
    pass(Duration.ofSeconds(1));
    assertThat(filled().toString()).isEqualTo("1.5");
  }

  @Test
  void aBookThatComesThroughTheOrderFillsIt() {
    place(SPOT, Side.BUY, "40", "2", TimeInForce.ALO);
    world.book(exchange.now(), SPOT, book("39.990", "40.001"));
    pass(Duration.ofSeconds(1));
    assertThat(filled().isZero()).isTrue();
    world.book(exchange.now(), SPOT, book("39.980", "39.999"));
    pass(Duration.ofSeconds(1));
    assertThat(filled().toString()).isEqualTo("2");
  }

  @Test
  void anOrderThatTakesFillsAgainstWhatIsDisplayedAndNoMore() {
    place(PERP, Side.SELL, "40.020", "12", TimeInForce.IOC);
    assertThat(filled().toString()).isEqualTo("10");
  }

  @Test
  void illegalLevelsAndCrossedBooksAreNoMarket() {
    world.book(exchange.now(), SPOT, book("40.020", "40.010"));
    pass(Duration.ofSeconds(1));
    assertThat(exchange.book(SPOT.id()).best(Side.BUY)).contains(Price.of("40"));
    world.book(exchange.now(), SPOT, book("40.00012345", "40.02"));
    pass(Duration.ofSeconds(1));
    assertThat(exchange.book(SPOT.id()).bids()).isEmpty();
    world.book(exchange.now(), SPOT, BookSnapshot.EMPTY);
    place(SPOT, Side.BUY, "41", "2", TimeInForce.IOC);
    assertThat(filled().isZero()).isTrue();
  }

  @Test
  void anHourIsPaidOnceOnWhatWasHeldWhenItStruck() {
    place(PERP, Side.SELL, "40.020", "5", TimeInForce.IOC);
    exchange.advanceTo(START.plusSeconds(61));
    place(PERP, Side.BUY, "40.030", "5", TimeInForce.IOC);
    FundingHour hour =
        new FundingHour(Instant.parse("2026-01-05T13:00:00Z"), Rate.hourly("0.00003"));
    exchange.settle(PERP.id(), hour);
    exchange.settle(PERP.id(), hour);
    pass(Duration.ofSeconds(1));
    assertThat(
            reports.stream()
                .filter(ExecutionReport.FundingPaid.class::isInstance)
                .map(report -> ((ExecutionReport.FundingPaid) report).payment().amount().value()))
        .singleElement()
        .satisfies(amount -> assertThat(amount).isEqualByComparingTo("0.006075"));
  }
}
