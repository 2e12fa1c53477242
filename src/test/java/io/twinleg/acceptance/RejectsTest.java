package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event.OperatorCommand.Operation;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.RejectReason;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Semantics 2.15: each reason of a reject, and what follows. */
@Execution(ExecutionMode.CONCURRENT)
class RejectsTest {
  private final MarketFixture fixture = MarketFixture.f0();

  /** How the bid of the first leg is answered, and how long no other follows. */
  @ParameterizedTest(name = "a bid rejected by {0}: the next after {1} to {2} s")
  @CsvSource({
    "TICK,                      0,    2",
    "MIN_NOTIONAL,            600,  660",
    "INSUFFICIENT_MARGIN,     600,  660",
    "INSUFFICIENT_SPOT_BALANCE, 600, 660",
    "BAD_ALO_PRICE,             0,    2",
    "IOC_CANCEL,                5,   15",
    "ORACLE_BAND,            3600, 3660",
    "OPEN_INTEREST_CAP,      3600, 3660",
    "POSITION_LIMIT,         3600, 3660",
    "RATE_LIMIT,               10,   20",
    "EXPIRED,                   5,   15",
    "OTHER,                     5,   15"
  })
  void aRejectedBidIsFollowedByTheNextInTime(RejectReason reason, long from, long to) {
    fixture.rejectsNext(Leg.SPOT, reason, "no: " + reason);
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(to + 5);
    assertThat(trader.placed(OrderPurpose.ENTRY)).hasSizeGreaterThanOrEqualTo(2);
    Duration between =
        Duration.between(
            trader.placed(OrderPurpose.ENTRY).get(0).at(),
            trader.placed(OrderPurpose.ENTRY).get(1).at());
    assertThat(between).isBetween(Duration.ofSeconds(from), Duration.ofSeconds(to));
  }

  /** How a hedge is answered, and whether the hedge is tried again or the bought is given back. */
  @ParameterizedTest(name = "a hedge rejected by {0} ends {1}")
  @CsvSource({
    "TICK,                      HEDGED",
    "MIN_NOTIONAL,              FLAT",
    "INSUFFICIENT_MARGIN,       FLAT",
    "INSUFFICIENT_SPOT_BALANCE, FLAT",
    "REDUCE_ONLY,               FLAT",
    "IOC_CANCEL,                HEDGED",
    "ORACLE_BAND,               FLAT",
    "OPEN_INTEREST_CAP,         FLAT",
    "POSITION_LIMIT,            FLAT",
    "RATE_LIMIT,                HEDGED",
    "EXPIRED,                   HEDGED",
    "OTHER,                     HEDGED"
  })
  void aRejectedHedgeIsRepeatedOrGivenBack(RejectReason reason, String state) {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.rejectsNext(Leg.PERP, reason, "no: " + reason);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(4);
    assertThat(trader.state()).as(trader.log()).isEqualTo(state);
  }

  @ParameterizedTest(name = "{0}: the venue is asked for the account")
  @CsvSource({"REDUCE_ONLY", "INSUFFICIENT_SPOT_BALANCE"})
  void requestsTheAccountWhenARejectContradictsTheLedger(RejectReason reason) {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    int before = trader.sent(Command.QueryAccount.class).size();
    fixture.rejectsNext(Leg.PERP, reason, "no: " + reason);
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(2);
    assertThat(trader.sent(Command.QueryAccount.class)).hasSizeGreaterThan(before);
  }

  @Test
  @DisplayName("2.15: a margin reject of the perp is logged as an error, for the operator")
  void aMarginRejectPagesTheOperator() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.rejectsNext(Leg.PERP, RejectReason.INSUFFICIENT_MARGIN, "Insufficient margin");
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(2);
    assertThat(trader.lastEvent("perp_margin_rejected").event().level().name()).isEqualTo("ERROR");
  }

  @Test
  @DisplayName("2.15: a second illegal price quarantines the market, once nothing stands alone")
  void aSecondIllegalPriceQuarantines() {
    fixture.rejectsNext(Leg.SPOT, RejectReason.TICK, "Price must be divisible by tick size.");
    fixture.rejectsNext(Leg.SPOT, RejectReason.TICK, "Price must be divisible by tick size.");
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(10);
    assertThat(trader.state()).isEqualTo("QUARANTINED");
    assertThat(trader.lastEvent("quarantined").value("reason")).isEqualTo("tick_rejected");
    assertThat(trader.orders()).hasSize(2);
    assertThat(trader.events("guard_halted")).as("another market may go on").isEmpty();
    assertThat(trader.events("trading_halted")).as("another market may go on").isEmpty();
    trader.operatorRequests(Operation.RESUME, "");
    trader.advance(Duration.ofMinutes(11));
    assertThat(trader.orders()).hasSizeGreaterThan(2);
  }

  @Test
  @DisplayName("2.15: a repair that is rejected for good ends in the unwind at once")
  void aRepairRejectedForGoodIsUnwound() {
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(3);
    fixture.rejectsNext(Leg.PERP, RejectReason.IOC_CANCEL, "could not immediately match");
    fixture.rejectsNext(Leg.PERP, RejectReason.OPEN_INTEREST_CAP, "open interest is at its cap");
    fixture.takerSellsSpot("4.99");
    trader.advanceSeconds(2);
    assertThat(trader.state()).isEqualTo("FLAT");
    assertThat(trader.placed(OrderPurpose.REPAIR)).hasSize(1);
    assertThat(trader.position()).isEqualTo(Quantity.ZERO);
  }

  @Test
  @DisplayName("2.15: an unknown signer ends the run with exit 3, and nothing is sent again")
  void anUnknownSignerEndsTheRun() {
    fixture.rejectsNext(
        Leg.SPOT, RejectReason.SIGNER_UNKNOWN, "User or API Wallet 0xab does not exist.");
    Trader trader = Trader.startOn(fixture);
    trader.advanceSeconds(30);
    assertThat(trader.ending().orElseThrow().exitCode()).isEqualTo(3);
    assertThat(trader.orders()).hasSize(1);
  }
}
