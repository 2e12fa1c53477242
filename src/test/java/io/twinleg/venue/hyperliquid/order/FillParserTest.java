package io.twinleg.venue.hyperliquid.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.FillOrigin;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The origin of a fill, from its record. */
class FillParserTest {
  private static final String LIQUIDATION =
      ",'liquidation':{'liquidatedUser':'0x1','markPx':'60','method':'market'}";

  @ParameterizedTest
  @CsvSource({
    "Close Short, true, false, ORDER",
    "Auto-Deleveraging, true, false, DELEVERAGING",
    "Liquidated Cross Short, true, true, LIQUIDATION",
    "Liquidated Isolated Short, true, false, LIQUIDATION",
    "Close Short, true, true, LIQUIDATION",
    "Close Short, false, true, ORDER"
  })
  void aFillHasItsOrigin(String direction, boolean crossed, boolean liquidation, FillOrigin cause) {
    FillParser records = new FillParser(WireMessages.legs(), oid -> Optional.empty());
    String record =
        "{'coin':'HYPE','px':'60.0','sz':'2.99','side':'B','time':1764000000000,'oid':9,'tid':9,"
            + "'crossed':%s,'fee':'0.08','feeToken':'USDC','dir':'%s'%s}"
                .formatted(crossed, direction, liquidation ? LIQUIDATION : "");

    assertThat(records.fill(WireMessages.json(record)))
        .hasValueSatisfying(fill -> assertThat(fill.cause()).isEqualTo(cause));
  }
}
