package io.twinleg.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file named KILL beside the journal, holding a level: the switch that works with no program at
 * hand. Its level is told once each time it changes; what it latched is taken back by {@code
 * resume}, after the file is gone.
 */
public final class KillFile {
  private static final String STRONGEST = "3";

  private final Optional<Path> file;
  private Optional<String> told = Optional.empty();

  public KillFile(Optional<Path> file) {
    this.file = file;
  }

  /** The level, when it is another than the last one told. What cannot be read is the strongest. */
  Optional<String> level() {
    Optional<String> level = file.filter(Files::exists).map(KillFile::read);
    boolean news = level.isPresent() && !level.equals(told);
    told = level;
    return news ? level : Optional.empty();
  }

  private static String read(Path path) {
    try {
      String text = Files.readString(path).strip();
      return text.matches("[123]") ? text : STRONGEST;
    } catch (IOException unreadable) {
      // somebody wants it to stop and we cannot read how: stop as hard as we can
      return STRONGEST;
    }
  }
}
