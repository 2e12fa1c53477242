package io.twinleg.venue.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.FillOrigin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose doing a fill was, by the name of its order. */
class FillMapperTest {
  @ParameterizedTest
  @CsvSource({
    "autoclose-1764000000000, LIQUIDATION",
    "adl_autoclose, DELEVERAGING",
    "adl_autoclose-7, DELEVERAGING",
    "web_7, ORDER",
    "0x00000000000000000000000000000001, ORDER"
  })
  void theNameOfAVenuesOwnOrderGivesItsOrigin(String name, FillOrigin cause) {
    assertThat(FillMapper.origin(name)).isEqualTo(cause);
  }
}
