package io.twinleg.rules;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * google-java-format over every source file: {@link FormatTest} asks which files differ, {@code mvn
 * -q -Pformat} runs {@link #main} to rewrite them.
 *
 * <p>A plugin would run the formatter inside Maven's own JVM, which may be too old to parse our
 * sources; this runs on the toolchain's JDK. It uses nothing of the project, so that it can be
 * started from this one file while the rest does not compile.
 */
final class SourceFormat {
  private SourceFormat() {}

  /** One argument: the files and folders to rewrite, with commas between them. */
  public static void main(String[] args) {
    for (String root : args[0].split(",")) {
      unformatted(Path.of(root)).forEach(SourceFormat::rewrite);
    }
  }

  /**
   * The source files under a folder that the formatter would change, in the order of their paths.
   */
  static List<Path> unformatted(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> sources =
          files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      return sources.parallelStream().filter(SourceFormat::differs).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean differs(Path file) {
    String source = read(file);
    return !formatted(file, source).equals(source);
  }

  private static void rewrite(Path file) {
    try {
      Files.writeString(file, formatted(file, read(file)));
      System.out.println("formatted " + file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String formatted(Path file, String source) {
    try {
      return new Formatter().formatSourceAndFixImports(source);
    } catch (FormatterException e) {
      throw new IllegalStateException(file + " does not parse: " + e.getMessage(), e);
    }
  }
}
