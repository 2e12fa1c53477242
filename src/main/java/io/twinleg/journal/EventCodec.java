package io.twinleg.journal;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.journal.JournalEntry.CommandRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events and commands as rows of the journal, and back. Exact both ways: what is decoded equals
 * what was encoded.
 *
 * <p>An event or command is a JSON object under its kind, with the names of {@link JournalNames}.
 * To change one of them, or to add a component, is a new schema version. A field that is missing or
 * unknown is an error, never a default. What the object does not hold itself stands before its own
 * fields, under names with an @ that no component can have: the venue where it is not the run's
 * first, the venue's time where it differs, what a time has beyond milliseconds, and a command's
 * envelope. Market data are shorter: {@link MarketDataText}.
 */
final class EventCodec {
  private static final JsonMapper JSON = mapper(JournalNames.renamed());

  private static final Map<String, ObjectReader> EVENTS = readers(JournalNames.EVENTS);
  private static final Map<String, ObjectReader> COMMANDS = readers(JournalNames.COMMANDS);

  /** Of the table events, for people: here a number is a number, exact and without an exponent. */
  private static final JsonMapper LOG_JSON =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(
              DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
              DeserializationFeature.USE_LONG_FOR_INTS)
          .build();

  private static final TypeReference<Map<String, Object>> LOG_FIELDS = new TypeReference<>() {};

  private static final String NO_FIELDS = "{}";
  private static final String AT = "@at";
  private static final String VENUE_MS = "@venue";
  private static final String VENUE_NANOS = "@venueNanos";
  private static final String RECEIVED_NANOS = "@nanos";
  private static final String ENVELOPE = "@envelope";

  private static final int NANOS_PER_MS = 1_000_000;

  private EventCodec() {}

  /**
   * One row of the table {@code journal}.
   *
   * @param tsMs when the event was received; a command carries its cause's
   * @param cause the sequence of the event that caused a command; 0 for an event (NULL in the
   *     table)
   * @param crc CRC-32C over everything else
   */
  record JournalRow(long sequence, long tsMs, long cause, String kind, String data, long crc) {

    static JournalRow sealed(long sequence, long tsMs, long cause, String kind, String data) {
      return new JournalRow(
          sequence, tsMs, cause, kind, data, crc(sequence, tsMs, cause, kind, data));
    }

    boolean isEvent() {
      return cause == 0;
    }

    boolean isIntact() {
      return crc == crc(sequence, tsMs, cause, kind, data);
    }

    /** The zero byte keeps a letter from moving between kind and data unnoticed. */
    private static long crc(long sequence, long tsMs, long cause, String kind, String data) {
      CRC32C crc = new CRC32C();
      crc.update(
          ByteBuffer.allocate(3 * Long.BYTES)
              .putLong(sequence)
              .putLong(tsMs)
              .putLong(cause)
              .array());
      crc.update(kind.getBytes(StandardCharsets.UTF_8));
      crc.update(0);
      crc.update(data.getBytes(StandardCharsets.UTF_8));
      return crc.getValue();
    }
  }

  static JsonMapper mapper(JournalNames names) {
    return JsonMapper.builder()
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .propertyNamingStrategy(names.ofFields())
        .annotationIntrospector(names.ofConstants())
        .addModule(new ModelModule())
        .build();
  }

  private static Map<String, ObjectReader> readers(Map<Class<?>, String> kinds) {
    Map<String, ObjectReader> readers = new LinkedHashMap<>();
    kinds.forEach((type, kind) -> readers.put(kind, JSON.readerFor(type)));
    return readers;
  }

  static String kind(Event event) {
    return Objects.requireNonNull(JournalNames.EVENTS.get(event.getClass()));
  }

  static String kind(Command command) {
    return Objects.requireNonNull(JournalNames.COMMANDS.get(command.inner().getClass()));
  }

  static String encodeFields(Map<String, Object> fields) {
    return LOG_JSON.writeValueAsString(fields);
  }

