package io.twinleg.cli;

import io.twinleg.cli.ConfigTree.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * From text to a {@link Config}: JSON, the old flat form, the environment, the command line, the
 * table, and last the settings records, which check themselves.
 */
final class ConfigReader {
  private final String file;
  private final Config.Mode mode;
  private final ConfigErrors faults = new ConfigErrors();
  private final List<String> warnings = new ArrayList<>();

  ConfigReader(String file, Config.Mode mode) {
    this.file = file;
    this.mode = mode;
  }

  Config read(String text, List<String> overrides, Environment environment) {
    Section written = LegacyConfig.modern(root(text), file, warnings);
    Section told = new ConfigEnvironment(environment, faults).over(written);
    Section all = new Overrides(faults).over(told, overrides);
    ConfigValues values = ConfigValidator.values(all, file, mode, faults);
    return new ConfigBuilder(file, values, faults, warnings).config(mode);
  }

  private Section root(String text) {
    try {
      ConfigTree root =
          LineTrackingJson.read(text, line -> SourceLocation.line(file, line), faults);
      if (root instanceof Section section) {
        return section;
      }
      throw new ConfigException(
          root.origin().where() + ": found " + root.shown("") + ": expected an object in { and }");
    } catch (JsonSyntaxError e) {
      throw new ConfigException(
          "%s %s is not valid JSON: %s".formatted(file, e.place(), e.getMessage()));
    }
  }
}
