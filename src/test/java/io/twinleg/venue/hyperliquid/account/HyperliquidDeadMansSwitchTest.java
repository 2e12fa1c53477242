package io.twinleg.venue.hyperliquid.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.venue.hyperliquid.order.ManualExchangeApi;
import io.twinleg.venue.hyperliquid.order.NonceSource;
import io.twinleg.venue.hyperliquid.order.WireMessages;
import io.twinleg.wire.hyperliquid.account.RestingOrders;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Semantics 2.13: the venue's timer knows no difference between our orders and others. */
class HyperliquidDeadMansSwitchTest {
  private static final long NOW = 1_767_615_000_000L;
  private static final RestingOrders NOTHING = RestingOrders.NONE;
  private static final RestingOrders OURS =
      new RestingOrders(List.of(WireMessages.name(1).hex()), List.of());
  private static final RestingOrders FOREIGN =
      new RestingOrders(List.of(WireMessages.name(1).hex(), ""), List.of());

  private final ManualExchangeApi line = new ManualExchangeApi();
  private final HyperliquidDeadMansSwitch granted = deadMan(true);

  private HyperliquidDeadMansSwitch deadMan(boolean isGranted) {
    return new HyperliquidDeadMansSwitch(
        isGranted,
        WireMessages.IDENTITY,
        new NonceSource(() -> Instant.ofEpochMilli(NOW)),
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
  void isNeverSentForAnAccountThatHasTradedTooLittle() {
    HyperliquidDeadMansSwitch refused = deadMan(false);
    refused.tick(OURS, 0);
    refused.disarm();
    assertThat(line.sent).isEmpty();
  }
}
