package io.twinleg.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the words of src/test/resources/rules/banned-words.txt in the program's sources, tests,
 * documents, scripts and configuration. An identifier is read word by word: {@code lastPriceSeen}
 * holds "price".
 *
 * <p>It uses nothing of the project, so that it can be started from this one file while the rest
 * does not compile: {@code java src/test/java/io/twinleg/rules/BannedWords.java [FILE|FOLDER]...}
 * prints every finding and the number of each package.
 */
final class BannedWords {
  static final Path LIST = Path.of("src/test/resources/rules/banned-words.txt");

  /** What the program's reader or user sees. */
  static final List<Path> TREE =
      Stream.of(
              "src",
              "docs",
              "README.md",
              "CONTRIBUTING.md",
              "CHANGELOG.md",
              "simple_scripts",
              "start.sh",
              "stop.sh",
              "twinleg",
              "config_example.json",
              "pom.xml",
              ".ci")
          .map(Path::of)
          .toList();

  private static final Path DATA = Path.of("src", "test", "resources");

  /** Pictures and fonts, and what others wrote: a vendored library and the licences. */
  private static final Pattern NOT_OURS =
      Pattern.compile("\\.(png|woff2)$|/uplot\\.(js|css)$|-LICENSE\\.txt$");

  private static final Pattern JAVA_TOKEN =
      Pattern.compile(
          """
          (?<prose>/\\*.*?\\*/|//[^\\n]*|\"""(?:[^"\\\\]|\\\\.|"(?!""))*+\"""|"(?:[^"\\\\\\n]|\\\\.)*+"|'(?:[^'\\\\\\n]|\\\\.)*+')\
          |(?<name>[A-Za-z_$][\\w$]*+)\
          """,
          Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+");

  private final Set<String> everywhere = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final List<Exemption> exemptions = new ArrayList<>();

  record Finding(Path file, int line, String word) {
    @Override
    public String toString() {
      return file + ":" + line + " " + word;
    }

    /** {@code core.risk} for a Java file of src/main, the path's first part for others. */
    String area() {
      String folder = file.getParent() == null ? "" : file.getParent().toString();
      return folder.matches("src/(main|test)/java.*")
          ? folder
              .replaceFirst("^src/(main|test)/java(/io/twinleg)?/?", "$1 ")
              .replace('/', '.')
              .strip()
          : file.getName(0).toString();
    }
  }

  private record Exemption(String word, String path, Pattern line) {
    boolean covers(String found, Path file, String text) {
      return word.equals(found)
          && (path.equals("*") || file.endsWith(path))
          && line.matcher(text).find();
    }
  }

  /**
   * @param list the lines of a list of banned words
   */
  BannedWords(List<String> list) {
    list.stream().map(String::strip).filter(line -> !line.startsWith("#")).forEach(this::add);
  }

  private void add(String line) {
    if (line.isEmpty()) {
      return;
    }
    String[] head = line.split(" ", 2);
    switch (head[0]) {
      // A word that may stand nowhere, not in the list either, is written in two parts.
      case "everywhere" -> everywhere.addAll(List.of(head[1].replace("+", "").split(" ")));
      case "names" -> names.addAll(List.of(head[1].split(" ")));
      case "except" -> {
        String[] columns = head[1].split(" \\| ", 3);
        exemptions.add(
            new Exemption(columns[0].replace("+", ""), columns[1], Pattern.compile(columns[2])));
      }
      default -> throw new IllegalArgumentException("not a line of banned words: " + line);
    }
  }

  static BannedWords ofThisTree() {
    return new BannedWords(read(LIST).lines().toList());
  }

  /** One argument a file or folder; without one, the whole tree. */
  public static void main(String[] args) {
    List<Path> roots = args.length == 0 ? TREE : Stream.of(args).map(Path::of).toList();
    report(ofThisTree().in(roots)).forEach(System.out::println);
  }

  /** Every finding, and below them the number of each package or folder. */
  static List<String> report(List<Finding> found) {
    List<String> lines = new ArrayList<>(found.stream().map(Finding::toString).toList());
    perArea(found).forEach((area, count) -> lines.add("%6d %s".formatted(count, area)));
    lines.add("%6d in all".formatted(found.size()));
    return lines;
  }

  static TreeMap<String, Integer> perArea(List<Finding> found) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    found.forEach(finding -> counts.merge(finding.area(), 1, Integer::sum));
    return counts;
  }

  /** Of all files below these folders, in the order of their paths. */
  List<Finding> in(List<Path> roots) {
    List<Finding> found = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(Files::isRegularFile)
            .filter(file -> !file.startsWith(DATA))
            .filter(file -> !NOT_OURS.matcher(file.toString()).find())
            .sorted()
            .forEach(file -> found.addAll(in(file, read(file))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  /** Of one file's text. */
  List<Finding> in(Path file, String text) {
    List<Finding> found = new ArrayList<>();
    if (!file.toString().endsWith(".java")) {
      collect(file, text, 0, text, false, found);
      return found;
    }
    for (MatchResult token : JAVA_TOKEN.matcher(text).results().toList()) {
      collect(file, text, token.start(), token.group(), token.group("name") != null, found);
    }
    return found;
  }

  private void collect(
      Path file, String text, int offset, String part, boolean isName, List<Finding> found) {
    for (MatchResult match : WORD.matcher(part).results().toList()) {
      String word = match.group().toLowerCase(Locale.ROOT);
      if (everywhere.contains(word) || (isName && names.contains(word))) {
        int at = offset + match.start();
        String line = lineAt(text, at);
        if (exemptions.stream().noneMatch(exemption -> exemption.covers(word, file, line))) {
          int number = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
          found.add(new Finding(file, number, word));
        }
      }
    }
  }

  private static String lineAt(String text, int at) {
    int end = text.indexOf('\n', at);
    return text.substring(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length() : end);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
