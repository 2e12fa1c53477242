package io.twinleg.journal;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of the table {@code events}: what people read about the run.
 *
 * @param data in the order it was written; a whole number is a Long, any other a BigDecimal
 */
public record StateEntry(long id, Instant ts, String kind, Map<String, Object> data) {
  public StateEntry {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }
}
