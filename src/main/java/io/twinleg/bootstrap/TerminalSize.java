package io.twinleg.bootstrap;

import io.twinleg.telemetry.ConsoleView;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The size of the terminal on standard output. The launcher, which knows whether there is one,
 * gives the first width; what it is later is read from the terminal each time it reports a change.
 * Thread-safe.
 */
public final class TerminalSize implements ConsoleView.Screen {
  private static final TerminalSize THIS_ONE = new TerminalSize();
  private static final int USUAL_ROWS = 24;
  private static final int LEAST_COLUMNS = 20;
  private static final int LEAST_ROWS = 4;

  private volatile int columns = 80;
  private volatile int rows = USUAL_ROWS;

  private TerminalSize() {}

  /** Empty where standard output is no terminal. */
  public static Optional<TerminalSize> find() {
    Optional<String> given =
        Optional.ofNullable(System.getProperty("twinleg.columns"))
            .filter(text -> text.matches("[1-9][0-9]{1,3}"));
    given.ifPresent(text -> THIS_ONE.columns = Integer.parseInt(text));
    given.ifPresent(text -> refresh());
    return given.map(text -> THIS_ONE);
  }

  /** Whether this terminal is to show colours (no-color.org). */
  static boolean isColoured() {
    return Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty();
  }

  /** Reads the size again; where it cannot be read it stays as it was. */
  public static void refresh() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      String text = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String[] size = text.strip().split(" ", -1);
      if (size.length == 2
          && size[0].matches("[1-9][0-9]{0,3}")
          && size[1].matches("[1-9][0-9]{0,3}")) {
        THIS_ONE.rows = Math.max(LEAST_ROWS, Integer.parseInt(size[0]));
        THIS_ONE.columns = Math.max(LEAST_COLUMNS, Integer.parseInt(size[1]));
      }
    } catch (IOException noTerminal) {
      THIS_ONE.rows = USUAL_ROWS;
    }
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int rows() {
    return rows;
  }
}
