package io.twinleg.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A script of the tests that runs under Node.js with packages from npm, in a folder of its own.
 *
 * @param source the folder with the script and its lock file
 * @param most nothing takes a tenth of it; what hangs ends anyway
 */
public record NpmScript(Path source, String name, Path folder, Duration most) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Skips a test on a machine without Node.js, npm or what else it needs, and says so in a line.
   */
  public static void assumePossible(boolean more, String otherwise) throws InterruptedException {
    boolean possible = more && isThere("node") && isThere("npm");
    if (!possible) {
      System.err.println("skipped: " + otherwise);
    }
    assumeThat(possible).as(otherwise).isTrue();
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /** What the script steps, by step; anything that is no JSON line is left out. */
  public Map<String, JsonNode> run(String... arguments) throws Exception {
    for (String file : List.of("package.json", "package-lock.json", ".npmrc", name)) {
      Files.copy(source.resolve(file), folder.resolve(file));
    }
    execute(List.of("npm", "ci", "--no-progress", "--loglevel=error"));
    List<String> command = new ArrayList<>(List.of("node", name));
    command.addAll(List.of(arguments));
    Map<String, JsonNode> steps = new LinkedHashMap<>();
    execute(command).stream()
        .filter(line -> line.startsWith("{\"step\""))
        .map(JSON::readTree)
        .forEach(line -> steps.put(line.path("step").asString(), line.path("value")));
    return steps;
  }

  private List<String> execute(List<String> command) throws Exception {
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(most.toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly();
    List<String> lines = Files.readAllLines(out);
    assertThat(ended && process.exitValue() == 0).as(String.join("\n", lines)).isTrue();
    return lines;
  }
}
