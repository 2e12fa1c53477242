package io.twinleg.rules;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How the program is divided: what a reader has to open, and where our own rule on {@link Optional}
 * does not hold. Maps count by package ({@code core.risk}) unless they say otherwise.
 */
public final class TreeFigures {
  static final int SHORT_FILE_LINES = 59;
  private static final String ROOT = "io.twinleg";

  private final Path sources;
  private final JavaClasses imported;
  private final List<Class<?>> classes;

  /**
   * @param sources the folder of the packages' sources
   * @param compiled the folders of their classes, which are on the class path
   */
  public TreeFigures(Path sources, Path... compiled) {
    this(sources, new ClassFileImporter().importPaths(compiled));
  }

  TreeFigures(Path sources, JavaClasses imported) {
    this.sources = sources;
    this.imported = imported;
    this.classes =
        imported.stream()
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .<Class<?>>map(JavaClass::reflect)
            .toList();
  }

  /** Each figure of the whole tree by what it counts. */
  public Map<String, Long> all() {
    Collection<Integer> lines = linesOfFiles().values();
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("main files", (long) lines.size());
    figures.put("main lines", sum(lines));
    figures.put("files of at most 50 lines", lines.stream().filter(count -> count <= 50).count());
    figures.put("top-level classes", (long) topLevelNames().size());
    figures.put(
        "nested classes with a name",
        classes.stream()
            .filter(type -> type.getEnclosingClass() != null && !type.isAnonymousClass())
            .count());
    figures.put("top-level classes with exactly one user", (long) classesWithOneUser().size());
    figures.put(
        "records with more than 10 components",
        recordComponents().values().stream().filter(count -> count > 10).count());
    figures.put("Optional parameters of methods", sum(optionalParameters().values()));
    figures.put("Optional components of records", sum(optionalComponents().values()));
    figures.put("Optional fields of classes", sum(optionalFields().values()));
    return figures;
  }

  private static long sum(Collection<Integer> counts) {
    return counts.stream().mapToLong(count -> count).sum();
  }

  /** Of every source file, by its path below the sources. */
  private Map<String, Integer> linesOfFiles() {
    Map<String, Integer> lines = new TreeMap<>();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        lines.put(sources.relativize(file).toString(), Files.readAllLines(file).size());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  /** A package-info does not count. */
  Map<String, Integer> filesOfPackages() {
    return counts(
        linesOfFiles().keySet().stream().filter(file -> !file.endsWith("package-info.java")),
        file -> packageName(Path.of(file).getParent().toString().replace('/', '.')),
        file -> 1);
  }

  /** By record: its simple name behind those of the types that it is nested in. */
  Map<String, Integer> recordComponents() {
    return counts(
        classes.stream().filter(Class::isRecord),
        type -> type.getName().substring(type.getPackageName().length() + 1).replace('$', '.'),
        type -> components(type).size());
  }

  /** Of constructors too, but not a record's own, whose parameters are its components. */
  Map<String, Integer> optionalParameters() {
    return perPackage(type ->
        Stream.<Executable>concat(
                Arrays.stream(type.getDeclaredMethods()),
                Arrays.stream(type.getDeclaredConstructors()))
            .filter(each -> !each.isSynthetic() && !isRecordHeader(each))
            .flatMap(each -> Arrays.stream(each.getParameterTypes()))
            .filter(parameter -> parameter == Optional.class)
            .count());
  }

  Map<String, Integer> optionalComponents() {
    return perPackage(type ->
        components(type).stream()
            .filter(component -> component.getType() == Optional.class)
            .count());
  }

  /** Static ones too, but not those that a record has for its components. */
  Map<String, Integer> optionalFields() {
    return perPackage(type ->
        type.isRecord()
            ? 0
            : Arrays.stream(type.getDeclaredFields())
                .filter(field -> !field.isSynthetic() && field.getType() == Optional.class)
                .count());
  }

  /** Files of a class that only one other file uses, and which could hold it. */
  Map<String, Integer> shortFilesWithOneUser() {
    Map<String, Integer> lines = linesOfFiles();
    return counts(
        classesWithOneUser().keySet().stream()
            .filter(type ->
                lines.getOrDefault(type.replace('.', '/') + ".java", Integer.MAX_VALUE)
                    <= SHORT_FILE_LINES),
        type -> packageName(type.substring(0, type.lastIndexOf('.'))),
        type -> 1);
  }

  /** The simple names of the classes that are not nested. */
  List<String> topLevelNames() {
    return classes.stream()
        .filter(type -> type.getEnclosingClass() == null)
        .map(Class::getSimpleName)
        .toList();
  }

  /** The simple names of nested classes that others than their own file can use. */
  List<String> sharedNestedNames() {
    return imported.stream()
        .filter(JavaClass::isMemberClass)
        .filter(type -> !type.getModifiers().contains(JavaModifier.PRIVATE))
        .map(JavaClass::getSimpleName)
        .toList();
  }

  /** The classes that one other file's classes use, and no more, with that user. */
  Map<String, String> classesWithOneUser() {
    Map<String, Set<String>> users = new TreeMap<>();
    for (JavaClass user : imported) {
      for (Dependency use : user.getDirectDependenciesFromSelf()) {
        JavaClass used = use.getTargetClass().getBaseComponentType();
        String from = topLevel(user);
        String to = topLevel(used);
        if (imported.contain(used.getName()) && !from.equals(to)) {
          users.computeIfAbsent(to, name -> new TreeSet<>()).add(from);
        }
      }
    }
    Map<String, String> only = new TreeMap<>();
    users.forEach((used, by) -> {
      if (by.size() == 1) {
        only.put(used, by.iterator().next());
      }
    });
    return only;
  }

  private static String topLevel(JavaClass type) {
    int nested = type.getName().indexOf('$');
    return nested < 0 ? type.getName() : type.getName().substring(0, nested);
  }

  private Map<String, Integer> perPackage(Function<Class<?>, Number> count) {
    Map<String, Integer> counts =
        counts(
            classes.stream(),
            type -> packageName(type.getPackageName()),
            type -> count.apply(type).intValue());
    counts.values().removeIf(number -> number == 0);
    return counts;
  }

  private static <T> Map<String, Integer> counts(
      Stream<T> counted, Function<T, String> key, Function<T, Integer> count) {
    return counted.collect(groupingBy(key, TreeMap::new, summingInt(count::apply)));
  }

  /** {@code core.risk} for {@code io.twinleg.core.risk}; the root itself stays as it is. */
  private static String packageName(String name) {
    return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : name;
  }

  private static List<RecordComponent> components(Class<?> type) {
    return type.isRecord() ? List.of(type.getRecordComponents()) : List.of();
  }

  private static boolean isRecordHeader(Executable executable) {
    List<Class<?>> header =
        components(executable.getDeclaringClass()).stream()
            .<Class<?>>map(RecordComponent::getType)
            .toList();
    return executable instanceof Constructor<?>
        && executable.getDeclaringClass().isRecord()
        && header.equals(List.of(executable.getParameterTypes()));
  }
}
