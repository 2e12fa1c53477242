package io.twinleg.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The violations found so far. Reading goes on after the first, so that all are told at once. */
final class ConfigErrors {
  private final Set<String> sentences = new LinkedHashSet<>();

  void add(String sentence) {
    sentences.add(Redaction.of(sentence));
  }

  boolean isEmpty() {
    return sentences.isEmpty();
  }

  void throwIfAny() {
    if (!isEmpty()) {
      throw new ConfigException(List.copyOf(sentences));
    }
  }
}
