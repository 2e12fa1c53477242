package io.twinleg.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exceptions to rules that count something: what exceeds a rule's limit today, and by how much at
 * most. A ceiling is only ever lowered; what has none keeps to the limit itself.
 *
 * <p>A line is rule, key, number; a key may hold blanks. {@code mvn test
 * -Dtest='io.twinleg.rules.*Test' -Drules.lower=true} lowers the ceilings to what is there now and
 * drops those that are not needed.
 */
final class Ceilings {
  static final Path FILE = Path.of("src/test/resources/rules/ceilings.txt");
  private static final boolean LOWER = Boolean.getBoolean("rules.lower");

  private final Path file;

  Ceilings(Path file) {
    this.file = file;
  }

  static Ceilings ofThisTree() {
    return new Ceilings(FILE);
  }

  /**
   * What is above its ceiling.
   *
   * @param found all that the rule counts, by key: a key that is not in it counts as zero
   * @param limit for keys without a ceiling
   */
  List<String> exceeded(String rule, Map<String, Integer> found, int limit) {
    if (LOWER) {
      lower(rule, found, limit);
    }
    return above(rule, found, limit);
  }

  private List<String> above(String rule, Map<String, Integer> found, int limit) {
    Map<String, Integer> ceilings = read(rule);
    List<String> exceeded = new ArrayList<>();
    new TreeMap<>(found)
        .forEach((key, count) -> {
          int ceiling = Math.max(limit, ceilings.getOrDefault(key, limit));
          if (count > ceiling) {
            exceeded.add("%s: %s has %d, more than %d".formatted(rule, key, count, ceiling));
          }
        });
    return exceeded;
  }

  /** Sums by the first part of a package's name, so that dividing a package moves no ceiling. */
  static Map<String, Integer> byTopLevelPackage(Map<String, Integer> perPackage) {
    Map<String, Integer> sums = new TreeMap<>();
    perPackage.forEach(
        (name, count) -> sums.merge(name.replaceFirst("\\..*", ""), count, Integer::sum));
    return sums;
  }

  /**
   * Rewrites the rule's lines, each in its place, with the smaller of ceiling and count.
   *
   * <p>Not while something exceeds its ceiling: when a rule names its keys in another way than the
   * file, every line of the file looks superfluous, and all of them would be dropped.
   */
  void lower(String rule, Map<String, Integer> found, int limit) {
    if (!above(rule, found, limit).isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    for (String line : lines()) {
      if (!isOf(rule, line)) {
        lines.add(line);
        continue;
      }
      String key = keyOf(rule, line);
      int lowered = Math.min(ceilingOf(line), found.getOrDefault(key, 0));
      if (lowered > limit) {
        lines.add(rule + " " + key + " " + lowered);
      }
    }
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Integer> read(String rule) {
    Map<String, Integer> ceilings = new TreeMap<>();
    for (String line : lines()) {
      if (isOf(rule, line)) {
        ceilings.put(keyOf(rule, line), ceilingOf(line));
      }
    }
    return ceilings;
  }

  private static boolean isOf(String rule, String line) {
    return line.startsWith(rule + " ");
  }

  private static String keyOf(String rule, String line) {
    return line.substring(rule.length() + 1, line.lastIndexOf(' '));
  }

  private static int ceilingOf(String line) {
    return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
