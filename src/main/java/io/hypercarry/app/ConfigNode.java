package io.hypercarry.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as it was written, with the place of each value. */
sealed interface ConfigNode {
  ConfigOrigin origin();

  /** As an error shows it. */
  String shown(String key);

  record Section(ConfigOrigin origin, Map<String, ConfigNode> children) implements ConfigNode {
    public Section {
      children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    Section with(String name, ConfigNode child) {
      Map<String, ConfigNode> changed = new LinkedHashMap<>(children);
      changed.put(name, child);
      return new Section(origin, changed);
    }

    @Override
    public String shown(String key) {
      return "an object";
    }
  }

  record Listing(ConfigOrigin origin, List<ConfigNode> elements) implements ConfigNode {
    public Listing {
      elements = List.copyOf(elements);
    }

    /** With the element at an index replaced, or added where the index is the size. */
    Listing with(int index, ConfigNode element) {
      List<ConfigNode> changed = new ArrayList<>(elements);
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
  record Scalar(ConfigOrigin origin, Form form, String text) implements ConfigNode {
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
