package io.twinleg.cli;

import io.twinleg.simulator.SeededRandom;
import io.twinleg.venue.simulated.SimulatedVenueSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The settings that {@code simulate} draws for each seed: one value of each setting that takes
 * part. A promise must hold under every setting that the configuration accepts, not only under the
 * defaults.
 */
final class DrawnSettings {
  static final DrawnSettings NONE = new DrawnSettings(Set.of());

  /** A setting that takes part, and the values it is drawn from. */
  enum Dimension {
    LEG_MODE("execution.leg_mode", "spot_first", "perp_first", "auto", "batch", "both"),
    HEDGE_RATIO("strategy.hedge_ratio", "1", "0.5", "0.9", "1.2"),
    LEVERAGE("execution.perp_leverage", "1", "2", "3"),
    CROSS("execution.perp_cross", "true", "false"),
    CLIP("execution.max_clip_usd", "200", "100", "21"),
    OFFSET("execution.price_offset_ticks", "1", "0", "5"),
    VENUE("venue", "hyperliquid", "aster");

    private final String key;
    private final List<String> values;

    Dimension(String key, String... values) {
      this.key = key;
      this.values = List.of(values);
    }

    private String of(long seed) {
      SeededRandom random = SeededRandom.of(seed, "setting " + key);
      return values.get(random.below(values.size()));
    }

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The settings of one seed.
   *
   * @param overrides of the configuration, as {@code --set} takes them
   */
  record Draw(List<String> overrides, SimulatedVenueSettings venue) {
    Draw {
      overrides = List.copyOf(overrides);
    }

    @Override
    public String toString() {
      String rules = venue.capabilities().batchAcrossLegs() ? "" : " venue=aster";
      return String.join(" ", overrides) + rules;
    }
  }

  private final Set<Dimension> drawn;

  DrawnSettings(Set<Dimension> drawn) {
    this.drawn = new TreeSet<>(drawn);
  }

  boolean isDrawn() {
    return !drawn.isEmpty();
  }

  Draw of(long seed) {
    List<String> overrides = new ArrayList<>();
    SimulatedVenueSettings venue = SimulatedVenueSettings.STANDARD;
    for (Dimension dimension : drawn) {
      String value = dimension.of(seed);
      if (dimension != Dimension.VENUE) {
        overrides.add(dimension.key + "=" + value);
      } else if (value.equals("aster")) {
        venue = venue.withSeparateHosts();
      }
    }
    return new Draw(overrides, venue);
  }

  /** As the option takes it. */
  @Override
  public String toString() {
    return drawn.size() == Dimension.values().length
        ? "all"
        : drawn.stream().map(Dimension::label).collect(Collectors.joining(","));
  }

  static final class Converter implements ITypeConverter<DrawnSettings> {
    @Override
    public DrawnSettings convert(String value) {
      return switch (value) {
        case "one" -> NONE;
        case "all" -> new DrawnSettings(Set.of(Dimension.values()));
        default ->
            new DrawnSettings(
                Arrays.stream(value.split(","))
                    .map(Converter::dimension)
                    .collect(Collectors.toSet()));
      };
    }

    private static Dimension dimension(String name) {
      return Arrays.stream(Dimension.values())
          .filter(dimension -> dimension.label().equals(name.strip()))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "'"
                      + name
                      + "' is no setting that can be drawn: expected one, all, or some of "
                      + Arrays.stream(Dimension.values())
                          .map(Dimension::label)
                          .collect(Collectors.joining(","))));
    }
  }
}
