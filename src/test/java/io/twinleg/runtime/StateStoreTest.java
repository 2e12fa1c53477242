package io.twinleg.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The kinds of the table {@code events}, which queries of earlier journals name. */
class StateStoreTest {
  private static final Path CORE = Path.of("src/main/java/io/twinleg/core");

  @Test
  void theKindsOfTheSpecificationAreKept() {
    assertThat(StateStore.KINDS.values())
        .contains(
            "entry",
            "exit",
            "funding",
            "repair",
            "unwind",
            "align",
            "halt",
            "dust",
            "leverage",
            "unknown",
            "resolved",
            "cancel",
            "transfer",
            "run_stop",
            "snapshot",
            "intent",
            "fill",
            "state",
            "legs_chosen",
            "delever",
            "collateral_lost",
            "nothing_adopted",
            "degraded",
            "resumed",
            "unwind_stuck",
            "order_refused");
  }

  /** One that is renamed without its entry would be a kind of its own from then on. */
  @Test
  void everyNoteWithAKindIsOneThatTheCoreWrites() {
    String core = sources();
    List<String> gone =
        StateStore.KINDS.keySet().stream()
            .filter(note -> !core.contains('"' + note + '"'))
            .toList();
    assertThat(gone).as("notes that were renamed: their kinds go with them").isEmpty();
  }

  private static String sources() {
    try (Stream<Path> files = Files.walk(CORE)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
