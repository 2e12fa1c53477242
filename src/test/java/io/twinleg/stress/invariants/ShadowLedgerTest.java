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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** I3: what stands alone, each fill at its own price, or at the mark where that is lower. */
class ShadowLedgerTest {
  private static final MarketId HYPE = new MarketId("HYPE");
  private static final Instrument SPOT = InstrumentCatalog.HYPE.spot(HYPE);
  private static final Instrument PERP = InstrumentCatalog.HYPE.perp(HYPE);
  private static final BigDecimal HIGH = new BigDecimal("50");

  private final ShadowLedger ledger =
      new ShadowLedger(
          new MarketRules(
              SPOT,
              PERP,
              Usd.of("400"),
              Usd.of("200"),
              Usd.of("500"),
              BigDecimal.ONE,
              Duration.ofSeconds(5),
              new BigDecimal("0.002")));

  private void trade(Instrument instrument, Side side, String quantity, String price) {
    ledger.book(
        new Fill(
            Optional.empty(),
            instrument.id(),
            side,
            Price.of(price),
            Quantity.of(quantity),
            Fee.quote("0"),
            false,
            1,
            1,
            Instant.EPOCH),
        true);
  }

  private void standsAlone(String usd, BigDecimal mark) {
    assertThat(ledger.nakedUsd(mark)).isEqualByComparingTo(usd);
  }

  @Test
  void eachPurchaseCountsAtItsOwnPriceBesideAnOlderPosition() {
    trade(SPOT, Side.BUY, "3", "30");
    trade(PERP, Side.SELL, "3", "30.5");
    trade(SPOT, Side.BUY, "2", "41");
    trade(SPOT, Side.BUY, "1", "39");
    standsAlone("121", HIGH);
    standsAlone("120", new BigDecimal("40.5"));
  }

  @Test
  void aHedgeCoversWhatWasFilledFirst() {
    trade(SPOT, Side.BUY, "2", "41");
    trade(SPOT, Side.BUY, "1", "39");
    trade(PERP, Side.SELL, "2.5", "40");
    standsAlone("19.5", HIGH);
  }

  @Test
  void theFirstSaleOfAPerpCountsBeforeAnySpotIsBought() {
    trade(PERP, Side.SELL, "2", "37");
    standsAlone("74", HIGH);
  }

  @Test
  void aHedgeThatGoesTooFarLeavesTheRestOfItselfAlone() {
    trade(SPOT, Side.BUY, "2", "41");
    trade(PERP, Side.SELL, "2.5", "42");
    standsAlone("21", HIGH);
  }

  @Test
  void aClosedShortLeavesSpotAloneAtWhatThatCost() {
    trade(SPOT, Side.BUY, "2", "30");
    trade(SPOT, Side.BUY, "2", "34");
    trade(PERP, Side.SELL, "4", "33");
    trade(PERP, Side.BUY, "1", "47");
    standsAlone("32", HIGH);
    trade(SPOT, Side.SELL, "1", "46");
    standsAlone("0", HIGH);
  }

  @Test
  void soldSpotLeavesTheShortAloneAtTheLowerOfBothCosts() {
    trade(SPOT, Side.BUY, "4", "31");
    trade(PERP, Side.SELL, "4", "33");
    trade(SPOT, Side.SELL, "3", "46");
    standsAlone("93", HIGH);
  }
}
