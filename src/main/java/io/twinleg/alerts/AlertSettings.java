package io.twinleg.alerts;

import io.twinleg.alerts.Alert.AlertLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * What is sent, and when.
 *
 * @param source the run in the owner's words, which every message begins with
 * @param least below this nothing is sent
 * @param cooldown how long after an alert another of its kind and market is left out
 * @param quiet in which all but what is critical waits for the morning
 * @param dailySummary whether each day has a message of what it earned
 */
public record AlertSettings(
    String source, AlertLevel least, Duration cooldown, QuietHours quiet, boolean dailySummary) {

  /**
   * Hours of the night in the owner's time zone.
   *
   * @param from the same as {@code to} where there are none; then the morning is at {@code to}
   */
  public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {
    private static final LocalTime MORNING = LocalTime.of(8, 0);

    /** No quiet hours; the morning is at 08:00. */
    public static QuietHours none(ZoneId zone) {
      return new QuietHours(MORNING, MORNING, zone);
    }

    boolean contains(Instant instant) {
      LocalTime time = instant.atZone(zone).toLocalTime();
      return from.isBefore(to)
          ? !time.isBefore(from) && time.isBefore(to)
          : !from.equals(to) && (!time.isBefore(from) || time.isBefore(to));
    }

    /** The first end of the night after this instant. */
    Instant morningAfter(Instant instant) {
      ZonedDateTime at = instant.atZone(zone);
      ZonedDateTime today = at.with(to);
      return (today.isAfter(at) ? today : at.plusDays(1).with(to)).toInstant();
    }
  }
}
