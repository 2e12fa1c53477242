package io.twinleg.bootstrap;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which values of which configuration keys are tried: every combination, numbered so that the last
 * key turns fastest.
 */
public record SweepGrid(Map<String, List<String>> axes) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Sections without effect on a backtest; some hold secrets, which no message may show. */
  private static final Set<String> NO_RESULT = Set.of("credentials", "alerts", "telemetry");

  private static final BigInteger SETS_MAX = BigInteger.valueOf(1_000_000);

  public static SweepGrid read(Path file) {
    JsonNode root = parse(file);
    if (!root.isObject() || root.isEmpty()) {
      throw new UsageException(
          file
              + ": expected an object of keys with a list of values each, such as"
              + " {\"strategy.signal_window_h\": [24, 168]}");
    }
    Map<String, List<String>> axes = new LinkedHashMap<>();
    BigInteger sets = BigInteger.ONE;
    for (Map.Entry<String, JsonNode> axis : root.properties()) {
      if (NO_RESULT.contains(axis.getKey().split("\\.")[0])) {
        throw new UsageException(
            "%s, key %s: changes no result; expected what a strategy decides by, such as"
                    .formatted(file, axis.getKey())
                + " strategy.signal_window_h");
      }
      if (!axis.getValue().isArray() || axis.getValue().isEmpty()) {
        throw new UsageException(
            file
                + ", key "
                + axis.getKey()
                + ": expected a list of values, found "
                + axis.getValue());
      }
      List<String> values = new ArrayList<>();
      axis.getValue()
          .forEach(value -> values.add(value.isString() ? value.asString() : value.toString()));
      if (Set.copyOf(values).size() < values.size()) {
        throw new UsageException(
            "%s, key %s: a value is there twice; expected different ones"
                .formatted(file, axis.getKey()));
      }
      axes.put(axis.getKey(), values);
      sets = sets.multiply(BigInteger.valueOf(values.size()));
    }
    if (sets.compareTo(SETS_MAX) > 0) {
      throw new UsageException(
          file + " asks for " + sets + " sets: expected at most 1000000; leave values out");
    }
    return new SweepGrid(axes);
  }

  private static JsonNode parse(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "--grid %s %s: expected a JSON file of keys with a list of values each"
              .formatted(file, Files.exists(file) ? "is no file" : "does not exist"));
    }
    try {
      return JSON.readTree(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new UsageException("--grid " + file + " is no text in UTF-8: expected a JSON file");
    } catch (IOException e) {
      throw new UsageException("--grid " + file + " cannot be read (" + e.getMessage() + ")");
    } catch (JacksonException e) {
      throw new UsageException(
          "%s%s: not valid JSON (%s)".formatted(file, line(e), e.getOriginalMessage()));
    }
  }

  /** What is nested too deeply is refused without a place. */
  private static String line(JacksonException e) {
    return Optional.ofNullable(e.getLocation()).map(at -> ", line " + at.getLineNr()).orElse("");
  }

  public int sets() {
    return axes.values().stream().mapToInt(List::size).reduce(1, Math::multiplyExact);
  }

  /** The overrides of one set, as {@code --set} takes them. */
  public List<String> overrides(int set) {
    List<String> overrides = new ArrayList<>();
    int rest = set;
    int block = sets();
    for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
      block /= axis.getValue().size();
      overrides.add(axis.getKey() + "=" + axis.getValue().get(rest / block));
      rest %= block;
    }
    return overrides;
  }

  /** Sets in which each value of each key is at least once. */
  List<Integer> everyValue() {
    List<Integer> sets = new ArrayList<>();
    int apart = sets();
    for (List<String> values : axes.values()) {
      apart /= values.size();
      for (int i = 0; i < values.size(); i++) {
        sets.add(i * apart);
      }
    }
    return sets.stream().distinct().toList();
  }
}
