package io.twinleg.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VenueSharesTest {
  private static final VenueId ASTER = new VenueId("aster");
  private static final MarketId HYPE = new MarketId("HYPE");
  private static final MarketId SOL = new MarketId("SOL");
  private static final MarketId BTC = MarketId.at(ASTER, "BTC");
  private static final MarketId ETH = MarketId.at(ASTER, "ETH");

  private static final VenueShares SHARES =
      new VenueShares(
          Map.of(VenueId.FIRST, Usd.of("1000"), ASTER, Usd.of("700")),
          Map.of(HYPE, Usd.of("400"), SOL, Usd.of("500"), BTC, Usd.of("1000"), ETH, Usd.of("300")));

  @Test
  void aPositionIsCutToWhatLiesAtItsVenueAndNeverBelowHalf() {
    assertThat(SHARES.of(BTC, null, List.of())).isEqualByComparingTo("0.7");
    assertThat(SHARES.of(BTC, null, List.of(ETH))).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(SHARES.of(ETH, null, List.of())).isEqualByComparingTo(BigDecimal.ONE);
    assertThat(SHARES.of(SOL, null, List.of(HYPE))).isEqualByComparingTo(BigDecimal.ONE);
  }

  @Test
  void whatIsLeftForItGivesItsMoney() {
    assertThat(SHARES.of(BTC, ETH, List.of(ETH, BTC))).isEqualByComparingTo("0.7");
    assertThat(SHARES.of(BTC, HYPE, List.of(ETH, HYPE))).isEqualByComparingTo(BigDecimal.ZERO);
  }

  @Test
  void whatIsHeldAtTheOtherVenueTakesNothingHere() {
    assertThat(SHARES.of(HYPE, null, List.of(BTC, ETH))).isEqualByComparingTo(BigDecimal.ONE);
    assertThat(SHARES.of(ETH, null, List.of(HYPE, SOL))).isEqualByComparingTo(BigDecimal.ONE);
  }

  @Test
  void aVenueWhoseAccountIsNotKnownHasNothing() {
    VenueShares unknown =
        new VenueShares(Map.of(VenueId.FIRST, Usd.of("1000")), Map.of(ETH, Usd.of("300")));
    assertThat(unknown.of(ETH, null, List.of())).isEqualByComparingTo(BigDecimal.ZERO);
  }

  @Test
  void withOneVenueNothingIsLimited() {
    assertThat(VenueShares.OF_ONE.of(HYPE, null, List.of(SOL)))
        .isEqualByComparingTo(BigDecimal.ONE);
  }
}
