package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.cli.DrawnSettings.Dimension;
import io.twinleg.cli.options.ConfigOptions;
import io.twinleg.stress.SimulationBatch;
import io.twinleg.stress.StressScenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.TypeConversionException;

/** The settings that {@code simulate --settings} draws. */
class DrawnSettingsTest {
  private static final Duration LENGTH = Duration.ofHours(6);
  private static final long MOST_WORLDS = 10;

  private static ConfigOptions example() {
    ConfigOptions options = new ConfigOptions();
    options.config = Path.of("config_example.json");
    return options;
  }

  @Test
  void oneSeedHasOneDraw() {
    DrawnSettings all = new DrawnSettings.Converter().convert("all");
    assertThat(all.of(7)).isEqualTo(all.of(7));
    assertThat(LongStream.rangeClosed(1, 20).mapToObj(seed -> all.of(seed).toString()).distinct())
        .hasSizeGreaterThan(15);
  }

  @Test
  void aDrawOfOneSettingLeavesTheOthersAsConfigured() {
    DrawnSettings some = new DrawnSettings.Converter().convert("leg_mode,leverage");
    assertThat(some.of(3).overrides())
        .hasSize(2)
        .allMatch(set ->
            set.startsWith("execution.leg_mode=") || set.startsWith("execution.perp_leverage="));
    assertThat(some).hasToString("leg_mode,leverage");
  }

  @Test
  void aWordThatIsNoSettingIsRefusedWithWhatIsExpected() {
    assertThatThrownBy(() -> new DrawnSettings.Converter().convert("leg_mode,colour"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'colour' is no setting that can be drawn")
        .hasMessageContaining("hedge_ratio");
  }

  /** A setting that changed nothing would test nothing. */
  @ParameterizedTest
  @EnumSource(Dimension.class)
  void eachSettingChangesTheWorldsItClaimsToTest(Dimension dimension) {
    DrawnSettings alone = new DrawnSettings(Set.of(dimension));
    long other =
        LongStream.iterate(2, seed -> seed + 1)
            .filter(seed -> differs(alone, seed))
            .findFirst()
            .getAsLong();
    assertThat(LongStream.rangeClosed(1, MOST_WORLDS))
        .as("worlds 1 to %d under %s and under %s", MOST_WORLDS, alone.of(1), alone.of(other))
        .anyMatch(seed -> !trace(alone, 1, seed).equals(trace(alone, other, seed)));
  }

  private static boolean differs(DrawnSettings alone, long seed) {
    return !alone.of(seed).equals(alone.of(1));
  }

  /** World {@code seed} under what is drawn for {@code drawnBy}. */
  private static List<String> trace(DrawnSettings settings, long drawnBy, long seed) {
    StressScenario scenario =
        SimulateScenario.of(example(), "all", settings, LENGTH).apply(drawnBy);
    return new SimulationBatch(scenario).world(seed, 100_000).trace();
  }
}
