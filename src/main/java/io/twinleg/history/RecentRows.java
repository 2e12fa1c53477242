package io.twinleg.history;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The newest rows of one recording, without reading the older ones: many markets are looked at in
 * the time that one takes to be read whole. Rows that are read are checked as strictly as there.
 */
public final class RecentRows {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  private static final int STAMP_DIGITS = 13;

  /** Its stamp, a comma and a digit. */
  private static final int LEAST_ROW = STAMP_DIGITS + 2;

  /** A row is 20 bytes and more; its stamp alone has 13. */
  private static final int LEAST_PACKED = 18;

  /** No packed byte is more than so many. */
  private static final int MOST_PACKED = 1032;

  /** What a double holds exactly, and the power of ten that it still does. */
  private static final long EXACT = 1L << 53;

  private static final double[] POWERS = powers();

  private static final ThreadLocal<Unpacked> SCRATCH = ThreadLocal.withInitial(Unpacked::new);

  private final Path file;
  private final HistoryFiles.Kind kind;
  private final byte[] text;
  private final int rowsOfFile;
  private final long[] hours;

  /** Where each field begins, of all rows after one another; a field ends before the next. */
  private final int[] fields;

  private RecentRows(
      Path file, HistoryFiles.Kind kind, byte[] text, int rowsOfFile, long[] hours, int[] fields) {
    this.file = file;
    this.kind = kind;
    this.text = text;
    this.rowsOfFile = rowsOfFile;
    this.hours = hours;
    this.fields = fields;
  }

