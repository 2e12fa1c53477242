package io.hypercarry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntryTest {
  @Test
  @DisplayName("E02 full passive entry: the spot rests a tick above the bid, its fill is hedged at once")
  void aPassiveEntryRestsOnSpotAndTakesOnPerp() {
    Stage stage = Stage.f0();
    Trader trader = Trader.startsOn(stage);

    trader.livesSeconds(3);
    assertThat(trader.live()).containsExactly("spot buy 4.99 @ 40.001 alo entry");

    stage.crowdSellsSpot("4.99");
    trader.livesSeconds(2);

    assertThat(trader.timedOrders()).containsExactly();
  }
}
