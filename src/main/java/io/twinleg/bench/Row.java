package io.twinleg.bench;

import java.util.Map;

/**
 * One figure, or a few that are measured together.
 *
 * @param about in a line, for people
 * @param isLong its measurement takes minutes: only where it is named
 */
record Row(String name, String about, boolean isLong, Measurement measurement) {
  /** Gives the row's fields. */
  interface Measurement {
    Map<String, Object> take(int rounds) throws Exception;
  }
}
