package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The real launcher over a java that prints what it was called with. */
@Execution(ExecutionMode.CONCURRENT)
class LauncherTest {
  @TempDir Path folder;

  private record Printed(int exitCode, List<String> lines) {}

  @BeforeEach
  void layOut() throws IOException {
    Files.copy(Path.of("twinleg"), folder.resolve("twinleg"));
    Files.createDirectories(folder.resolve("src/main"));
    Files.writeString(folder.resolve("pom.xml"), "");
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    // Newer than any JDK of this machine, so that it is the one that is chosen.
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"999\"\n");
    for (String name : List.of("java", "javac")) {
      Path program = Files.writeString(bin.resolve(name), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    Files.createDirectories(folder.resolve("target/app"));
    Files.writeString(folder.resolve("target/app/built"), "");
  }

  @Test
  void theHeapHasALimitThatAVariableChanges() throws Exception {
    assertThat(launch(Map.of()).lines()).containsOnlyOnce("-Xmx512m").endsWith("status", "--json");
    assertThat(launch(Map.of("TWINLEG_HEAP", "2g")).lines())
        .contains("-Xmx2g")
        .doesNotContain("-Xmx512m");
  }

  @Test
  void aHeapThatIsNoSizeIsRefusedInASentence() throws Exception {
    Printed refused = launch(Map.of("TWINLEG_HEAP", "plenty"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.lines())
        .containsExactly("TWINLEG_HEAP is plenty: expected a size such as 512m or 2g");
  }

  private Printed launch(Map<String, String> variables) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", folder.resolve("twinleg").toString(), "status", "--json");
    builder.environment().remove("TWINLEG_HEAP");
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(variables);
    Path out = folder.resolve("out");
    Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("it ends").isTrue();
    return new Printed(process.exitValue(), Files.readAllLines(out));
  }
}
