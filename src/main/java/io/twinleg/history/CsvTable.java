package io.twinleg.history;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.xxhash.XXHashFactory;

/**
 * A CSV file, gzipped where its name ends with {@code .gz} and packed by lz4 where it ends with
 * {@code .lz4}, read from its first row to its last. What cannot be read becomes a {@link
 * HistoryException} with file and line.
 *
 * @param columns that are read, in this order
 * @param isWhole whether these must be all that the file has, in this order; otherwise they are
 *     found by their names
 */
public record CsvTable(Path file, List<String> columns, boolean isWhole) {
  /** What is shown of a row that cannot be read. */
  private static final Instant FIRST = Instant.ofEpochMilli(1_000_000_000_000L);

  private static final Instant LAST = Instant.ofEpochMilli(9_999_999_999_999L);
  private static final int FOUND_MAX = 200;

  /** A number with such an exponent is written out in megabytes. */
  private static final Pattern ENDLESS = Pattern.compile("[0-9.][eE][+-]?[0-9]{3}");

  /** As LZ4FrameInputStream has it. */
  private static final String LZ4_SHORT = "Stream ended prematurely";

  private static final int FIELD_MAX = 64;
  private static final int BUFFER_BYTES = 1 << 16;

  public CsvTable {
    columns = List.copyOf(columns);
  }

  /** Takes the fields of a row, one for each column. */
  public interface RowReader {
    /**
     * @throws IllegalArgumentException where a field is not what it should be
     */
    void read(List<String> fields);
  }

  /** Where each column is, once the header has been read. */
  private static final class Layout {
    private final List<Integer> positions = new ArrayList<>();
    private int width;
    private long lastLine;
  }

  public void forEachRow(RowReader reader) {
    if (!Files.isRegularFile(file)) {
      throw new HistoryException(
          file + " does not exist; a recording needs it, with the columns " + names() + ".");
    }
    Layout layout = new Layout();
    try (InputStream text = open();
        CsvReader<CsvRecord> rows =
            CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(true)
                .ofCsvRecord(text)) {
      rows.forEach(row -> {
        read(row, layout, reader);
        layout.lastLine = row.getStartingLineNumber();
      });
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw new HistoryException(
          "%s, line %d: it cannot be read as a %sCSV file: %s."
              .formatted(file, layout.lastLine + 1, packing(), because(e)),
          e);
    }
  }

  /** With what lies behind it: only that says that a file ends too early. */
  private static String because(Exception e) {
    if (String.valueOf(e.getMessage()).startsWith("The maximum buffer size")) {
      return "a field that does not end";
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause instanceof IOException broken
        ? because(broken)
        : e.getMessage() + ": " + cause.getMessage();
  }

  /** The packings' libraries call one thing differently, or not at all. */
  static String because(IOException broken) {
    boolean isShort = broken instanceof EOFException || LZ4_SHORT.equals(broken.getMessage());
    return isShort ? "it is empty or ends too early" : String.valueOf(broken.getMessage());
  }

  /** How the file is packed, by its name; empty where it is not. */
  private String packing() {
    String name = file.toString();
    return name.endsWith(".gz") ? "gzipped " : name.endsWith(".lz4") ? "lz4 " : "";
  }

  private InputStream open() throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      return switch (packing()) {
        case "" -> bytes;
        case "lz4 " -> unpacked(bytes);
        default -> new GZIPInputStream(bytes, BUFFER_BYTES);
      };
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  /** By plain Java: no native library, and none of its memory access that the JVM warns of. */
  private static InputStream unpacked(InputStream bytes) throws IOException {
    return new LZ4FrameInputStream(
        bytes, LZ4Factory.safeInstance().safeDecompressor(), XXHashFactory.safeInstance().hash32());
  }

  private void read(CsvRecord row, Layout layout, RowReader reader) {
    if (layout.positions.isEmpty()) {
      readHeader(row, layout);
      return;
    }
    if (row.getFieldCount() != layout.width) {
      throw new HistoryException(at(row, "expected the columns " + names()));
    }
    if (row.getFields().stream().anyMatch(field -> ENDLESS.matcher(field).find())) {
      throw new HistoryException(at(row, "a number is malformed"));
    }
    for (int position : layout.positions) {
      if (row.getField(position).length() > FIELD_MAX) {
        throw new HistoryException(
            at(row, "a number or time has at most %d characters".formatted(FIELD_MAX)));
      }
    }
    try {
      reader.read(layout.positions.stream().map(row::getField).toList());
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new HistoryException(at(row, reason(e)), e);
    }
  }

  private void readHeader(CsvRecord row, Layout layout) {
    List<String> found = row.getFields();
    if (isWhole ? !found.equals(columns) : !found.containsAll(columns)) {
      throw new HistoryException(
          at(row, "expected " + (isWhole ? "the header " : "a header with ") + names()));
    }
    for (String column : columns) {
      if (found.indexOf(column) != found.lastIndexOf(column)) {
        throw new HistoryException(at(row, "the header has " + column + " twice"));
      }
      layout.positions.add(found.indexOf(column));
    }
    layout.width = found.size();
  }

  private String at(CsvRecord row, String trouble) {
    String whole = String.join(",", row.getFields()).replaceAll("\\p{Cntrl}", "?");
    String found = whole.length() > FOUND_MAX ? whole.substring(0, FOUND_MAX) + "…" : whole;
    return "%s, line %d: %s, found \"%s\"."
        .formatted(file, row.getStartingLineNumber(), trouble, found);
  }

  /** The message of a NumberFormatException holds nothing but the text itself. */
  private static String reason(RuntimeException e) {
    if (e instanceof ArithmeticException) {
      return "a price has at most 8 decimals, and 10 digits before them";
    }
    boolean meaningful = !(e instanceof NumberFormatException) && e.getMessage() != null;
    return meaningful ? String.valueOf(e.getMessage()) : "a number is malformed";
  }

  private String names() {
    return String.join(",", columns);
  }

  /**
   * Milliseconds of the epoch, or an ISO date and time with a blank or a T between them; of this
   * century and the next two, so that seconds and microseconds are not taken for milliseconds.
   */
  public static Instant instant(String field) {
    if (field.matches("-?[0-9]{1,18}")) {
      long stamp = Long.parseLong(field);
      requireMilliseconds(stamp);
      return Instant.ofEpochMilli(stamp);
    }
    Instant time;
    try {
      time = OffsetDateTime.parse(field.replace(' ', 'T')).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "a time is milliseconds since 1970, or as 2025-01-01T00:00:00Z", e);
    }
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException("a time is of the years 2002 to 2286");
    }
    return time;
  }

  /** What has 13 digits. */
  static void requireMilliseconds(long stamp) {
    if (stamp < FIRST.toEpochMilli() || stamp > LAST.toEpochMilli()) {
      throw new IllegalArgumentException(
          "a time is milliseconds since 1970, of 13 digits (seconds have 10)");
    }
  }
}
