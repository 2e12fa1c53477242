package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.history.RecordingFiles;
import io.twinleg.npm.NpmScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The pages of backtest, scan and sweep in a browser without a window, on a phone and on a large
 * screen: nothing is wider than the screen or fetched. Its pictures are those of {@code
 * docs/research.md}.
 */
class ResearchPageTest {
  private static final Path PICTURES = Path.of("target/research");
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  @TempDir Path folder;

  private Path page(String name, String... command) {
    Path file = folder.resolve(name + ".html");
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(
        List.of("--history", RecordingFiles.realFolder().toString(), "--html", file.toString()));
    assertThat(Main.run(words.toArray(String[]::new))).as(name).isZero();
    return file;
  }

  @Test
  void everyPageFitsAPhoneAndALargeScreen() throws Exception {
    List<Path> browsers = BROWSERS.stream().map(Path::of).filter(Files::isExecutable).toList();
    NpmScript.assumePossible(
        !browsers.isEmpty(),
        "the pages were not tried in a browser: apt-get install chromium nodejs npm");
    String config = "config_example.json";
    Path grid =
        Files.writeString(
            folder.resolve("grid.json"),
            """
            {"strategy.signal_window_h": [1, 24, 72, 168, 336],
             "strategy.exit_threshold_apr": [-0.05, 0, 0.04],
             "strategy.enter_threshold_apr": [0.08, 0.1, 0.2]}
            """);
    List<Path> pages =
        List.of(
            page("backtest", "backtest", "--config", config, "--from", "2025-06-01"),
            page("scan", "scan", "--notional", "5000"),
            page(
                "sweep",
                "sweep",
                "--config",
                config,
                "--grid",
                grid.toString(),
                "--out",
                folder.resolve("sweep").toString()));
    Files.createDirectories(PICTURES);
    List<String> arguments =
        new ArrayList<>(
            List.of(browsers.getFirst().toString(), PICTURES.toAbsolutePath().toString()));
    pages.forEach(file -> arguments.add(file.toString()));
    Map<String, JsonNode> steps =
        new NpmScript(Path.of("src/test/browser"), "pages.mjs", folder, Duration.ofMinutes(30))
            .run(arguments.toArray(String[]::new));
    for (String name : List.of("backtest", "scan", "sweep")) {
      for (int width : List.of(390, 1280)) {
        JsonNode seen = steps.get(name + " " + width);
        assertThat(seen.path("wide").asInt()).as(name).isLessThanOrEqualTo(width);
        assertThat(seen.path("asked").toString()).as(name).isEqualTo("[]");
        assertThat(seen.path("violations").toString()).as(name + " " + width).isEqualTo("[]");
      }
    }
  }
}
