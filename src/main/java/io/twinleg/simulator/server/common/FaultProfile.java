package io.twinleg.simulator.server.common;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How often what goes wrong between the exchange and its clients: so many of a thousand requests or
 * frames, and for how long.
 *
 * @param dropBefore the request is lost, and the connection with it
 * @param dropAfter it is executed, and its answer is lost with the connection
 * @param serverError it is not executed, and the answer is a page of HTML
 * @param truncate it is executed, and half of the answer arrives
 * @param throttle from here on every client is answered to wait, for so long
 * @param staleBook a book's frames go on coming and its time stands still, for so long
 */
public record FaultProfile(
    int delay,
    int delayMs,
    int dropBefore,
    int dropAfter,
    int serverError,
    int truncate,
    int throttle,
    int throttleMs,
    int duplicateFrame,
    int reorderFrame,
    int cutStream,
    int staleBook,
    int staleBookMs) {
  private static final int MOST = 1000;
  private static final int LONGEST_MS = 600_000;

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  public static final FaultProfile NONE = new FaultProfile(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Everything, as on a bad day: about one request in twenty meets something. */
  public static final FaultProfile ALL =
      new FaultProfile(20, 400, 8, 8, 8, 8, 1, 1500, 20, 20, 1, 1, 4000);

  /**
   * @throws IllegalArgumentException with a sentence that names the key
   */
  public static FaultProfile read(String json) {
    JsonNode tree;
    try {
      tree = STRICT.readTree(json);
    } catch (JacksonException unreadable) {
      throw new IllegalArgumentException(
          "is not JSON: " + unreadable.getOriginalMessage(), unreadable);
    }
    if (!tree.isObject()) {
      throw new IllegalArgumentException("is not one JSON object");
    }
    Map<String, Integer> values = new LinkedHashMap<>();
    keys().forEach((key, most) -> values.put(key, 0));
    tree.properties().forEach(entry -> values.put(entry.getKey(), number(entry)));
    return of(values);
  }

  private static Map<String, Integer> keys() {
    Map<String, Integer> keys = new LinkedHashMap<>();
    for (String key :
        """
        delay delay_ms drop_before drop_after server_error truncate throttle throttle_ms
        duplicate_frame reorder_frame cut_stream stale_book stale_book_ms
        """
            .strip()
            .split("\\s+")) {
      keys.put(key, key.endsWith("_ms") ? LONGEST_MS : MOST);
    }
    return keys;
  }

  private static int number(Map.Entry<String, JsonNode> entry) {
    Integer most = keys().get(entry.getKey());
    if (most == null) {
      throw new IllegalArgumentException(
          "\"%s\" is no fault: expected one of %s"
              .formatted(entry.getKey(), String.join(", ", keys().keySet())));
    }
    JsonNode value = entry.getValue();
    if (!value.isIntegralNumber() || value.longValue() < 0 || value.longValue() > most) {
      throw new IllegalArgumentException(
          "\"%s\" is %s: expected a whole number from 0 to %d"
              .formatted(entry.getKey(), value, most));
    }
    return value.intValue();
  }

  private static FaultProfile of(Map<String, Integer> values) {
    Integer[] all = values.values().toArray(Integer[]::new);
    int i = 0;
    return new FaultProfile(
        all[i++], all[i++], all[i++], all[i++], all[i++], all[i++], all[i++], all[i++], all[i++],
        all[i++], all[i++], all[i++], all[i]);
  }
}
