package io.twinleg.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * What only the source text shows: how long files and methods are, and whether a package has its
 * package-info.
 */
record SourceTree(Path root) {
  private static final int FILE_LINES_MAX = 400;
  private static final int METHOD_LINES_MAX = 60;

  List<String> longFiles() {
    List<String> found = new ArrayList<>();
    for (Path file : javaFiles()) {
      long lines = lines(file);
      if (lines > FILE_LINES_MAX) {
        found.add(file + " has " + lines + " lines, more than " + FILE_LINES_MAX);
      }
    }
    return found;
  }

  List<String> packagesWithoutInfo() {
    return javaFiles().stream()
        .map(Path::getParent)
        .distinct()
        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
        .map(folder -> folder + " has no package-info.java")
        .toList();
  }

  /** Counted from a method's first annotation or word to its last brace; its comment is free. */
  List<String> longMethods() {
    List<Path> files = javaFiles();
    if (files.isEmpty()) {
      return List.of();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
      List<String> found = new ArrayList<>();
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new MethodLengths(unit, positions, found).scan(unit, null);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class MethodLengths extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> found;

    MethodLengths(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
      this.unit = unit;
      this.positions = positions;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      long lines = line(positions.getEndPosition(unit, method)) - line(start(method)) + 1;
      if (lines > METHOD_LINES_MAX) {
        String owner =
            ((ClassTree) getCurrentPath().getParentPath().getLeaf()).getSimpleName() + "";
        found.add(
            "%s.%s has %d lines, more than %d"
                .formatted(owner, method.getName(), lines, METHOD_LINES_MAX));
      }
      return super.visitMethod(method, nothing);
    }

    private long start(MethodTree method) {
      return positions.getStartPosition(unit, method);
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(Math.max(position, 0));
    }
  }

  /** The simple names that the files stand for. */
  List<String> topLevelNames() {
    return javaFiles().stream()
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .filter(name -> !name.equals("package-info"))
        .toList();
  }

  private List<Path> javaFiles() {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
