package io.twinleg.runtime;

import io.twinleg.core.Settings;

/**
 * Makes the Engine's settings of the text that a run's first event carries, so that a replay can
 * too.
 */
@FunctionalInterface
public interface SettingsReader {
  Settings read(String config);
}
