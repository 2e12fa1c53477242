package io.twinleg.cli;

import io.twinleg.cli.ConfigTree.Scalar;
import io.twinleg.cli.ConfigTree.Scalar.Form;
import io.twinleg.cli.ConfigTree.Section;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The variables that override the file's telemetry, as in the original. An empty one is unset. */
final class ConfigEnvironment {
  private static final String TELEMETRY = "telemetry";

  private final Environment environment;
  private final ConfigErrors faults;

  ConfigEnvironment(Environment environment, ConfigErrors faults) {
    this.environment = environment;
    this.faults = faults;
  }

  Section over(Section root) {
    ConfigTree told = root.children().get(TELEMETRY);
    if (told != null && !(told instanceof Section)) {
      return root;
    }
    Section file = told instanceof Section section ? section : new Section(root.origin(), Map.of());
    Section telemetry = file;
    telemetry = with(telemetry, "LOG_LEVEL", "log_level");
    telemetry = with(telemetry, "LOG_FILE", "log_file");
    telemetry = with(telemetry, "LOG_MAX_BYTES", "log_max_bytes");
    telemetry = with(telemetry, "LOG_BACKUP_COUNT", "log_backup_count");
    telemetry = withConsole(telemetry);
    return telemetry.equals(file) ? root : root.with(TELEMETRY, telemetry);
  }

  private Section with(Section telemetry, String variable, String name) {
    Optional<String> value = read(variable);
    if (value.isEmpty()) {
      return telemetry;
    }
    String text = name.equals("log_level") ? level(value.get()) : value.get();
    SourceLocation origin = origin(variable, value.get(), name);
    Form form = text.matches("-?\\d{1,20}") ? Form.NUMBER : Form.TEXT;
    return telemetry.with(name, new Scalar(origin, form, text));
  }

  /** Python's names, which the original took in any case. */
  private static String level(String value) {
    String upper = value.toUpperCase(Locale.ROOT);
    return upper.equals("WARNING") ? "WARN" : upper;
  }

  /** Only "1" means yes, as in the original; but what it silently took for no is refused. */
  private Section withConsole(Section telemetry) {
    String variable = "DISABLE_CONSOLE_LOGGING";
    String name = "disable_console_logging";
    Optional<String> value = read(variable);
    if (value.isEmpty()) {
      return telemetry;
    }
    SourceLocation origin = origin(variable, value.get(), name);
    return switch (value.get()) {
      case "1" -> telemetry.with(name, new Scalar(origin, Form.FLAG, "true"));
      case "0" -> telemetry.with(name, new Scalar(origin, Form.FLAG, "false"));
      default -> {
        faults.add(origin.where() + ": expected 1 or 0");
        yield telemetry;
      }
    };
  }

  private Optional<String> read(String variable) {
    return environment.read(variable).map(String::strip).filter(value -> !value.isEmpty());
  }

  private static SourceLocation origin(String variable, String value, String name) {
    return SourceLocation.environment(variable, value, TELEMETRY + "." + name);
  }
}
