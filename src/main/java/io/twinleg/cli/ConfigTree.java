package io.twinleg.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as it was written, with the place of each value. */
sealed interface ConfigTree {
  SourceLocation origin();

  /** As an error shows it. */
  String shown(String key);

  record Section(SourceLocation origin, Map<String, ConfigTree> children) implements ConfigTree {
    public Section {
      children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    Section with(String name, ConfigTree child) {
      Map<String, ConfigTree> changed = new LinkedHashMap<>(children);
      changed.put(name, child);
      return new Section(origin, changed);
    }

    @Override
    public String shown(String key) {
      return "an object";
    }
  }

  record Listing(SourceLocation origin, List<ConfigTree> elements) implements ConfigTree {
    public Listing {
      elements = List.copyOf(elements);
    }

    /** With the element at an index replaced, or added where the index is the size. */
    Listing with(int index, ConfigTree element) {
      List<ConfigTree> changed = new ArrayList<>(elements);
      if (index == changed.size()) {
        changed.add(element);
      } else {
        changed.set(index, element);
      }
      return new Listing(origin, changed);
    }

    @Override
    public String shown(String key) {
      return "a list";
    }
  }

  /**
   * @param text a number exactly as it was written: nothing has been converted yet
   */
  record Scalar(SourceLocation origin, Form form, String text) implements ConfigTree {
    enum Form {
      TEXT,
      NUMBER,
      FLAG,
      NULL
    }

    boolean isNull() {
      return form == Form.NULL;
    }

    @Override
    public String shown(String key) {
      String value = Redaction.shown(key, text);
      return form == Form.TEXT && !Redaction.hides(key) ? '"' + value + '"' : value;
    }
  }
}
