package io.twinleg.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SystemdNotifierTest {
  private final List<String> sent = new ArrayList<>();
  private long nanos = 17;

  private SystemdNotifier notifier(@Nullable Duration interval) {
    return new SystemdNotifier(interval, () -> nanos, sent::add);
  }

  @Test
  @DisplayName("started at the first turn of the loop, alive once an interval while it turns")
  void notifiesThatTheLoopTurns() {
    SystemdNotifier notifier = notifier(Duration.ofSeconds(100));
    assertThat(sent).as("a start that waits is not ready").isEmpty();
    notifier.turned();
    notifier.turned();
    nanos += Duration.ofSeconds(99).toNanos();
    notifier.turned();
    assertThat(sent).containsExactly("READY=1");
    nanos += Duration.ofSeconds(1).toNanos();
    notifier.turned();
    notifier.turned();
    nanos += Duration.ofSeconds(250).toNanos();
    notifier.turned();
    notifier.close();
    assertThat(sent).containsExactly("READY=1", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1");
  }

  @Test
  void withoutAWatchdogItIsReadyAndNoMore() {
    SystemdNotifier notifier = notifier(SystemdNotifier.interval(null));
    notifier.turned();
    nanos += Duration.ofDays(1).toNanos();
    notifier.turned();
    assertThat(sent).containsExactly("READY=1");
  }

  @Test
  void theIntervalIsAThirdOfWhatIsAllowed() {
    assertThat(SystemdNotifier.interval("300000000")).hasSeconds(100);
    assertThat(SystemdNotifier.interval("0")).isNull();
    assertThat(SystemdNotifier.interval("five")).isNull();
  }

  @Test
  void notifiesOnlyWhereAUnitAsksForIt() {
    assertThat(SystemdNotifier.of(null, "3")).isEmpty();
    assertThat(SystemdNotifier.of("", "3")).isEmpty();
    assertThat(SystemdNotifier.of("/run/x", null)).isPresent();
  }
}
