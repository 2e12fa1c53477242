package io.twinleg.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.execution.reconciliation.ReconciliationSettings;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fee;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.OrderPurpose;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a market counts in the caps: specification 2.10. */
class StateTest {
  private static final MarketId HYPE = FixtureF0.PERP.id().market();

  private static final OrderIdTag TAG = new OrderIdTag("00000001");

  private final State state = new State(F0Settings.aligning(ReconciliationSettings.Mode.LOG));

  private long sequence;

  @BeforeEach
  void hedged() {
    apply(new Event.RunStarted("test", TAG, "", "", false));
    apply(new Event.InstrumentsResolved(HYPE, 0, FixtureF0.SPOT, FixtureF0.PERP));
    book(FixtureF0.SPOT.id(), Side.BUY, "3", "41");
    book(FixtureF0.PERP.id(), Side.SELL, "3", "42");
  }

  private void apply(Event fact) {
    sequence++;
    var event = new SequencedEvent(sequence, FixtureF0.T0, FixtureF0.T0, fact);
    state.data.apply(event);
    state.portfolio.apply(event);
  }

  private void book(InstrumentId instrument, Side side, String quantity, String price) {
    apply(
        new Event.OrderFilled(
            new Fill(
                Optional.of(ClientOrderId.of(TAG, 0, instrument.leg(), OrderPurpose.ENTRY, 7, 0)),
                instrument,
                side,
                Price.of(price),
                Quantity.of(quantity),
                Fee.quote("0"),
                false,
                1,
                sequence + 5,
                FixtureF0.T0)));
  }

  private Usd worst() {
    return state.exposures().get(0).worstNotional();
  }

  @Test
  @DisplayName("without any price a market counts at what its dearer leg cost, never as nothing")
  void countsAtItsCost() {
    assertThat(worst()).isEqualTo(Usd.of("126"));
  }

  @Test
  @DisplayName("a silent market counts at its last price")
  void countsAtItsLastPrice() {
    apply(new Event.MarkPriceUpdated(FixtureF0.PERP.id(), Price.of("50"), Price.of("49")));
    assertThat(worst()).isEqualTo(Usd.of("150"));
    apply(new Event.RunStarted("test", TAG, "", "", false));
    assertThat(worst()).isEqualTo(Usd.of("150"));
  }

  @Test
  @DisplayName("what is held is not flat, whatever the pair's state says")
  void whatIsHeldIsNotFlat() {
    MarketState market = state.market(HYPE).orElseThrow();
    assertThat(market.pair().isFlat()).isTrue();
    assertThat(state.isFlat(market)).isFalse();
    book(FixtureF0.PERP.id(), Side.BUY, "3", "43");
    assertThat(state.isFlat(market)).as("the coins alone").isFalse();
    book(FixtureF0.SPOT.id(), Side.SELL, "3", "44");
    assertThat(state.isFlat(market)).isTrue();
  }
}
