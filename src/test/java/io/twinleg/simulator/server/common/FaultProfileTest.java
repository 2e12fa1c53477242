package io.twinleg.simulator.server.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultProfileTest {
  @Test
  void whatIsNotNamedDoesNotHappen() {
    assertThat(FaultProfile.read("{}")).isEqualTo(FaultProfile.NONE);
    assertThat(FaultProfile.read("{\"drop_after\":5,\"stale_book\":2,\"stale_book_ms\":9000}"))
        .isEqualTo(new FaultProfile(0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 2, 9000));
  }

  @Test
  void namesTheKeyTheValueAndWhatWasExpected() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("{\"drop\":1}", "\"drop\" is no fault: expected one of delay, delay_ms, drop_before");
    wrong.put("{\"delay\":1001}", "\"delay\" is 1001: expected a whole number from 0 to 1000");
    wrong.put("{\"delay\":0.5}", "\"delay\" is 0.5: expected a whole number from 0 to 1000");
    wrong.put("{\"delay\":\"1\"}", "\"delay\" is \"1\": expected a whole number from 0 to 1000");
    wrong.put("{\"delay_ms\":-1}", "\"delay_ms\" is -1: expected a whole number from 0 to 600000");
    wrong.put("[]", "is not one JSON object");
    wrong.put("{\"delay\":1,\"delay\":2}", "is not JSON");
    wrong.put("{", "is not JSON");
    wrong.forEach((text, sentence) ->
        assertThatIllegalArgumentException()
            .as(text)
            .isThrownBy(() -> FaultProfile.read(text))
            .withMessageContaining(sentence));
  }

  @Test
  void theSameSeedDrawsTheSameFaultsForTheSameRequests() {
    FaultProfile often = new FaultProfile(300, 50, 100, 100, 100, 100, 0, 0, 200, 200, 50, 50, 100);
    assertThat(drawn(often, 5)).isEqualTo(drawn(often, 5)).isNotEqualTo(drawn(often, 6));
    assertThat(drawn(FaultProfile.NONE, 5)).containsOnly("NONE after 0, false false false false");
  }

  private static List<String> drawn(FaultProfile profile, long seed) {
    HttpFaults faults = new HttpFaults(profile, seed, () -> 0);
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      HttpFaults.Passage passage = faults.request();
      drawn.add(
          "%s after %d, %b %b %b %b"
              .formatted(
                  passage.trouble(),
                  passage.delayMs(),
                  faults.duplicatesFrame(),
                  faults.reordersFrame(),
                  faults.cutsStream(),
                  faults.freezesBook("HYPE")));
    }
    return drawn;
  }
}
