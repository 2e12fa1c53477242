package io.twinleg.cli;

import io.twinleg.cli.ConfigTree.Listing;
import io.twinleg.cli.ConfigTree.Scalar;
import io.twinleg.cli.ConfigTree.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code --set KEY=VALUE}: lays one value over what the file says. A value that is JSON is read as
 * JSON, any other is a text. Of two for one key the later holds, as on any command line.
 */
final class Overrides {
  private static final String INDEX = "\\d{1,3}";

  private final ConfigErrors faults;

  Overrides(ConfigErrors faults) {
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
    SourceLocation origin = SourceLocation.override(key, value);
    return (Section) laid(root, path, value(value, origin), origin);
  }

  private ConfigTree value(String text, SourceLocation origin) {
    try {
      ConfigErrors ofValue = new ConfigErrors();
      ConfigTree node = LineTrackingJson.read(text, line -> origin, ofValue);
      if (!ofValue.isEmpty()) {
        faults.add(origin.where() + ": a key is given twice: expected once");
      }
      return node;
    } catch (JsonSyntaxError e) {
      return new Scalar(origin, Scalar.Form.TEXT, text);
    }
  }

  private ConfigTree laid(
      ConfigTree base, List<String> path, ConfigTree value, SourceLocation origin) {
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

  private ConfigTree inSection(
      Section section, List<String> path, ConfigTree value, SourceLocation origin) {
    String name = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    ConfigTree child = section.children().get(name);
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
  private ConfigTree inOnlyMarket(
      ConfigTree market, List<String> path, ConfigTree value, SourceLocation origin) {
    if (!path.getFirst().equals("0")) {
      faults.add(origin.where() + ": markets is one object: expected a list of them for a second");
      return market;
    }
    return laid(market, path.subList(1, path.size()), value, origin);
  }

  private ConfigTree inList(
      Listing list, List<String> path, ConfigTree value, SourceLocation origin) {
    int size = list.elements().size();
    String index = path.getFirst();
    if (!index.matches(INDEX) || Integer.parseInt(index) > size) {
      faults.add(
          "%s: markets is a list of %d: expected an index after it, such as markets.0.base"
              .formatted(origin.where(), size));
      return list;
    }
    int at = Integer.parseInt(index);
    ConfigTree element = at < size ? list.elements().get(at) : section(origin);
    return list.with(at, laid(element, path.subList(1, path.size()), value, origin));
  }

  private static Section section(SourceLocation origin) {
    return new Section(origin, Map.of());
  }

  /**
   * An object is laid over an object key by key; anything else takes the place of what was there.
   */
  private static ConfigTree merged(ConfigTree base, ConfigTree over) {
    if (!(base instanceof Section below) || !(over instanceof Section above)) {
      return over;
    }
    Section result = below;
    for (Map.Entry<String, ConfigTree> each : above.children().entrySet()) {
      ConfigTree child = below.children().get(each.getKey());
      ConfigTree laid = child == null ? each.getValue() : merged(child, each.getValue());
      result = result.with(each.getKey(), laid);
    }
    return result;
  }
}
