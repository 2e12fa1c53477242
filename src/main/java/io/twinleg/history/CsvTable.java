package io.twinleg.history;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A gzipped CSV file with a known header, read from its first row to its last. What cannot be read
 * becomes a {@link HistoryException} with file and line.
 */
record CsvTable(Path file, List<String> header) {
  private static final int BUFFER_BYTES = 1 << 16;

  interface RowReader {
    void read(CsvRecord row);
  }

  void forEachRow(RowReader reader) {
    if (!Files.isRegularFile(file)) {
      throw new HistoryException(
          file + " does not exist; a recording needs it, with the columns " + columns() + ".");
    }
    try (InputStream packed = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        InputStream text = new GZIPInputStream(packed, BUFFER_BYTES);
        CsvReader<CsvRecord> rows =
            CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
      rows.forEach(row -> read(row, reader));
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw new HistoryException(
          file + " cannot be read as a gzipped CSV file (" + e.getMessage() + ").", e);
    }
  }

  private void read(CsvRecord row, RowReader reader) {
    if (row.getStartingLineNumber() == 1) {
      checkHeader(row);
      return;
    }
    if (row.getFieldCount() != header.size()) {
      throw new HistoryException(at(row, "expected the columns " + columns()));
    }
    try {
      reader.read(row);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new HistoryException(at(row, reason(e)), e);
    }
  }

  private void checkHeader(CsvRecord row) {
    if (!row.getFields().equals(header)) {
      throw new HistoryException(at(row, "expected the header " + columns()));
    }
  }

  private String at(CsvRecord row, String trouble) {
    String found = String.join(",", row.getFields());
    return "%s, line %d: %s, found \"%s\"."
        .formatted(file, row.getStartingLineNumber(), trouble, found);
  }

  /** The message of a NumberFormatException holds nothing but the text itself. */
  private static String reason(RuntimeException e) {
    boolean meaningful = !(e instanceof NumberFormatException) && e.getMessage() != null;
    return meaningful ? String.valueOf(e.getMessage()) : "a number is malformed";
  }

  private String columns() {
    return String.join(",", header);
  }
}
