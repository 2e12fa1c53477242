package io.twinleg.acceptance;

import static io.twinleg.acceptance.MarketFixture.ASTER;
import static io.twinleg.simulator.FixtureF0.HYPE;
import static io.twinleg.simulator.FixtureF0.PERP;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * One capital over HYPE at Hyperliquid and SOL at Aster. Each venue has wallets of its own: 1000
 * and 1000 USD at the first, 700 and 600 at the other.
 */
class TwoVenuesTest {
  private static final MarketId SOL = new MarketId("aster/SOL");
  private static final Instrument SOL_SPOT = FixtureF0.spot(SOL, "SOL/USDT", 0);
  private static final Instrument SOL_PERP = FixtureF0.perp(SOL, "SOLUSDT", 0, 20);

  private static final List<String> PORTFOLIO =
      List.of(
          """
          markets=[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
          {"base":"SOL","venue":"aster","spot":"SOL/USDT","perp":"SOLUSDT"}]\
          """,
          "portfolio.forecast_window_h=24",
          "portfolio.forecast_weight=1",
          "portfolio.min_hold_h=2");

  /** HYPE pays 43.8 % a year, SOL {@code sol} an hour. */
  private static MarketFixture twoVenues(String sol) {
    return MarketFixture.f0()
        .listingAtAster(SOL_SPOT, SOL_PERP)
        .settledBefore(PERP, "0.00005", 24)
        .settledBefore(SOL_PERP, sol, 24)
        .funding(PERP, "0.00005")
        .funding(SOL_PERP, sol)
        .change(world -> world.oracle(SOL_PERP, Price.of("150.03")))
        .quotes(SOL_SPOT, FixtureF0.book("150.00", "150.06"))
        .quotes(SOL_PERP, FixtureF0.book("150.07", "150.11"));
  }

  private static String[] settings(int positions, String capital, String... more) {
    List<String> all = new ArrayList<>(PORTFOLIO);
    all.add("portfolio.max_positions=" + positions);
    all.add("portfolio.capital_usd=" + capital);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** In HYPE with 4.99 and in SOL with 1.33. */
  private static Trader inBoth(MarketFixture fixture, String... more) {
    Trader trader = Trader.startOn(fixture, settings(2, "1800", more));
    for (int i = 0; i < 6 && !isInBoth(trader); i++) {
      trader.advanceSeconds(3);
      fixture.takerSellsSpot("4.99");
      fixture.takerTrades(SOL_SPOT, Side.SELL, "149", "1.33");
      trader.advanceSeconds(5);
    }
    assertThat(isInBoth(trader)).as(trader.log()).isTrue();
    return trader;
  }

  private static boolean isInBoth(Trader trader) {
    return trader.status(HYPE).state().equals("HEDGED")
        && trader.status(SOL).state().equals("HEDGED");
  }

  private static Quantity shortOf(MarketFixture fixture, Instrument perp) {
    return fixture.account(perp.id().market().venue()).position(perp.id());
  }

  private static List<String> allocations(Trader trader, MarketId market) {
    return trader.events("allocation").stream()
        .filter(each -> each.event().market().filter(market::equals).isPresent())
        .map(each -> each.value("action") + " " + each.value("reason"))
        .toList();
  }

  @Test
  @DisplayName("both venues are entered, each from its own wallets, and each foots by itself")
  void entersAtBothVenues() {
    MarketFixture fixture = twoVenues("0.00004");
    Trader trader = inBoth(fixture);
    trader.advance(Duration.ofHours(2));
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.of("-4.99"));
    assertThat(shortOf(fixture, SOL_PERP)).isEqualTo(Quantity.of("-1.33"));
    assertThat(fixture.account(VenueId.FIRST).position(SOL_PERP.id()).isZero()).isTrue();
    assertThat(fixture.account(ASTER).position(PERP.id()).isZero()).isTrue();
    assertThat(fixture.account(ASTER).fundingReceived().signum()).isPositive();
    assertThat(trader.engine().margins(trader.now()).keySet())
        .containsExactly(VenueId.FIRST, ASTER);
    trader.operatorRequests(Operation.STOP, "done");
    trader.advanceSeconds(20);
    assertThat(trader.ending()).get().matches(ending -> ending.exitCode() == 0);
  }

