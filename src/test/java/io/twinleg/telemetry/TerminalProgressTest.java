package io.twinleg.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person who waits reads. */
class TerminalProgressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 900 | 3 | replayed 0 %",
        "450 | 900 | 3 | replayed 50 %, about 3 s left",
        "1 | 3 | 59 | replayed 33 %, about 118 s left",
        "9 | 900 | 3 | replayed 1 %, about 5 min left",
        "100 | 300 | 60 | replayed 33 %, about 2 min left",
        "900 | 900 | 77 | replayed 100 %",
        "901 | 900 | 77 | replayed 100 %",
        "7 | 0 | 2 | replayed 0 %",
      })
  void percentAndTimeLeft(long done, long all, double seconds, String expected) {
    assertThat(TerminalProgress.line("replayed", done, all, (long) (seconds * 1e9)))
        .isEqualTo(expected.strip());
  }
}
