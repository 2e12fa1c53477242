package io.twinleg.core;

import io.twinleg.core.model.SettingChecks;
import java.time.Duration;

/** What a stop does with the position, and how long it may take (specification 1.14, 2.16). */
public record ShutdownSettings(Mode mode, Duration timeout) {
  public enum Mode {
    KEEP_HEDGED,
    FLATTEN,
    CANCEL_ONLY
  }

  public ShutdownSettings {
    SettingChecks.within("shutdown.timeout_s", timeout.toSeconds(), 1, 300);
  }
}
