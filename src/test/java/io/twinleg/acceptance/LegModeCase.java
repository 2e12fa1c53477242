package io.twinleg.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.execution.pricing.LegMode;
import io.twinleg.core.model.Quantity;
import io.twinleg.simulator.WorldGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A row of the matrix of leg modes: a mode, and in a trader's words what must come of what happens.
 * Its steps are played in order on fixture F0; the program starts at the first step that needs it.
 */
final class LegModeCase {
  private final LegMode mode;
  private final String outcome;
  private final List<String> settings = new ArrayList<>();
  private final List<Consumer<Play>> steps = new ArrayList<>();

  private LegModeCase(LegMode mode, String outcome) {
    this.mode = mode;
    this.outcome = outcome;
    settings.add("execution.leg_mode=" + word(mode));
  }

  static LegModeCase of(LegMode mode, String outcome) {
    return new LegModeCase(mode, outcome);
  }

  static LegModeCase spotFirst(String outcome) {
    return of(LegMode.SPOT_FIRST, outcome);
  }

  static LegModeCase perpFirst(String outcome) {
    return of(LegMode.PERP_FIRST, outcome);
  }

  static LegModeCase batch(String outcome) {
    return of(LegMode.BATCH, outcome);
  }

  static LegModeCase both(String outcome) {
    return of(LegMode.BOTH, outcome);
  }

  private static String word(LegMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  LegMode mode() {
    return mode;
  }

  @Override
  public String toString() {
    return word(mode) + ": " + outcome;
  }

  /** The market and the program of one play of a row. */
  private static final class Play {
    private final MarketFixture fixture = MarketFixture.f0();
    private final String[] settings;
    private Optional<Trader> trader = Optional.empty();

    Play(List<String> settings) {
      this.settings = settings.toArray(String[]::new);
    }

    Trader trader() {
      Trader started = trader.orElseGet(() -> Trader.startOn(fixture, settings));
      trader = Optional.of(started);
      return started;
    }
  }

  void play() {
    Play play = new Play(settings);
    steps.forEach(step -> step.accept(play));
  }

  // ---- what happens

  /** Over F0's, as {@code --set} takes them. */
  LegModeCase with(String... more) {
    settings.addAll(List.of(more));
    return this;
  }

  LegModeCase market(Consumer<MarketFixture> change) {
    steps.add(play -> change.accept(play.fixture));
    return this;
  }

  LegModeCase inMillis(long delay, Consumer<WorldGateway> change) {
    return market(fixture -> fixture.inMillis(delay, change));
  }

  LegModeCase takerSellsSpot(String quantity) {
    return market(fixture -> fixture.takerSellsSpot(quantity));
  }

  LegModeCase takerBuysPerp(String upTo, String quantity) {
    return market(fixture -> fixture.takerBuysPerp(upTo, quantity));
  }

  LegModeCase seconds(long seconds) {
    return then(trader -> trader.advanceSeconds(seconds));
  }

  LegModeCase millis(long millis) {
    return then(trader -> trader.advanceMillis(millis));
  }

  LegModeCase until(Duration afterStart) {
    return then(trader -> trader.advanceTo(afterStart));
  }

  LegModeCase awaits(String event) {
    return then(trader -> trader.awaitEvent(event));
  }

  /** Three seconds after the start these orders rest. */
  LegModeCase rests(String... orders) {
    return seconds(3).then(trader -> assertThat(trader.live()).containsExactly(orders));
  }

  /** The first orders are on their way and have not arrived yet. */
  LegModeCase sends() {
    return then(trader -> {
      while (trader.placed().isEmpty()) {
        trader.advanceMillis(10);
      }
      assertThat(trader.fills()).isEmpty();
    });
  }

  // ---- what must come of it

  LegModeCase then(Consumer<Trader> check) {
    steps.add(play -> check.accept(play.trader()));
    return this;
  }

  /** All orders up to here. */
  LegModeCase orders(String... orders) {
    return then(trader -> assertThat(trader.orders()).containsExactly(orders));
  }

  LegModeCase ordersStay(int count) {
    return then(trader -> assertThat(trader.orders()).hasSize(count));
  }

  /** All fills of its own orders up to here. */
  LegModeCase fills(String... fills) {
    return then(trader -> assertThat(trader.fills()).containsExactly(fills));
  }

  LegModeCase perp(String signed) {
    return then(trader -> assertThat(trader.position()).isEqualTo(Quantity.of(signed)));
  }

  LegModeCase coins(String quantity) {
    return then(trader -> assertThat(trader.coins()).isEqualTo(Quantity.of(quantity)));
  }

  LegModeCase hedged() {
    return state("HEDGED");
  }

  LegModeCase flat() {
    return state("FLAT");
  }

  private LegModeCase state(String label) {
    return then(trader ->
        assertThat(trader.state()).as("the state; logged:%n%s", trader.log()).isEqualTo(label));
  }

  /** The same in the mode auto, in a market in which it comes to the same legs. */
  LegModeCase byAuto(Consumer<MarketFixture> market) {
    LegModeCase copy = of(LegMode.AUTO, outcome).market(market);
    copy.settings.addAll(settings.subList(1, settings.size()));
    copy.steps.addAll(steps);
    return copy;
  }
}
