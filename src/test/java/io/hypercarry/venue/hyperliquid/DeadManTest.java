package io.hypercarry.venue.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import io.hypercarry.protocol.hyperliquid.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Semantics 2.13: the venue's timer knows no difference between our orders and others. */
class DeadManTest {
  private static final long NOW = 1_767_615_000_000L;
  private static final JsonNode NOTHING = Json.array();
  private static final JsonNode OURS = Wire.json("[{'cloid':'" + Wire.name(1).hex() + "'}]");
  private static final JsonNode FOREIGN =
      Wire.json("[{'cloid':'" + Wire.name(1).hex() + "'},{'oid':7}]");

  private final HandLine line = new HandLine();
  private final DeadMan granted = deadMan(true);

  private DeadMan deadMan(boolean isGranted) {
    return new DeadMan(
        isGranted,
        Wire.IDENTITY,
        new Nonces(() -> Instant.ofEpochMilli(NOW)),
        line,
        () -> Instant.ofEpochMilli(NOW));
  }

  private JsonNode last() {
    return line.last().body().path("action");
  }

  @Test
  void isArmedWhileOursRestAndPushedBackEveryFiveSeconds() {
    granted.tick(NOTHING, 0);
    assertThat(line.sent).isEmpty();
    granted.tick(OURS, 1_000);
    assertThat(last().path("type").asString()).isEqualTo("scheduleCancel");
    assertThat(last().path("time").asLong()).isEqualTo(NOW + 15_000);
    granted.tick(OURS, 5_999);
    assertThat(line.sent).hasSize(1);
    granted.tick(OURS, 6_000);
    assertThat(line.sent).hasSize(2);
  }

  @Test
  void isClearedOnceWhenNothingRestsAnyMore() {
    granted.tick(OURS, 0);
    granted.tick(NOTHING, 1_000);
    granted.tick(NOTHING, 2_000);
    assertThat(line.sent).hasSize(2);
    assertThat(last().has("time")).isFalse();
  }

  @Test
  void isClearedForAnOrderThatIsNotOurs() {
    granted.tick(OURS, 0);
    granted.tick(FOREIGN, 1_000);
    assertThat(last().has("time")).isFalse();
    granted.tick(FOREIGN, 10_000);
    assertThat(line.sent).hasSize(2);
  }

  @Test
  void isClearedByACleanStopOnly() {
    granted.disarm();
    assertThat(line.sent).isEmpty();
    granted.tick(OURS, 0);
    granted.disarm();
    granted.disarm();
    assertThat(line.sent).hasSize(2);
    assertThat(last().has("time")).isFalse();
  }

  @Test
  void isNeverAskedForByAnAccountThatHasTradedTooLittle() {
    DeadMan refused = deadMan(false);
    refused.tick(OURS, 0);
    refused.disarm();
    assertThat(line.sent).isEmpty();
  }
}
