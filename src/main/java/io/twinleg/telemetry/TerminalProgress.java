package io.twinleg.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How far something is and how long it still lasts: a line that is written over, once it has lasted
 * two seconds, and only where standard error is a terminal. Thread-safe.
 */
public final class TerminalProgress {
  private static final long SECOND = 1_000_000_000L;
  private static final long QUIET = 2 * SECOND;
  private static final long EVERY = SECOND / 2;
  private static final int PERCENT = 100;
  private static final int MINUTE_S = 60;

  private final String what;
  private final boolean isWatched = isTerminal();
  private final long begin = System.nanoTime();
  private long next = begin + QUIET;
  private int shown;
  private int rounds = 1;
  private int finished;

  /**
   * @param what such as "replayed"
   */
  public TerminalProgress(String what) {
    this.what = what;
  }

  /** Where the system does not know it, as standard output is. */
  private static boolean isTerminal() {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException unknown) {
      return System.getProperty("twinleg.columns") != null; // as the launcher found it
    }
  }

  /** So many rounds of about the same length follow; without it there is one. */
  public synchronized TerminalProgress ofRounds(int number) {
    rounds = number;
    return this;
  }

  /** The next one begins. */
  public synchronized void roundEnded() {
    finished++;
    show(0, 1);
  }

  /** Whether there is someone to show it to. */
  public boolean isWatched() {
    return isWatched;
  }

  /** How far this round is. */
  public synchronized void show(long done, long all) {
    long now = System.nanoTime();
    if (isWatched && now - next >= 0) {
      next = now + EVERY;
      String line = line(what, finished * all + done, rounds * all, now - begin);
      // A shorter line leaves nothing of the one before.
      System.err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
      System.err.flush();
      shown = line.length();
    }
  }

  /** In whole percent, and with what is left at the pace so far. */
  static String line(String what, long done, long all, long nanoseconds) {
    long percent = all <= 0 ? 0 : Math.min(PERCENT, done * PERCENT / all);
    String line = what + " " + percent + " %";
    if (done <= 0 || done >= all) {
      return line;
    }
    double left = (double) nanoseconds / done * (all - done) / SECOND;
    return line + ", about " + length((long) Math.ceil(left)) + " left";
  }

  private static String length(long seconds) {
    return seconds < 2 * MINUTE_S ? seconds + " s" : (seconds + MINUTE_S / 2) / MINUTE_S + " min";
  }

  public synchronized void end() {
    if (shown > 0) {
      System.err.println();
    }
  }
}
