package io.twinleg.config;

import io.twinleg.core.Settings;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run's first event carries: the configuration and the flags that change a decision, as one
 * JSON text, from which a replay makes the same settings.
 */
public record RunConfig(Config config, boolean once, Duration interval) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Settings settings() {
    return config.settings(once, interval);
  }

  public String text() {
    return "{\"once\":%s,\"interval_ms\":%d,\"config\":%s}"
        .formatted(once, interval.toMillis(), config.canonicalJson());
  }

  public static RunConfig parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return new RunConfig(
          Config.fromCanonical(node.get("config").toString()),
          node.get("once").asBoolean(),
          Duration.ofMillis(node.get("interval_ms").asLong()));
    } catch (JacksonException damaged) {
      throw new ConfigException(
          "the journal's configuration is not valid JSON: " + damaged.getOriginalMessage());
    }
  }
}
