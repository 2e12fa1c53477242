package io.twinleg.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * What the program knew after one row of the journal. The bytes mean nothing to the journal.
 *
 * @param sequence of the last row that it has in it
 * @param time when the last event in it was received; to the millisecond
 * @param version of the format of its bytes
 * @param config the configuration of that run, as its first event carries it
 * @param state of the engine
 * @param report the figures of a report up to there; empty where none are kept
 * @param crc over everything else
 */
public record Snapshot(
    long sequence, Instant time, int version, String config, byte[] state, byte[] report, long crc) {
  /** With the checksum that belongs to it. */
  public static Snapshot sealed(
      long sequence, Instant time, int version, String config, byte[] state, byte[] report) {
    Instant millis = Instant.ofEpochMilli(time.toEpochMilli());
    return new Snapshot(
        sequence,
        millis,
        version,
        config,
        state,
        report,
        crc(sequence, millis, version, config, state, report));
  }

  public boolean isIntact() {
    return crc == crc(sequence, time, version, config, state, report);
  }

  private static long crc(
      long sequence, Instant time, int version, String config, byte[] state, byte[] report) {
    byte[] text = config.getBytes(StandardCharsets.UTF_8);
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(2 * Long.BYTES + 3 * Integer.BYTES)
            .putLong(sequence)
            .putLong(time.toEpochMilli())
            .putInt(version)
            .putInt(text.length)
            .putInt(state.length)
            .array());
    crc.update(text);
    crc.update(state);
    crc.update(report);
    return crc.getValue();
  }
}
