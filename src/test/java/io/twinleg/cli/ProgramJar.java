package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program as one jar beside an archive of its loaded classes, as the launcher starts it. A JVM
 * that starts from it needs half the processor time of one that reads and verifies each class, and
 * the tests start hundreds.
 */
final class ProgramJar {
  private static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();
  private static final Path FOLDER = Path.of("target", "program").toAbsolutePath();
  private static final Path JAR = FOLDER.resolve("program.jar");
  private static final Path ARCHIVE = FOLDER.resolve("program.jsa");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** What the JVM itself has to report of its archive is not the program's output. */
  private static final List<String> JVM =
      List.of(
          JAVA,
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-Dtwinleg.home=" + Path.of("").toAbsolutePath(),
          "-Xlog:disable",
          "-Xlog:all=error:stderr",
          "-Xlog:cds*=off:stderr");

  private static final ProgramJar BUILT = new ProgramJar();

  private final String classPath;

  private ProgramJar() {
    classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(entry -> !Files.isDirectory(entry) || entry.toAbsolutePath().equals(CLASSES))
            .map(entry -> (Files.isDirectory(entry) ? JAR : entry).toString())
            .collect(Collectors.joining(File.pathSeparator));
    try {
      build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while the jar was built", e);
    }
  }

  /** What starts the program: the JVM, these options more, the class path, its main class. */
  static Stream<String> command(List<String> options) {
    Stream<String> archived = Stream.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xshare:auto");
    return Stream.of(JVM.stream(), archived, options.stream(), BUILT.program())
        .flatMap(part -> part);
  }

  private Stream<String> program() {
    return Stream.of("-cp", classPath, Main.class.getName());
  }

  /** Once for these classes, by whichever test process comes first. */
  private void build() throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    try (FileChannel channel =
            FileChannel.open(
                FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      if (isOlderThanTheClasses()) {
        Files.deleteIfExists(ARCHIVE);
        call(
            Stream.of(
                Path.of(JAVA).resolveSibling("jar").toString(),
                "-c",
                "-0",
                "-f",
                JAR.toString(),
                "-C",
                CLASSES.toString(),
                "."));
        Path written = ARCHIVE.resolveSibling("written.jsa");
        Stream<String> archives =
            Stream.of("-XX:ArchiveClassesAtExit=" + written, "-XX:TieredStopAtLevel=1");
        Stream<String> run = Stream.of("run", "--dry-run", "--for", "1h");
        call(Stream.of(JVM.stream(), archives, program(), run).flatMap(part -> part));
        Files.move(written, ARCHIVE);
      }
    }
  }

  private static boolean isOlderThanTheClasses() throws IOException {
    if (!Files.exists(ARCHIVE)) {
      return true;
    }
    long built = Files.getLastModifiedTime(JAR).toMillis();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files.anyMatch(file -> file.toFile().lastModified() >= built);
    }
  }

  private static void call(Stream<String> command) throws IOException, InterruptedException {
    Path output = FOLDER.resolve("output");
    int exit =
        new ProcessBuilder(command.toList())
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    assertThat(exit).as(() -> outputOf(output)).isZero();
  }

  private static String outputOf(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
