package io.twinleg.tracing;

import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What ran between the two marks of a path, each method and each source file once.
 *
 * @param methods as {@code FILE: class.method(signature)}
 * @param files relative to the source root; a nested class or a lambda counts to its file
 */
record CallPath(SortedSet<String> methods, SortedSet<String> files) {
  /** The paths, with their marks. */
  enum Kind {
    /**
     * From the arrival of the book update that makes the Engine give the entry order, until the
     * exchange has matched or rested that order and is about to answer.
     */
    ORDER,
    /** From the arrival of the entry order's fill, until the exchange has matched the hedge. */
    FILL,
    /**
     * From the exchange's question for the hour's settlement until the payment is made and on its
     * way, and from its arrival until it is booked and in the journal, with what was decided on it.
     */
    FUNDING,
    /**
     * From the reading of the configuration, over the journal that is opened and replayed, until
     * the start is complete and the run goes on.
     */
    RESTART
  }

  static CallPath of(Collection<MethodTracer.Ran> ran) {
    SortedSet<String> methods = new TreeSet<>();
    SortedSet<String> files = new TreeSet<>();
    for (MethodTracer.Ran each : ran) {
      files.add(each.file());
      methods.add(each.file() + ": " + each.method());
    }
    return new CallPath(methods, files);
  }

  /** Its files by their folder, for people to read. */
  String listing() {
    Map<String, SortedSet<String>> folders = new TreeMap<>();
    for (String file : files) {
      int name = file.lastIndexOf('/') + 1;
      folders
          .computeIfAbsent(file.substring(0, name), folder -> new TreeSet<>())
          .add(file.substring(name).replace(".java", ""));
    }
    StringBuilder text = new StringBuilder();
    folders.forEach((folder, names) ->
        text.append("  %s (%d): %s%n".formatted(folder, names.size(), String.join(" ", names))));
    return text.toString();
  }
}