  /**
   * @param most rows, the newest
   */
  public static RecentRows read(Path file, HistoryFiles.Kind kind, int most) {
    Unpacked whole = SCRATCH.get();
    whole.read(file);
    byte[] text = whole.bytes;
    String header = String.join(",", kind.columns());
    int first = indexAfterLine(text, 0, whole.size);
    if (!new String(text, 0, first, StandardCharsets.UTF_8).strip().equals(header)) {
      throw new HistoryException(file + ", line 1: expected the header " + header + ".");
    }
    int rowsOfFile = rowsFrom(text, first, whole.size);
    int start = startOfNewest(text, first, whole.size, most);
    int rows = Math.min(rowsOfFile, most);
    if (rows == 0) {
      throw new HistoryException(file + " holds no row.");
    }
    int columns = kind.columns().size();
    byte[] newest = Arrays.copyOfRange(text, start, whole.size);
    RecentRows read =
        new RecentRows(file, kind, newest, rowsOfFile, new long[rows], new int[rows * columns + 1]);
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int next = indexAfterLine(newest, at, newest.length);
      read.row(row, at, next);
      at = next;
    }
    boolean isEnded = newest[newest.length - 1] == '\n';
    read.fields[rows * columns] = isEnded ? at : at + 1;
    return read;
  }

  private void row(int row, int from, int next) {
    int columns = kind.columns().size();
    int column = 0;
    fields[row * columns] = from;
    for (int at = from; at < next; at++) {
      if (text[at] == ',') {
        column++;
        if (column < columns) {
          fields[row * columns + column] = at + 1;
        }
      }
    }
    try {
      if (column != columns - 1) {
        throw new IllegalArgumentException("a row of another width");
      }
      // only its first field is read here, and that ends where the second begins
      long stamp = stamp(text, from, fields[row * columns + 1] - 1);
      CsvTable.requireMilliseconds(stamp);
      hours[row] = Math.floorDiv(stamp, HOUR_MS);
      if (row > 0 && hours[row] <= hours[row - 1]) {
        throw new IllegalArgumentException("a row out of order");
      }
    } catch (IllegalArgumentException e) {
      throw new HistoryException(
          "%s, line %d: expected %s after the hour before, found \"%s\"."
              .formatted(
                  file,
                  line(row),
                  String.join(",", kind.columns()),
                  new String(text, from, next - from, StandardCharsets.UTF_8).strip()),
          e);
    }
  }

  private static long stamp(byte[] text, int from, int end) {
    long stamp = 0;
    for (int at = from; at < end; at++) {
      int digit = text[at] - '0';
      if (digit < 0 || digit > 9 || at - from == STAMP_DIGITS) {
        return Long.parseLong(new String(text, from, end - from, StandardCharsets.UTF_8));
      }
      stamp = stamp * 10 + digit;
    }
    return stamp;
  }

  /** Of a file whose older rows are rows. */
  private int line(int row) {
    return rowsOfFile - hours.length + row + 2;
  }

  /** The text of one file after another: to unpack each into an array of its own costs more. */
  private static final class Unpacked {
    private byte[] bytes = new byte[BUFFER_BYTES];
    private int size;

    void read(Path file) {
      size = 0;
      try {
        byte[] packed = Files.readAllBytes(file);
        reserve(size(packed));
        try (InputStream text =
            new GZIPInputStream(new ByteArrayInputStream(packed), BUFFER_BYTES)) {
          int more = text.read(bytes, 0, bytes.length);
          while (more >= 0) {
            size += more;
            reserve(size + 1);
            more = text.read(bytes, size, bytes.length - size);
          }
        }
      } catch (IOException e) {
        throw new HistoryException(
            file + " cannot be read as a gzipped CSV file: " + CsvTable.because(e) + ".", e);
      }
    }

    private void reserve(int capacity) {
      if (bytes.length <= capacity) {
        bytes = Arrays.copyOf(bytes, capacity + capacity / 2 + 1);
      }
    }
  }

  /** As the end of a gzipped file states it, where that can be. */
  private static int size(byte[] packed) {
    if (packed.length < LEAST_PACKED) {
      return BUFFER_BYTES;
    }
    int stated = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).getInt(packed.length - 4);
    boolean canBe = stated >= 0 && stated <= (long) packed.length * MOST_PACKED;
    return canBe ? stated : BUFFER_BYTES;
  }

  /**
   * The last one may have no end. No row is shorter than its stamp and one digit more, so that many
   * bytes are passed over unread: to look at all of them takes half as long as to unpack them.
   */
  private static int rowsFrom(byte[] text, int from, int size) {
    int rows = 0;
    int at = from;
    while (at < size) {
      rows++;
      at = indexAfterLine(text, at + LEAST_ROW, size);
    }
    return rows;
  }

  /** Goes back from the end over so many lines, and not before the first row. */
  private static int startOfNewest(byte[] text, int first, int size, int most) {
    int at = size - 1;
    for (int found = 0; at > first; at--) {
      if (text[at - 1] == '\n') {
        found++;
        if (found == most) {
          return at;
        }
      }
    }
    return Math.min(first, size);
  }

  private static int indexAfterLine(byte[] text, int from, int size) {
    int at = from;
    while (at < size && text[at] != '\n') {
      at++;
    }
    return Math.min(size, at + 1);
  }

  // ---- what was read

  /** How many rows were read. */
  public int rows() {
    return hours.length;
  }

  /** All that the file has. */
  public int rowsOfFile() {
    return rowsOfFile;
  }

  /** Since the epoch; rows are the oldest first. */
  public long hour(int row) {
    return hours[row];
  }

  public long last() {
    return hours[hours.length - 1];
  }

  private String text(int row, int column) {
    int field = row * kind.columns().size() + column + 1;
    int from = fields[field];
    return new String(text, from, fields[field + 1] - 1 - from, StandardCharsets.UTF_8).strip();
  }

  /**
   * As numbers.
   *
   * @param column counted without the time
   * @throws HistoryException where one is none
   */
  public double[] column(int column) {
    double[] values = new double[hours.length];
    for (int row = 0; row < values.length; row++) {
      values[row] = number(row, column);
    }
    return values;
  }

  private double number(int row, int column) {
    int field = row * kind.columns().size() + column + 1;
    int from = fields[field];
    int end = fields[field + 1] - 1;
    boolean isNegative = from < end && text[from] == '-';
    long digits = 0;
    int decimals = -1;
    for (int at = isNegative ? from + 1 : from; at < end; at++) {
      int digit = text[at] - '0';
      if (digit >= 0 && digit <= 9 && digits < EXACT / 16) {
        digits = digits * 10 + digit;
        decimals += decimals < 0 ? 0 : 1;
      } else if (text[at] == '.' && decimals < 0) {
        decimals = 0;
      } else {
        return parsed(row, column);
      }
    }
    if (decimals >= POWERS.length || end - from < 2) {
      return parsed(row, column);
    }
    double value = decimals < 0 ? digits : digits / POWERS[decimals];
    return isNegative ? -value : value;
  }

  /** For what is not written the plain way, and for what is no number. */
  private double parsed(int row, int column) {
    String field = text(row, column);
    try {
      double value = Double.parseDouble(field);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw malformed(row, field);
    }
    throw malformed(row, field);
  }

  private HistoryException malformed(int row, String field) {
    return new HistoryException(
        "%s, line %d: a number is malformed, found \"%s\".".formatted(file, line(row), field));
  }

  private static double[] powers() {
    double[] powers = new double[23];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
