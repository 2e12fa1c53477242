package io.twinleg.wire.aster;

import io.twinleg.wire.MalformedMessage;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * The venue's clock.
 *
 * @param speed 1; above 1 at a simulated exchange that runs faster than real time
 */
public record ServerTime(long time, BigDecimal speed) {
  public ServerTime {
    if (speed.signum() <= 0) {
      throw MalformedMessage.schema("speed is " + speed);
    }
  }

  public static ServerTime read(JsonNode node) {
    return new ServerTime(
        AsterJson.time(node, "serverTime"),
        AsterJson.optionalDecimal(node, "speed").orElse(BigDecimal.ONE));
  }

  public ServerTime atRealTime() {
    return new ServerTime(time, BigDecimal.ONE);
  }

  public JsonNode json() {
    var node = AsterJson.object().put("serverTime", time);
    return speed.compareTo(BigDecimal.ONE) == 0 ? node : node.put("speed", speed);
  }
}
