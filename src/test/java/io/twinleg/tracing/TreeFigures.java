package io.twinleg.tracing;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How the program is divided: what a reader has to open, and where our own rule on {@link Optional}
 * does not hold.
 */
final class TreeFigures {
  private static final int SHORT_FILE_LINES = 50;
  private static final int LONG_RECORD_COMPONENTS = 10;

  private final Path sources;
  private final JavaClasses imported;
  private final List<Class<?>> classes;

  TreeFigures(Path sources, Path mainClasses) {
    this.sources = sources;
    this.imported = new ClassFileImporter().importPath(mainClasses);
    this.classes =
        imported.stream()
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .<Class<?>>map(JavaClass::reflect)
            .toList();
  }

  /** Each figure by what it counts. */
  Map<String, Long> all() throws IOException {
    List<Long> lines = linesOfFiles();
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("main files", (long) lines.size());
    figures.put("main lines", lines.stream().mapToLong(each -> each).sum());
    figures.put(
        "files of at most %d lines".formatted(SHORT_FILE_LINES),
        lines.stream().filter(each -> each <= SHORT_FILE_LINES).count());
    figures.put("top-level classes", count(type -> type.getEnclosingClass() == null));
    figures.put("nested classes with a name", count(TreeFigures::isNested));
    figures.put("top-level classes with exactly one user", (long) classesWithOneUser().size());
    figures.put(
        "records with more than %d components".formatted(LONG_RECORD_COMPONENTS),
        count(type -> components(type).size() > LONG_RECORD_COMPONENTS));
    figures.put("Optional parameters of methods", optionalParameters());
    figures.put("Optional components of records", optionalComponents());
    figures.put("Optional fields of classes", optionalFields());
    return figures;
  }

  private List<Long> linesOfFiles() throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
      List<Long> lines = new ArrayList<>();
      for (Path file : java) {
        lines.add((long) Files.readAllLines(file).size());
      }
      return lines;
    }
  }

  private long count(Predicate<Class<?>> which) {
    return classes.stream().filter(which).count();
  }

  private static boolean isNested(Class<?> type) {
    return type.getEnclosingClass() != null && !type.isAnonymousClass();
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

  private static List<RecordComponent> components(Class<?> type) {
    return type.isRecord() ? List.of(type.getRecordComponents()) : List.of();
  }

  /** Of constructors too, but not a record's own, whose parameters are its components. */
  private long optionalParameters() {
    return classes.stream()
        .flatMap(type ->
            Stream.<Executable>concat(
                Arrays.stream(type.getDeclaredMethods()),
                Arrays.stream(type.getDeclaredConstructors())))
        .filter(each -> !each.isSynthetic() && !isRecordHeader(each))
        .flatMap(each -> Arrays.stream(each.getParameterTypes()))
        .filter(type -> type == Optional.class)
        .count();
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

  private long optionalComponents() {
    return classes.stream()
        .flatMap(type -> components(type).stream())
        .filter(component -> component.getType() == Optional.class)
        .count();
  }

  /** Static ones too, but not those that a record has for its components. */
  private long optionalFields() {
    return classes.stream()
            .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
            .filter(field -> !field.isSynthetic() && field.getType() == Optional.class)
            .count()
        - optionalComponents();
  }
}
