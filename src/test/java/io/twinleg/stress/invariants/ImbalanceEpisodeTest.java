package io.twinleg.stress.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.InstrumentCatalog;
import io.twinleg.stress.invariants.Violation.ViolationRecorder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * I13: 5 % of a clip of 200, the fees, and twice the slippage cap of 20 bps on both legs: 11.60.
 */
class ImbalanceEpisodeTest {
  private static final MarketId HYPE = new MarketId("HYPE");
  private static final Instrument SPOT = InstrumentCatalog.HYPE.spot(HYPE);
  private static final BigDecimal MARK = new BigDecimal("40");

  private final ShadowLedger ledger =
      new ShadowLedger(
          new MarketRules(
              SPOT,
              InstrumentCatalog.HYPE.perp(HYPE),
              Usd.of("200"),
              Usd.of("200"),
              Usd.of("500"),
              BigDecimal.ONE,
              Duration.ofSeconds(5),
              new BigDecimal("0.002")));
  private final ImbalanceEpisode episode = new ImbalanceEpisode(ledger);
  private final ViolationRecorder violations = new ViolationRecorder(() -> Instant.EPOCH);

  /** Buys five at the mark and sells them at a lower price. */
  private Optional<Violation> unwindsAt(String price, BigDecimal markThen) {
    episode.hedged(MARK);
    trade(Side.BUY, "40");
    trade(Side.SELL, price);
    episode.check(violations, markThen);
    return violations.first();
  }

  private void trade(Side side, String price) {
    ledger.book(
        new Fill(
            Optional.empty(),
            SPOT.id(),
            side,
            Price.of(price),
            Quantity.of("5"),
            Fee.quote("0"),
            false,
            1,
            1,
            Instant.EPOCH),
        true);
  }

  @Test
  void theCostOfALateHedgeIsBounded() {
    assertThat(unwindsAt("37.60", MARK))
        .hasValueSatisfying(found -> assertThat(found.invariant()).isEqualTo("I13"));
  }

  @Test
  void aCostWithinTheBoundIsNoViolation() {
    assertThat(unwindsAt("37.70", MARK)).isEmpty();
  }

  @Test
  void aLargePriceMoveHasNoBound() {
    assertThat(unwindsAt("37.60", new BigDecimal("38"))).isEmpty();
  }
}
