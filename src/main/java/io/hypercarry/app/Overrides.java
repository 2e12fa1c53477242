package io.hypercarry.app;

import io.hypercarry.app.ConfigNode.Listing;
import io.hypercarry.app.ConfigNode.Scalar;
import io.hypercarry.app.ConfigNode.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code --set KEY=VALUE}: lays one value over what the file says. A value that is JSON is read as
 * JSON, any other is a text. Of two for one key the later holds, as on any command line.
 */
final class Overrides {
  private static final String INDEX = "\\d{1,3}";

  private final ConfigFaults faults;

  Overrides(ConfigFaults faults) {
    this.faults = faults;
  }

  Section over(Section root, List<String> overrides) {
    Section result = root;
    for (String override : overrides) {
      result = over(result, override);
    }
    return result;
  }

  private Section over(Section root, String override) {
    int equals = override.indexOf('=');
    String key = equals < 0 ? override : override.substring(0, equals);
    List<String> path = Arrays.asList(key.split("\\.", -1));
    if (equals < 0 || path.contains("")) {
      faults.add(
          "--set "
              + Redaction.shown(key, override)
              + ": expected KEY=VALUE, such as --set strategy.target_usd_notional=200");
      return root;
    }
    String value = override.substring(equals + 1);
    ConfigOrigin origin = ConfigOrigin.override(key, value);
    return (Section) laid(root, path, value(value, origin), origin);
  }

  private ConfigNode value(String text, ConfigOrigin origin) {
    try {
      ConfigFaults ofValue = new ConfigFaults();
      ConfigNode node = JsonLines.read(text, line -> origin, ofValue);
      if (!ofValue.isEmpty()) {
        faults.add(origin.where() + ": a key is given twice: expected once");
      }
      return node;
    } catch (JsonMistake e) {
      return new Scalar(origin, Scalar.Form.TEXT, text);
    }
  }

  private ConfigNode laid(
      ConfigNode base, List<String> path, ConfigNode value, ConfigOrigin origin) {
    if (path.isEmpty()) {
      return merged(base, value);
    }
    return switch (base) {
      case Section section -> inSection(section, path, value, origin);
      case Listing list -> inList(list, path, value, origin);
      case Scalar scalar -> {
        faults.add(origin.where() + ": unknown key: what it stands in is a value, not an object");
        yield scalar;
      }
    };
  }

  private ConfigNode inSection(
      Section section, List<String> path, ConfigNode value, ConfigOrigin origin) {
    String name = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    ConfigNode child = section.children().get(name);
    if (child == null) {
      return section.with(name, laid(section(origin), rest, value, origin));
    }
    boolean indexed = !rest.isEmpty() && rest.getFirst().matches(INDEX);
    if (name.equals("markets") && child instanceof Section && indexed) {
      return section.with(name, inOnlyMarket(child, rest, value, origin));
    }
    return section.with(name, laid(child, rest, value, origin));
  }

  /** One market without a list may still be called the first. */
  private ConfigNode inOnlyMarket(
      ConfigNode market, List<String> path, ConfigNode value, ConfigOrigin origin) {
    if (!path.getFirst().equals("0")) {
      faults.add(origin.where() + ": markets is one object: expected a list of them for a second");
      return market;
    }
    return laid(market, path.subList(1, path.size()), value, origin);
  }

  private ConfigNode inList(
      Listing list, List<String> path, ConfigNode value, ConfigOrigin origin) {
    int size = list.elements().size();
    String index = path.getFirst();
    if (!index.matches(INDEX) || Integer.parseInt(index) > size) {
      faults.add(
          "%s: markets is a list of %d: expected an index after it, such as markets.0.base"
              .formatted(origin.where(), size));
      return list;
    }
    int at = Integer.parseInt(index);
    ConfigNode element = at < size ? list.elements().get(at) : section(origin);
    return list.with(at, laid(element, path.subList(1, path.size()), value, origin));
  }

  private static Section section(ConfigOrigin origin) {
    return new Section(origin, Map.of());
  }

  /**
   * An object is laid over an object key by key; anything else takes the place of what was there.
   */
  private static ConfigNode merged(ConfigNode base, ConfigNode over) {
    if (!(base instanceof Section below) || !(over instanceof Section above)) {
      return over;
    }
    Section result = below;
    for (Map.Entry<String, ConfigNode> each : above.children().entrySet()) {
      ConfigNode child = below.children().get(each.getKey());
      ConfigNode laid = child == null ? each.getValue() : merged(child, each.getValue());
      result = result.with(each.getKey(), laid);
    }
    return result;
  }
}
