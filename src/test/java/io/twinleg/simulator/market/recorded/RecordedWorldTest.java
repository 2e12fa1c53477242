package io.twinleg.simulator.market.recorded;

import static io.twinleg.history.RecordingFiles.FIRST;
import static io.twinleg.simulator.market.synthetic.SyntheticInstruments.HYPE_PERP;
import static io.twinleg.simulator.market.synthetic.SyntheticInstruments.HYPE_SPOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Side;
import io.twinleg.history.HistoryArchive;
import io.twinleg.history.HistoryException;
import io.twinleg.history.RecordingFiles;
import io.twinleg.simulator.MarketModel.Settlement;
import io.twinleg.simulator.market.synthetic.SyntheticGateway;
import io.twinleg.simulator.market.synthetic.SyntheticInstruments;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedWorldTest {
  private static final List<RecordedWorld.Market> HYPE =
      List.of(new RecordedWorld.Market(HYPE_SPOT, "HYPE", HYPE_PERP, "HYPE"));
  private static final int SIGNAL = 10;
  private static final int HOURS = 200;

  @TempDir private Path folder;

  private final SyntheticGateway gateway = new SyntheticGateway(List.of(HYPE_SPOT, HYPE_PERP));

  private static Instant hour(int hours) {
    return FIRST.plus(Duration.ofHours(hours));
  }

  private static String[] rows(int from, int until, IntFunction<String> row) {
    return IntStream.range(from, until).mapToObj(row).toArray(String[]::new);
  }

  /**
   * Two hundred hours; each candle opens at 40, falls or rises to 39.9 and 40.2, and closes at
   * 40.1.
   */
  private RecordingFiles plain() {
    return new RecordingFiles(folder)
        .funding("HYPE", rows(0, HOURS, hour -> hour + ",0.0000" + (hour + 100)))
        .perp("HYPE", rows(0, HOURS, hour -> hour + ",40,40.2,39.9,40.1,1000"))
        .spot("HYPE", rows(0, HOURS, hour -> hour + ",40,40.2,39.9,40.1,1000"));
  }

  private RecordedWorld world() {
    return RecordedWorld.fromFirstSignal(HistoryArchive.open(folder), HYPE, 7, SIGNAL);
  }

  @Test
  void startsAtTheFirstHourWithAFullSignalBehindIt() {
    plain();
    assertThat(world().start()).isEqualTo(hour(9));
    List<FundingHour> history = world().historyBeforeStart(HYPE_PERP.id(), SIGNAL);
    assertThat(history).hasSize(SIGNAL);
    assertThat(history.getFirst().hour()).isEqualTo(hour(0));
    assertThat(history.getLast().hour()).isEqualTo(hour(9));
    assertThat(world().assumptions()).allMatch(sentence -> sentence.endsWith("."));
  }

  @Test
  void oneMissingHourInTwentyIsAllowedAndTwoAreNot() {
    plain().funding("HYPE", rows(0, HOURS, hour -> (hour == 5 ? 300 + hour : hour) + ",0.1"));
    assertThatThrownBy(this::world).hasMessageContaining("line 8: expected an hour after");

    plain().funding("HYPE", without(List.of(5)));
    assertThat(withSignal(20).start()).isEqualTo(hour(19));
    plain().funding("HYPE", without(List.of(5, 7)));
    assertThat(withSignal(20).start()).isEqualTo(hour(25));
  }

  private static String[] without(List<Integer> missing) {
    return IntStream.range(0, HOURS)
        .filter(hour -> !missing.contains(hour))
        .mapToObj(hour -> hour + ",0.00001")
        .toArray(String[]::new);
  }

  private RecordedWorld withSignal(int hours) {
    return RecordedWorld.fromFirstSignal(HistoryArchive.open(folder), HYPE, 7, hours);
  }

  @Test
  void defaultStartComesAfterTheJunkOfALaunch() {
    plain()
        .spot(
            "HYPE",
            rows(
                0,
                HOURS,
                hour -> hour + (hour == 60 || hour == 90 ? ",1,1,1,1,1" : ",40,40.2,39.9,40.1,1")));
    assertThat(world().start()).isEqualTo(hour(91));
    assertThat(RecordedWorld.from(HistoryArchive.open(folder), HYPE, 7, hour(60)).start())
        .isEqualTo(hour(60));
  }

  @Test
  void refusesAStartWithoutPricesInOneSentence() {
    plain();
    HistoryArchive archive = HistoryArchive.open(folder);
    assertThatThrownBy(() -> RecordedWorld.from(archive, HYPE, 7, hour(-1)))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("holds no spot and perp price of HYPE at 2024-12-31T23:00:00Z");
    assertThatThrownBy(() -> RecordedWorld.from(archive, HYPE, 7, hour(HOURS)))
        .isInstanceOf(HistoryException.class);
    assertThatThrownBy(() -> withSignal(HOURS + 10))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("holds no hour of HYPE");
  }

  @Test
  void settlesWhatWasRecordedAndNothingWhereNothingWas() {
    plain().funding("HYPE", without(List.of(15)));
    RecordedWorld world = world();
    Rate rate = Rate.hourly("0.00001");
    assertThat(world.settlement(HYPE_PERP.id(), hour(14)))
        .isEqualTo(new Settlement.Prescribed(rate));
    assertThat(world.settlement(HYPE_PERP.id(), hour(15))).isEqualTo(new Settlement.Missing());
    assertThat(world.settlement(HYPE_SPOT.id(), hour(14))).isEqualTo(new Settlement.Missing());
    assertThat(world.runningEstimate(HYPE_PERP.id(), hour(15).plusSeconds(1))).contains(rate);
  }

  @Test
  void runningEstimateNeverUsesAFutureRate() {
    plain();
    assertThat(world().runningEstimate(HYPE_PERP.id(), hour(20).minusMillis(1)))
        .contains(Rate.hourly("0.0000119"));
    assertThat(world().runningEstimate(HYPE_PERP.id(), hour(20)))
        .contains(Rate.hourly("0.0000120"));
  }

  @Test
  void anHourGoesFromOpenThroughItsExtremesToItsClose() {
    plain();
    RecordedWorld world = world();
    List<Price> oracles = new ArrayList<>();
    Instant end = world.start().plus(Duration.ofHours(1));
    while (world.nextMove().orElseThrow().isBefore(end)) {
      long quotes = gateway.quotes;
      gateway.move(world);
      if (gateway.quotes > quotes) {
        oracles.add(gateway.oracles.get(HYPE_PERP.id()));
      }
    }
    assertThat(oracles).hasSize(30);
    assertThat(oracles.getFirst()).isEqualTo(Price.of("40"));
    assertThat(oracles.getLast()).isEqualTo(Price.of("40.1"));
    assertThat(oracles).contains(Price.of("39.9"), Price.of("40.2"));
    assertThat(oracles).allMatch(price -> price.compareTo(Price.of("39.9")) >= 0);
    assertThat(oracles).allMatch(price -> price.compareTo(Price.of("40.2")) <= 0);
  }

  @Test
  void missingCandleKeepsTheLastPrice() {
    plain()
        .perp(
            "HYPE",
            IntStream.range(0, HOURS)
                .filter(hour -> hour < 12 || hour > 14)
                .mapToObj(hour -> hour + ",40,40.2,39.9,40.1,1000")
                .toArray(String[]::new));
    RecordedWorld world = world();
    gateway.run(world, hour(14));
    assertThat(gateway.oracles).containsEntry(HYPE_PERP.id(), Price.of("40.1"));
  }

  @Test
  void sameSeedSameWorldAndTheWorldEndsWithItsRecording() {
    plain();
    assertThat(world().end()).isEqualTo(hour(HOURS - 1));
    SyntheticGateway again = new SyntheticGateway(gateway.instruments());
    RecordedWorld one = world();
    RecordedWorld other = world();
    while (one.nextMove().isPresent()) {
      gateway.move(one);
      again.move(other);
      assertThat(again.book(HYPE_SPOT)).isEqualTo(gateway.book(HYPE_SPOT));
    }
    assertThat(other.nextMove()).isEmpty();
    assertThat(gateway.now()).isBetween(hour(HOURS - 2), hour(HOURS - 1));
  }

  @Test
  void anOrderAtTheTopIsTakenInParts() {
    plain();
    RecordedWorld world = world();
    gateway.move(world);
    Price bid = gateway.book(HYPE_SPOT).best(Side.BUY).orElseThrow();
    gateway.rest(HYPE_SPOT, Side.BUY, HYPE_SPOT.prices().step(bid, Side.BUY, 1), Quantity.of("10"));
    gateway.run(world, world.start().plus(Duration.ofHours(2)));
    assertThat(gateway.accountQuotes(HYPE_SPOT).bids()).isEmpty();
    assertThat(gateway.fills).hasSizeGreaterThan(1);
  }

  @Test
  void realHypeIsReplayedFromDecemberToJuly() {
    HistoryArchive archive = RecordingFiles.real();
    RecordedWorld world = RecordedWorld.fromFirstSignal(archive, HYPE, 7, 168);
    assertThat(world.start()).isEqualTo(Instant.parse("2024-12-12T09:00:00Z"));
    assertThat(world.historyBeforeStart(HYPE_PERP.id(), 168)).hasSize(168);
    gateway.checking = false;
    int moves = 0;
    while (world.nextMove().isPresent()) {
      gateway.move(world);
      moves++;
    }
    assertThat(moves).isGreaterThan(30 * 5_000);
    assertThat(world.end()).isEqualTo(Instant.parse("2025-07-26T04:00:00Z"));
  }

  @Test
  void realUnitCoinsStartAfterTheirLaunch() {
    HistoryArchive archive = RecordingFiles.real();
    assertThat(start(archive, "UBTC", "BTC")).isEqualTo(Instant.parse("2025-02-14T16:00:00Z"));
    assertThat(start(archive, "USOL", "SOL")).isAfter(Instant.parse("2025-05-01T00:00:00Z"));
    assertThat(start(archive, "UPUMP", "PUMP")).isBefore(Instant.parse("2025-07-26T00:00:00Z"));
  }

  private static Instant start(HistoryArchive archive, String spotCoin, String perpCoin) {
    RecordedWorld.Market market =
        new RecordedWorld.Market(
            SyntheticInstruments.spot(perpCoin, 2, 1),
            spotCoin,
            SyntheticInstruments.perp(perpCoin, 2, 1),
            perpCoin);
    return RecordedWorld.fromFirstSignal(archive, List.of(market), 7, 168).start();
  }
}
