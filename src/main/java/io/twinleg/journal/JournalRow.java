package io.twinleg.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * One row of the table {@code journal}.
 *
 * @param tsMs when the event was received; a command carries its cause's
 * @param cause the sequence of the event that caused a command; 0 for an event (NULL in the table)
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
        ByteBuffer.allocate(3 * Long.BYTES).putLong(sequence).putLong(tsMs).putLong(cause).array());
    crc.update(kind.getBytes(StandardCharsets.UTF_8));
    crc.update(0);
    crc.update(data.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
