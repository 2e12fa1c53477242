package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.bench.Bench;
import io.twinleg.telemetry.JsonText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of bench run; what they come to is for a quiet machine to show. */
class BenchCommandTest {
  @TempDir Path folder;

  @Test
  void everyRowThatCostsLittleGivesItsFigures() {
    Bench bench = new Bench(folder);
    assertThat(bench.usual()).contains("order", "hedge", "dry-run").doesNotContain("month");
    for (String name : List.of("book")) {
      Map<String, Object> row = bench.measure(name, 1);
      assertThat(row).containsEntry("row", name).containsKeys("about", "bytes", "rounds");
      assertThat(JsonText.of(row)).startsWith("{\"row\":\"" + name + "\"");
    }
  }

  @Test
  void theHelpNamesEveryRow() {
    String help = new picocli.CommandLine(new BenchCommand()).getUsageMessage();
    String words = help.replaceAll("\\s+", " ");
    assertThat(words).contains(String.join(" ", new Bench(folder).names().toList()));
  }

  @Test
  void anUnknownRowIsRefused() {
    assertThat(Main.run("bench", "speed")).isEqualTo(2);
    assertThat(Main.run("bench", "--rounds", "0", "book")).isEqualTo(2);
    assertThat(Main.run("bench", "--folder", folder.resolve("none").toString(), "book"))
        .isEqualTo(2);
  }
}
