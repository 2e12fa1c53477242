package io.twinleg.history;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The newest rows of one recording, without reading the older ones: many markets are looked at in
 * the time that one takes to be read whole. Rows that are read are checked as strictly as there.
 *
 * @param hours since the epoch, oldest first
 * @param fields of each row but its time, as they are written
 * @param rowsOfFile all that the file has
 */
public record RecentRows(Path file, List<Long> hours, List<List<String>> fields, int rowsOfFile) {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  public RecentRows {
    hours = List.copyOf(hours);
    fields = List.copyOf(fields);
  }

  /**
   * @param most rows, the newest
   */
  public static RecentRows read(Path file, HistoryFiles.Kind kind, int most) {
    byte[] text = unpacked(file);
    String header = String.join(",", kind.columns());
    int first = indexAfterLine(text, 0);
    if (!new String(text, 0, first, StandardCharsets.UTF_8).strip().equals(header)) {
      throw new HistoryException(file + ", line 1: expected the header " + header + ".");
    }
    int lines = lines(text);
    int start = startOfNewest(text, first, most);
    List<Long> hours = new ArrayList<>();
    List<List<String>> fields = new ArrayList<>();
    int number = lines - linesFrom(text, start) + 1;
    for (int at = start; at < text.length; number++) {
      int next = indexAfterLine(text, at);
      String line = new String(text, at, next - at, StandardCharsets.UTF_8).strip();
      at = next;
      List<String> parts = parts(line);
      try {
        long hour = Math.floorDiv(Long.parseLong(parts.getFirst()), HOUR_MS);
        if (parts.size() != kind.columns().size()
            || (!hours.isEmpty() && hour <= hours.getLast())) {
          throw new IllegalArgumentException("a row out of order or of another width");
        }
        hours.add(hour);
        fields.add(parts.subList(1, parts.size()));
      } catch (IllegalArgumentException e) {
        throw new HistoryException(
            "%s, line %d: expected %s after the hour before, found \"%s\"."
                .formatted(file, number, header, line),
            e);
      }
    }
    if (hours.isEmpty()) {
      throw new HistoryException(file + " holds no row.");
    }
    return new RecentRows(file, hours, fields, lines - 1);
  }

  private static byte[] unpacked(Path file) {
    try (InputStream bytes =
        new GZIPInputStream(
            new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES), BUFFER_BYTES)) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new HistoryException(
          file + " cannot be read as a gzipped CSV file (" + e.getMessage() + ").", e);
    }
  }

  private static int lines(byte[] text) {
    return linesFrom(text, 0);
  }

  private static int linesFrom(byte[] text, int from) {
    int lines = 0;
    for (int at = from; at < text.length; at++) {
      lines += text[at] == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** Goes back from the end over so many lines, and not before the first row. */
  private static int startOfNewest(byte[] text, int first, int most) {
    int at = text.length - 1;
    for (int found = 0; at > first; at--) {
      if (text[at - 1] == '\n') {
        found++;
        if (found == most) {
          return at;
        }
      }
    }
    return Math.min(first, text.length);
  }

  private static List<String> parts(String line) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', from)) {
      parts.add(line.substring(from, comma));
      from = comma + 1;
    }
    parts.add(line.substring(from));
    return parts;
  }

  private static int indexAfterLine(byte[] text, int from) {
    int at = from;
    while (at < text.length && text[at] != '\n') {
      at++;
    }
    return Math.min(text.length, at + 1);
  }

  public long last() {
    return hours.getLast();
  }

  /**
   * As numbers.
   *
   * @param column counted without the time
   * @throws HistoryException where one is none
   */
  public double[] column(int column) {
    double[] values = new double[fields.size()];
    for (int i = 0; i < values.length; i++) {
      String text = fields.get(i).get(column);
      try {
        values[i] = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        values[i] = Double.NaN;
      }
      if (!Double.isFinite(values[i])) {
        throw new HistoryException(
            "%s, line %d: a number is malformed, found \"%s\"."
                .formatted(file, rowsOfFile - values.length + i + 2, text));
      }
    }
    return values;
  }
}