  @Test
  @DisplayName("what lies at one venue is never counted for a position at the other")
  void moneyOfOneVenueBuysNothingAtTheOther() {
    MarketFixture fixture = twoVenues("0.0006");
    Trader trader =
        Trader.startOn(
            fixture,
            settings(
                1,
                "4000",
                "strategy.target_usd_notional=1500",
                "execution.max_clip_usd=200",
                "risk.per_symbol_notional_cap=1500"));
    trader.advance(Duration.ofMinutes(1));
    fixture.takerSellsSpot("4.99");
    fixture.takerTrades(SOL_SPOT, Side.SELL, "149", "1.33");
    trader.advanceSeconds(20);
    assertThat(allocations(trader, SOL))
        .as("SOL pays twelve times as much; it needs 3000 and 1300 lie at its venue")
        .containsExactly("wait no_money_at_venue");
    assertThat(shortOf(fixture, SOL_PERP).isZero()).isTrue();
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.of("-4.99"));
    assertThat(trader.engine().capitalAt(ASTER)).contains(Usd.of("1300"));
    assertThat(fixture.account(ASTER).fills()).isEmpty();
  }

  @Test
  @DisplayName("HYPE at one venue is left on both legs, and only then SOL at the other is entered")
  void rotatesFromOneVenueToTheOther() {
    MarketFixture fixture = twoVenues("0.00001");
    Trader trader = Trader.hedgedOn(fixture, settings(1, "900"));
    fixture.funding(SOL_PERP, "0.0006");
    trader.advanceTo(Duration.ofSeconds(10_210));
    assertThat(allocations(trader, HYPE))
        .containsExactly("hold among_the_best", "hold held", "leave rotated_out");
    assertThat(shortOf(fixture, PERP).isZero()).isTrue();
    fixture.takerTrades(SOL_SPOT, Side.SELL, "149", "1.33");
    trader.advance(Duration.ofMinutes(2));
    assertThat(trader.status(SOL).state()).isEqualTo("HEDGED");
    assertThat(trader.status(HYPE).state()).isEqualTo("FLAT");
    assertThat(shortOf(fixture, SOL_PERP)).isEqualTo(Quantity.of("-1.33"));
    assertThat(transfersAcross(trader)).isEmpty();
  }

  /** A transfer is between the wallets of one venue; the exchange keeps the sums. */
  private static List<Command> transfersAcross(Trader trader) {
    return trader.sent(Command.class).stream()
        .map(RecordingVenue.Sent::command)
        .filter(command -> command.inner() instanceof Command.TransferCollateral)
        .toList();
  }

  @Test
  @DisplayName("one venue is silent: the other is entered, held and left as ever")
  void theOtherVenueGoesOn() {
    MarketFixture fixture = twoVenues("0.00004");
    Trader trader = inBoth(fixture);
    trader.goesAway(ASTER);
    trader.advance(Duration.ofHours(1));
    assertThat(trader.engine().isAtRest()).isTrue();
    assertThat(trader.events("feed_stale"))
        .anyMatch(each -> each.fields().getOrDefault("venue", "").equals("aster"));
    assertThat(trader.status(SOL).state()).isEqualTo("HEDGED");
    trader.operatorRequests(Operation.FLATTEN, "");
    trader.advance(Duration.ofMinutes(3));
    assertThat(shortOf(fixture, PERP).isZero()).as("HYPE was closed at once").isTrue();
    assertThat(shortOf(fixture, SOL_PERP)).isEqualTo(Quantity.of("-1.33"));
    trader.comesBack(ASTER);
    trader.advance(Duration.ofMinutes(2));
    assertThat(shortOf(fixture, SOL_PERP).isZero()).as(trader.log()).isTrue();
    assertThat(trader.events("flattened")).isNotEmpty();
  }

  @Test
  @DisplayName("nothing is entered at a silent venue; when it is back it is entered")
  void entersNothingAtASilentVenue() {
    MarketFixture fixture = twoVenues("0.00004");
    Trader trader = Trader.startOn(fixture, settings(2, "1800"));
    trader.advanceMillis(250);
    trader.goesAway(ASTER);
    trader.advanceSeconds(10);
    for (int i = 0; i < 40; i++) {
      fixture.takerSellsSpot("4.99");
      trader.advanceSeconds(10);
    }
    assertThat(trader.status(HYPE).state()).as(trader.log()).isEqualTo("HEDGED");
    assertThat(shortOf(fixture, SOL_PERP).isZero()).isTrue();
    trader.comesBack(ASTER);
    for (int i = 0; i < 450; i++) {
      fixture.takerTrades(SOL_SPOT, Side.SELL, "149", "1.33");
      trader.advanceSeconds(10);
    }
    assertThat(trader.status(SOL).state()).as(trader.log()).isEqualTo("HEDGED");
  }

  @Test
  @DisplayName("a leg alone at a venue that fell silent is brought together when it is back")
  void aLegAloneAtASilentVenueIsBroughtTogether() {
    MarketFixture fixture = twoVenues("0.0006");
    Trader trader = Trader.startOn(fixture, settings(1, "900"));
    trader.advanceSeconds(3);
    fixture.faults().loseNextOrder(SOL_PERP.id());
    fixture.takerTrades(SOL_SPOT, Side.SELL, "149", "1.33");
    trader.invariants().venueDoesNotAnswer();
    trader.advanceMillis(300);
    trader.goesAway(ASTER);
    trader.advance(Duration.ofMinutes(3));
    assertThat(fixture.account(ASTER).coins(InstrumentId.spot(SOL)).isPositive()).isTrue();
    assertThat(shortOf(fixture, SOL_PERP).isZero()).isTrue();
    trader.comesBack(ASTER);
    trader.advance(Duration.ofMinutes(2));
    Quantity coins = fixture.account(ASTER).coins(InstrumentId.spot(SOL));
    Quantity perp = shortOf(fixture, SOL_PERP).negated();
    assertThat(coins.minus(perp).abs().compareTo(Quantity.of("0.02")))
        .as("coins %s, short %s%n%s", coins, perp, trader.log())
        .isNegative();
    assertThat(transfersAcross(trader)).isEmpty();
  }

  @Test
  @DisplayName("killed with both held, it goes on with both")
  void aRestartGoesOnWithBoth() {
    MarketFixture fixture = twoVenues("0.00004");
    Trader trader = inBoth(fixture);
    trader.advance(Duration.ofMinutes(5));
    trader.kill();
    fixture.exchange().advanceTo(fixture.now().plus(Duration.ofHours(2)));
    trader.restart();
    trader.advance(Duration.ofMinutes(2));
    assertThat(isInBoth(trader)).as(trader.log()).isTrue();
    assertThat(shortOf(fixture, PERP)).isEqualTo(Quantity.of("-4.99"));
    assertThat(shortOf(fixture, SOL_PERP)).isEqualTo(Quantity.of("-1.33"));
    assertThat(trader.engine().portfolio().ledger(SOL).funding())
        .as("what was paid meanwhile is booked")
        .isEqualTo(fixture.account(ASTER).fundingReceived());
    assertThat(trader.anotherEngine().status()).hasSameSizeAs(trader.engine().status());
  }

  @Test
  @DisplayName("collateral short at one venue is filled up from that venue's spot wallet alone")
  void collateralIsMovedWithinAVenue() {
    MarketFixture fixture = twoVenues("0.00004").wallets("1000", "215");
    Trader trader = inBoth(fixture);
    Usd atAster = fixture.account(ASTER).perpQuote();
    fixture.quotes(FixtureF0.SPOT, FixtureF0.book("58.000", "58.010"));
    fixture.quotes(PERP, FixtureF0.book("58.020", "58.030"));
    fixture.oracle("58.02");
    trader.advance(Duration.ofMinutes(1));
    assertThat(trader.sent(Command.TransferCollateral.class)).as(trader.log()).isNotEmpty();
    assertThat(trader.sent(Command.AtVenue.class))
        .noneMatch(sent -> sent.command().inner() instanceof Command.TransferCollateral);
    assertThat(fixture.account(ASTER).perpQuote()).isEqualTo(atAster);
  }
}
