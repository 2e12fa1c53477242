package io.hypercarry.app;

import io.hypercarry.app.ConfigNode.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * From text to a {@link Config}: JSON, the old flat form, the environment, the command line, the
 * table, and last the settings records, which check themselves.
 */
final class ConfigReader {
  private final String file;
  private final Config.Mode mode;
  private final ConfigFaults faults = new ConfigFaults();
  private final List<String> warnings = new ArrayList<>();

  ConfigReader(String file, Config.Mode mode) {
    this.file = file;
    this.mode = mode;
  }

  Config read(String text, List<String> overrides, EnvironmentReader environment) {
    Section written = LegacyConfig.modern(root(text), file, warnings);
    Section told = new ConfigEnvironment(environment, faults).over(written);
    Section all = new Overrides(faults).over(told, overrides);
    ConfigValues values = ConfigWalk.values(all, file, mode, faults);
    return new ConfigAssembly(file, values, faults, warnings).config(mode);
  }

  private Section root(String text) {
    try {
      ConfigNode root = JsonLines.read(text, line -> ConfigOrigin.line(file, line), faults);
      if (root instanceof Section section) {
        return section;
      }
      throw new ConfigFault(
          root.origin().where() + ": found " + root.shown("") + ": expected an object in { and }");
    } catch (JsonMistake e) {
      throw new ConfigFault(
          "%s %s is not valid JSON: %s".formatted(file, e.place(), e.getMessage()));
    }
  }
}
