package io.twinleg.stress.invariants;

import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.NetworkModel.FaultModel.Passage;
import io.twinleg.simulator.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How soon the spot goes that a change from outside has left alone: a part of I3. From the event on
 * the exchange's clock to the order that leaves; what the message of the event was late by is not
 * counted. Nothing is owed while nobody could act, nor where a sale is under way or in doubt.
 */
final class ExternalReductionInvariant {
  private static final Duration ANSWER = Duration.ofMillis(500);

  private record Owed(Instant since, Duration most) {}

  private final MarketId market;
  private final OpenOrders orders;
  private final ViolationRecorder verdicts;
  private Optional<Owed> owed = Optional.empty();
  private boolean standing;

  ExternalReductionInvariant(MarketId market, OpenOrders orders, ViolationRecorder verdicts) {
    this.market = market;
    this.orders = orders;
    this.verdicts = verdicts;
  }

  void stand(boolean stands) {
    standing = stands;
    owed = stands ? Optional.empty() : owed;
  }

  void restart() {
    owed = Optional.empty();
  }

  /** Somebody else has traded the perp, and spot worth an order stands alone. */
  void happened(Instant now) {
    boolean selling =
        orders.left(InstrumentId.spot(market), Side.SELL).isPositive()
            || orders.left(InstrumentId.perp(market), Side.SELL).isPositive();
    if (!standing && !selling && owed.isEmpty()) {
      owed = Optional.of(new Owed(now, ANSWER));
    }
  }

  /** How the message of that travels. */
  void told(Passage passage) {
    owed =
        switch (passage) {
          case Passage.Late late -> owed.map(it -> new Owed(it.since(), it.most().plus(late.by())));
          case Passage.Lost lost -> Optional.empty();
          case Passage.Doubled doubled -> owed;
        };
  }

  void sent(Request.Place order) {
    if (order.instrument().leg() == Leg.SPOT && order.side() == Side.SELL) {
      owed = Optional.empty();
    }
  }

  void look(Instant now, boolean stillAlone) {
    if (owed.isPresent() && !stillAlone) {
      owed = Optional.empty();
    }
    owed.ifPresent(it -> check(it, Duration.between(it.since(), now)));
  }

  private void check(Owed it, Duration passed) {
    verdicts.require(
        passed.compareTo(it.most()) <= 0,
        "I3",
        "the short of %s was closed from outside at %s, and no spot is on sale after %s, the most"
            + " is %s",
        market,
        it.since(),
        passed,
        it.most());
  }
}
