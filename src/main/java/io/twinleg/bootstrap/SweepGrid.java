package io.twinleg.bootstrap;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which values of which configuration keys are tried: every combination, numbered so that the last
 * key turns fastest, or some of them that are drawn.
 *
 * @param how they were drawn; empty where all are tried
 * @param drawn which value of each key every set has; empty where all are tried
 */
public record SweepGrid(Map<String, List<String>> axes, String how, List<int[]> drawn) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Sections without effect on a backtest; some hold secrets, which no message may show. */
  private static final Set<String> NO_RESULT = Set.of("credentials", "alerts", "telemetry");

  public static final int SETS_MAX = 1_000_000;

  public SweepGrid {
    drawn = List.copyOf(drawn);
  }

  /** Every combination. */
  public SweepGrid(Map<String, List<String>> axes) {
    this(axes, "", List.of());
  }

  /**
   * How sets are drawn, the same from the same seed.
   *
   * @param sets how many; of a hypercube fewer where some come twice
   * @param isLatin every value of a key comes as often as every other; otherwise each set is drawn
   *     for itself
   */
  public record Draw(int sets, boolean isLatin, long seed) {
    private String text() {
      return "%s %d, seed %d".formatted(isLatin ? "latin hypercube" : "random", sets, seed);
    }

    private List<int[]> of(List<Integer> sizes) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<List<Integer>, int[]> drawn = new LinkedHashMap<>();
      List<int[]> latin = isLatin ? latin(sizes, random) : List.of();
      for (int set = 0; isLatin ? set < sets : drawn.size() < sets; set++) {
        int[] values = new int[sizes.size()];
        for (int axis = 0; axis < values.length; axis++) {
          values[axis] = isLatin ? latin.get(axis)[set] : random.nextInt(sizes.get(axis));
        }
        drawn.putIfAbsent(Arrays.stream(values).boxed().toList(), values);
      }
      return List.copyOf(drawn.values());
    }

    /** By key, what each set has of it. */
    private List<int[]> latin(List<Integer> sizes, SplittableRandom random) {
      List<int[]> byKey = new ArrayList<>();
      for (int size : sizes) {
        List<Integer> values = new ArrayList<>();
        for (int set = 0; set < sets; set++) {
          values.add((int) ((long) set * size / sets));
        }
        Collections.shuffle(values, random);
        byKey.add(values.stream().mapToInt(Integer::intValue).toArray());
      }
      return byKey;
    }
  }

  /**
   * @param draw null where every combination is tried
   */
  public static SweepGrid read(Path file, @Nullable Draw draw) {
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
            "%s, key %s: expected a list of values".formatted(file, axis.getKey()));
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
    if (draw != null) {
      if (sets.compareTo(BigInteger.valueOf(draw.sets())) <= 0) {
        throw new UsageException(
            "%s has %s sets, and %d of them are to be drawn: expected fewer"
                .formatted(file, sets, draw.sets()));
      }
      return new SweepGrid(
          axes, draw.text(), draw.of(axes.values().stream().map(List::size).toList()));
    }
    if (sets.compareTo(BigInteger.valueOf(SETS_MAX)) > 0) {
      throw new UsageException(
          "%s asks for %s sets: expected at most %d; leave values out, or draw some with --random N"
              .formatted(file, sets, SETS_MAX));
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
    return drawn.isEmpty()
        ? axes.values().stream().mapToInt(List::size).reduce(1, Math::multiplyExact)
        : drawn.size();
  }

  /** Which value of each key a set has. */
  public int[] values(int set) {
    if (!drawn.isEmpty()) {
      return drawn.get(set).clone();
    }
    int[] values = new int[axes.size()];
    int rest = set;
    int block = sets();
    int axis = 0;
    for (List<String> tried : axes.values()) {
      block /= tried.size();
      values[axis++] = rest / block;
      rest %= block;
    }
    return values;
  }

  /** The overrides of one set, as {@code --set} takes them. */
  public List<String> overrides(int set) {
    List<String> overrides = new ArrayList<>();
    int[] values = values(set);
    axes.forEach((key, tried) -> overrides.add(key + "=" + tried.get(values[overrides.size()])));
    return overrides;
  }

  /** Sets in which each value that is tried is at least once. */
  List<Integer> everyValue() {
    Set<String> seen = new HashSet<>();
    List<Integer> sets = new ArrayList<>();
    long values = axes.values().stream().mapToLong(List::size).sum();
    for (int set = 0; set < sets() && seen.size() < values; set++) {
      if (seen.addAll(overrides(set))) {
        sets.add(set);
      }
    }
    return sets;
  }
}