  /** Whole numbers are Longs, others BigDecimals. */
  static Map<String, Object> decodeFields(String text) {
    return LOG_JSON.readValue(text, LOG_FIELDS);
  }

  static JournalRow encode(SequencedEvent event) {
    return JournalRow.sealed(
        event.sequence(),
        event.receivedTime().toEpochMilli(),
        0,
        kind(event.fact()),
        MarketDataText.encode(event)
            .orElseGet(() ->
                prefixed(JSON.writeValueAsString(event.fact()), at(event.venue()) + times(event))));
  }

  static JournalRow encode(long cause, long tsMs, CommandRecord command) {
    return JournalRow.sealed(
        command.sequence(),
        tsMs,
        cause,
        kind(command.command()),
        prefixed(
            JSON.writeValueAsString(command.command().inner()),
            (command.command() instanceof Command.AtVenue there ? at(there.venue()) : "")
                + envelope(command.envelope())));
  }

  private static String at(VenueId venue) {
    return venue.isFirst() ? "" : text(AT, venue.name());
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
    return text(ENVELOPE, envelope);
  }

  private static String text(String name, String value) {
    StringBuilder field = new StringBuilder().append('"').append(name).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(value, field);
    return field.append("\",").toString();
  }

  /** The prefix ends with a comma, or is empty. */
  private static String prefixed(String object, String prefix) {
    if (prefix.isEmpty()) {
      return object;
    }
    return object.equals(NO_FIELDS)
        ? "{" + prefix.substring(0, prefix.length() - 1) + "}"
        : "{" + prefix + object.substring(1);
  }

  static SequencedEvent decodeEvent(JournalRow row) {
    if (MarketDataText.isOne(row.data())) {
      return MarketDataText.decode(row);
    }
    try (JsonParser json = JSON.createParser(row.data())) {
      long venueMs = row.tsMs();
      long venueNanos = 0;
      long nanos = 0;
      boolean sameTime = true;
      json.nextToken();
      String first = json.nextName();
      VenueId at = at(first, json);
      for (String name = at.isFirst() ? first : json.nextName();
          isPrefix(name);
          name = json.nextName()) {
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
      return new SequencedEvent(
          row.sequence(), venue, received, (Event) decode(EVENTS, row.kind(), json), at);
    }
  }

  static CommandRecord decodeCommand(JournalRow row) {
    try (JsonParser json = JSON.createParser(row.data())) {
      json.nextToken();
      String envelope = "";
      String first = json.nextName();
      VenueId at = at(first, json);
      if (ENVELOPE.equals(at.isFirst() ? first : json.nextName())) {
        envelope = json.nextStringValue();
        json.nextName();
      }
      Command command = (Command) decode(COMMANDS, row.kind(), json);
      return new CommandRecord(row.sequence(), at.isFirst() ? command : command.at(at), envelope);
    }
  }

  /** A row that names no venue is of the run's first. */
  private static VenueId at(@Nullable String name, JsonParser json) {
    return AT.equals(name) ? new VenueId(json.nextStringValue()) : VenueId.FIRST;
  }

  /** The name is null at the end of the object. */
  private static boolean isPrefix(@Nullable String name) {
    return name != null && name.startsWith("@");
  }

  private static long nanosOfMs(Instant time) {
    return time.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MS;
  }

  private static Instant instant(long ms, long nanos) {
    return Instant.ofEpochMilli(ms).plusNanos(nanos);
  }

  /**
   * The parser stands at the start of the object or at the first name behind the prefix. At the end
   * of the object Jackson would find nothing to read, where a record without fields stands.
   */
  private static Object decode(Map<String, ObjectReader> readers, String kind, JsonParser json) {
    ObjectReader reader = readers.get(kind);
    if (reader == null) {
      throw new IllegalArgumentException("no such kind: " + kind);
    }
    return json.hasToken(JsonToken.END_OBJECT)
        ? reader.readValue(NO_FIELDS)
        : reader.readValue(json);
  }
}
