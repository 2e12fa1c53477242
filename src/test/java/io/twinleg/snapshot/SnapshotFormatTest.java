package io.twinleg.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.Engine;
import io.twinleg.research.ReportBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What a snapshot of this version holds, class by class. Where a line changes, raise {@link
 * StateCodec#VERSION} and copy {@code target/snapshot-format.txt} over the pinned one: journals of
 * the version before then start from what they recorded.
 */
class SnapshotFormatTest {
  private static final Path PINNED = Path.of("src/test/resources/journal/snapshot-format.txt");
  private static final Path FOUND = Path.of("target/snapshot-format.txt");

  @Test
  void theFormatIsThatOfItsVersion() throws IOException {
    Set<String> classes = new TreeSet<>(StateCodec.format(Engine.class));
    classes.addAll(StateCodec.format(ReportBuilder.class));
    List<String> found = new ArrayList<>();
    found.add("version " + StateCodec.VERSION);
    found.addAll(classes);
    Files.write(FOUND, found);
    assertThat(found).as("%s against %s", FOUND, PINNED).isEqualTo(Files.readAllLines(PINNED));
  }
}
