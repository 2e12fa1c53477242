package io.twinleg.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a mistyped or misplaced key was probably meant to be. */
final class KeySuggestion {
  /** No key is longer than this, and a name that is gets no suggestion. */
  private static final int NAME_MAX = 60;

  /** From so many letters on, a part of a key says which one. */
  private static final int PART_LEAST = 5;

  private KeySuggestion() {}

  static Optional<String> to(String path) {
    if (path.indexOf('.') < 0) {
      return LegacyConfig.modern(path)
          .or(() -> nearest(path, ConfigKeys.topLevel()))
          .or(() -> elsewhere(path));
    }
    String section = path.substring(0, path.indexOf('.'));
    String name = path.substring(path.lastIndexOf('.') + 1);
    List<String> beside = ConfigKeys.in(section).map(ConfigKey::name).toList();
    return named(name)
        .or(() -> LegacyConfig.modern(name))
        .or(() -> nearest(name, beside).map(near -> section + "." + near))
        .or(() -> elsewhere(name));
  }

  /** The right name in the wrong section. */
  private static Optional<String> named(String name) {
    return paths().filter(path -> last(path).equals(name)).findFirst();
  }

  private static Optional<String> elsewhere(String name) {
    return nearest(name, paths().map(KeySuggestion::last).toList()).flatMap(KeySuggestion::named);
  }

  private static Stream<String> paths() {
    return ConfigKeys.all().stream().map(ConfigKey::path);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static Optional<String> nearest(String name, List<String> known) {
    return known.stream()
        .filter(each -> isNear(name, each))
        .min(Comparator.comparingInt(each -> distance(name, each)));
  }

  /** At most a third of the letters may be wrong: further away a guess is more riddle than help. */
  private static boolean isNear(String name, String known) {
    int longer = Math.min(NAME_MAX, Math.max(name.length(), known.length()));
    return name.length() <= NAME_MAX
        && (distance(name, known) <= Math.max(2, longer / 3)
            || (name.length() >= PART_LEAST && known.contains(name)));
  }

  /** How many letters must be added, removed or changed. */
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int shift = Math.min(previous[j], current[j - 1]) + 1;
        current[j] = Math.min(previous[j - 1] + change, shift);
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
