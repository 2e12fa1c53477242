package io.twinleg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class FormatTest {
  @Test
  void everySourceFileIsFormatted() {
    assertThat(SourceFormat.unformatted(Path.of("src")))
        .as("files that google-java-format would change; `mvn -q -Pformat` repairs them")
        .isEmpty();
  }
}
