package io.twinleg.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.LogEvent;
import io.twinleg.core.model.MarketId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogStreamTest {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LogStream stream =
      new LogStream(
          "run-1",
          LogEvent.Level.INFO,
          new PrintStream(bytes, true, StandardCharsets.UTF_8),
          () -> START);

  private long written(int minute, String market, String size) {
    bytes.reset();
    stream.log(
        START.plus(Duration.ofMinutes(minute)),
        LogEvent.info("pnl_update")
            .in(new MarketId(market))
            .with("spot_sz", new BigDecimal(size))
            .with("pnl_net", new BigDecimal(minute)));
    stream.close();
    return bytes.toString(StandardCharsets.UTF_8).lines().count();
  }

  @Test
  void figuresComeWhenThePositionChangesAndEachHour() {
    assertThat(written(0, "HYPE", "1")).isOne();
    assertThat(written(1, "HYPE", "1")).isZero();
    assertThat(written(1, "BTC", "1")).as("another market").isOne();
    assertThat(written(2, "HYPE", "1.5")).isOne();
    assertThat(written(61, "HYPE", "1.5")).isZero();
    assertThat(written(62, "HYPE", "1.5")).isOne();
    assertThat(written(63, "HYPE", "1.5")).isZero();
  }
}
