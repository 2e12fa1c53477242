package io.twinleg.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * What the program knew after one row of the journal. The bytes mean nothing to the journal, and
 * are not changed by anyone.
 */
public final class Snapshot {
  private static final byte[] NONE = {};

  private final long sequence;
  private final Instant time;
  private final int version;
  private final String config;
  private final byte[] state;
  private final byte[] report;
  private final byte[] simulator;
  private final long crc;

  /**
   * As it was stored.
   *
   * @param crc that {@link #isIntact} compares
   */
  public Snapshot(
      long sequence,
      Instant time,
      int version,
      String config,
      byte[] state,
      byte[] report,
      byte[] simulator,
      long crc) {
    this.sequence = sequence;
    this.time = time;
    this.version = version;
    this.config = config;
    this.state = state.clone();
    this.report = report.clone();
    this.simulator = simulator.clone();
    this.crc = crc;
  }

  /** Of the core alone, with the checksum that belongs to it. */
  public static Snapshot sealed(
      long sequence, Instant time, int version, String config, byte[] state, byte[] report) {
    return sealed(sequence, time, version, config, state, report, NONE);
  }

  /** With the checksum that belongs to it. */
  public static Snapshot sealed(
      long sequence,
      Instant time,
      int version,
      String config,
      byte[] state,
      byte[] report,
      byte[] simulator) {
    Instant millis = Instant.ofEpochMilli(time.toEpochMilli());
    Snapshot open = new Snapshot(sequence, millis, version, config, state, report, simulator, 0);
    return new Snapshot(
        sequence, millis, version, config, state, report, simulator, open.computed());
  }

  /** Of the last row that it has in it. */
  public long sequence() {
    return sequence;
  }

  /** When the last event in it was received; to the millisecond. */
  public Instant time() {
    return time;
  }

  /** Of the format of its bytes. */
  public int version() {
    return version;
  }

  /** The configuration of that run, as its first event carries it. */
  public String config() {
    return config;
  }

  /** Of the engine. */
  public byte[] state() {
    return state.clone();
  }

  /** The figures of a report up to there; empty where none are kept. */
  public byte[] report() {
    return report.clone();
  }

  /** What a dry run's own exchange held; empty where a real venue holds it. */
  public byte[] simulator() {
    return simulator.clone();
  }

  /** Over everything else. */
  public long crc() {
    return crc;
  }

  public boolean isIntact() {
    return crc == computed();
  }

  private long computed() {
    byte[] text = config.getBytes(StandardCharsets.UTF_8);
    CRC32C sum = new CRC32C();
    sum.update(
        ByteBuffer.allocate(2 * Long.BYTES + 3 * Integer.BYTES)
            .putLong(sequence)
            .putLong(time.toEpochMilli())
            .putInt(version)
            .putInt(text.length)
            .putInt(state.length)
            .array());
    sum.update(text);
    sum.update(state);
    sum.update(report);
    if (simulator.length > 0) {
      sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(simulator.length).array());
      sum.update(simulator);
    }
    return sum.getValue();
  }
}
