package io.twinleg.journal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as people read them in the tables: always UTC, always three decimals, so that they sort.
 */
final class IsoTime {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private IsoTime() {}

  static String write(Instant time) {
    return MILLIS.format(time);
  }

  static Instant read(String text) {
    return Instant.parse(text);
  }
}
