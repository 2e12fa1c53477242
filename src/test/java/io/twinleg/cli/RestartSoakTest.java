package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short form of {@link RestartSoak}. */
class RestartSoakTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void endsAsWithoutTheRestarts(long seed) {
    RestartSoak.Result result = new RestartSoak(folder, Duration.ofHours(1)).run(seed, 12);

    assertThat(result.processes()).isGreaterThan(6);
    assertThat(result.without()).hasSize(2);
    assertThat(result.interrupted()).isEqualTo(result.without());
  }
}
