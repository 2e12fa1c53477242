package io.twinleg.journal;

import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import java.time.Instant;
import java.time.temporal.ChronoField;
import tools.jackson.core.JsonParser;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Events and commands as rows. What a fact or a command does not hold itself stands before its own
 * fields, under names with an @ that no field can have: the venue's time where it differs, what a
 * time has beyond milliseconds, and a command's envelope.
 */
final class RowCodec {
  private static final String VENUE_MS = "@venue";
  private static final String VENUE_NANOS = "@venueNanos";
  private static final String RECEIVED_NANOS = "@nanos";
  private static final String ENVELOPE = "@envelope";

  private static final int NANOS_A_MS = 1_000_000;

  private RowCodec() {}

  static JournalRow row(SequencedEvent event) {
    Event fact = event.fact();
    return JournalRow.sealed(
        event.sequence(),
        event.receivedTime().toEpochMilli(),
        0,
        EventCodec.kind(fact),
        before(EventCodec.encode(fact), times(event)));
  }

  static JournalRow row(long cause, long tsMs, CommandRecord recorded) {
    return JournalRow.sealed(
        recorded.sequence(),
        tsMs,
        cause,
        EventCodec.kind(recorded.command()),
        before(EventCodec.encode(recorded.command()), envelope(recorded.envelope())));
  }

  private static String times(SequencedEvent event) {
    Instant received = event.receivedTime();
    Instant venue = event.venueTime();
    StringBuilder fields = new StringBuilder();
    if (!venue.equals(received)) {
      field(fields, VENUE_MS, venue.toEpochMilli());
      fieldUnlessZero(fields, VENUE_NANOS, nanosOfMs(venue));
    }
    fieldUnlessZero(fields, RECEIVED_NANOS, nanosOfMs(received));
    return fields.toString();
  }

  private static void fieldUnlessZero(StringBuilder fields, String name, long value) {
    if (value != 0) {
      field(fields, name, value);
    }
  }

  private static void field(StringBuilder fields, String name, long value) {
    fields.append('"').append(name).append("\":").append(value).append(',');
  }

  private static String envelope(String envelope) {
    if (envelope.isEmpty()) {
      return "";
    }
    StringBuilder field = new StringBuilder().append('"').append(ENVELOPE).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(envelope, field);
    return field.append("\",").toString();
  }

  /** {@code fields} ends with a comma, or is empty. */
  private static String before(String object, String fields) {
    if (fields.isEmpty()) {
      return object;
    }
    return object.equals(EventCodec.NO_FIELDS)
        ? "{" + fields.substring(0, fields.length() - 1) + "}"
        : "{" + fields + object.substring(1);
  }

  static SequencedEvent event(JournalRow row) {
    try (JsonParser json = EventCodec.parser(row.data())) {
      long venueMs = row.tsMs();
      long venueNanos = 0;
      long nanos = 0;
      boolean sameTime = true;
      json.nextToken();
      for (String name = json.nextName(); isOurs(name); name = json.nextName()) {
        long value = json.nextLongValue(0);
        switch (name) {
          case VENUE_MS -> {
            venueMs = value;
            sameTime = false;
          }
          case VENUE_NANOS -> venueNanos = value;
          case RECEIVED_NANOS -> nanos = value;
          default -> throw new IllegalArgumentException("no such field: " + name);
        }
      }
      Instant received = instant(row.tsMs(), nanos);
      Instant venue = sameTime ? received : instant(venueMs, venueNanos);
      return new SequencedEvent(row.sequence(), venue, received, EventCodec.fact(row.kind(), json));
    }
  }

  static CommandRecord recorded(JournalRow row) {
    try (JsonParser json = EventCodec.parser(row.data())) {
      json.nextToken();
      String envelope = "";
      if (ENVELOPE.equals(json.nextName())) {
        envelope = json.nextStringValue();
        json.nextName();
      }
      return new CommandRecord(row.sequence(), EventCodec.command(row.kind(), json), envelope);
    }
  }

  /** The parser gives no name at the end of the object. */
  private static boolean isOurs(String name) {
    return name != null && name.startsWith("@");
  }

  private static long nanosOfMs(Instant time) {
    return time.get(ChronoField.NANO_OF_SECOND) % NANOS_A_MS;
  }

  private static Instant instant(long ms, long nanos) {
    return Instant.ofEpochMilli(ms).plusNanos(nanos);
  }
}
