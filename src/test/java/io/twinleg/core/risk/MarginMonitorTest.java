package io.twinleg.core.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.TransferResult.Outcome;
import io.twinleg.core.event.LogEvent;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.RiskDirective;
import io.twinleg.core.model.Usd;
import io.twinleg.core.risk.RiskSettings.MarginBands;
import io.twinleg.simulator.FixtureF0;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Specification 2.10, with its example: a short of 5.00 at 40 with a collateral of 200. */
class MarginMonitorTest {
  private static final int LEVERAGE_40 = 40;

  @ParameterizedTest(name = "a coin of at most {0}x: target {1}, warn {2}, act {3}, emergency {4}")
  @CsvSource({
    "40, 1.0, 0.60, 0.45, 0.30",
    "10, 1.0, 0.60, 0.45, 0.3125",
    "3, 1.0, 0.70, 0.60, 0.50",
    "1, 1.8, 1.70, 1.60, 1.50",
  })
  void bandsAreRaisedWhereTheCoinNeedsIt(
      int leverage, String target, String warn, String act, String emergency) {
    MarginBands bands = new MarginMonitor(RiskFixture.settings()).bands(leverage);
    assertThat(rounded(bands.target())).isEqualByComparingTo(target);
    assertThat(rounded(bands.warn())).isEqualByComparingTo(warn);
    assertThat(rounded(bands.act())).isEqualByComparingTo(act);
    assertThat(rounded(bands.emergency())).isEqualByComparingTo(emergency);
  }

  private static BigDecimal rounded(BigDecimal value) {
    return value.setScale(4, RoundingMode.HALF_EVEN);
  }

  @ParameterizedTest(name = "at 1x a coin of at most {0}x is liquidated {1} higher")
  @CsvSource({"40, 0.9753", "10, 0.9048", "3, 0.7143"})
  void distanceToTheLiquidation(int leverage, String distance) {
    MarginSnapshot wallet = new Wallet().equity("200").notional("200").build();
    assertThat(wallet.liquidationDistance(leverage)).isEqualByComparingTo(distance);
  }

  @ParameterizedTest(name = "from 1x the price has risen by {0} %: {1}")
  @CsvSource({
    "25, ample",
    "25.1, warn",
    "37.9, warn",
    "38, act",
    "53.8, act",
    "54, emergency",
  })
  void bandByPrice(BigDecimal percent, String band) {
    BigDecimal gain = new BigDecimal("2").multiply(percent);
    Run run = new Run();
    run.evaluate(
        new Wallet()
            .equity(new BigDecimal("200").subtract(gain).toPlainString())
            .notional(new BigDecimal("200").add(gain).toPlainString()));
    assertThat(run.band).isEqualTo(band);
  }

  /** The perp wallet after the price went from 40 to 60, and 310 free in the spot wallet. */
  private static final class Wallet {
    private String equity = "100";
    private String notional = "300";
    private String ours = "300";
    private String freeSpot = "310";
    private String proceeds = "0";
    private String freePerp = "71";
    private String gained = "0";
    private String lost = "0";
    private boolean movable = true;
    private boolean pooled;

    Wallet equity(String usd) {
      equity = usd;
      return this;
    }

    Wallet notional(String usd) {
      notional = usd;
      ours = usd;
      return this;
    }

    Wallet ours(String usd) {
      ours = usd;
      return this;
    }

    Wallet freeSpot(String usd) {
      freeSpot = usd;
      return this;
    }

    Wallet proceeds(String usd) {
      proceeds = usd;
      return this;
    }

    Wallet freePerp(String usd) {
      freePerp = usd;
      return this;
    }

    Wallet gained(String usd) {
      gained = usd;
      return this;
    }

    Wallet lost(String usd) {
      lost = usd;
      return this;
    }

    Wallet notMovable() {
      movable = false;
      freeSpot = "0";
      return this;
    }

    Wallet pooled() {
      pooled = true;
      return notMovable();
    }

    MarginSnapshot build() {
      return new MarginSnapshot(
          Usd.of(equity),
          Usd.of(notional),
          Usd.of(ours),
          Usd.of(freeSpot),
          Usd.of(proceeds),
          Usd.of(freePerp),
          Usd.of(gained),
          Usd.of(lost),
          movable,
          pooled);
    }
  }

  /** Evaluations of one monitor, as lines: transfers, log events, and the directive. */
  private static final class Run {
    private final MarginMonitor monitor = new MarginMonitor(RiskFixture.settings());
    private final List<String> lines = new ArrayList<>();
    private Instant now = FixtureF0.T0;
    private long cause = 40;
    private String band = "ample";
    private String directive = "NONE";
    private boolean quiet = true;

    Run underWay() {
      quiet = false;
      return this;
    }

    Run evaluate(Wallet wallet) {
      cause++;
      MarginMonitor.Verdict verdict =
          monitor.evaluate(wallet.build(), quiet, LEVERAGE_40, cause, now);
      verdict.log().forEach(this::log);
      verdict.commands().forEach(this::command);
      RiskDirective next = monitor.directive();
      String text =
          (next.strength()
                  + " "
                  + next.reason()
                  + (next.share().signum() > 0 ? " " + rounded(next.share()) : ""))
              .strip();
      if (!text.equals(directive)) {
        lines.add(text);
      }
      directive = text;
      return this;
    }

    private void log(LogEvent line) {
      band = String.valueOf(line.fields().getOrDefault("band", band));
      Object instruction = line.fields().getOrDefault("instruction", "none");
      lines.add(line.event() + " " + band + (instruction.equals("none") ? "" : ": " + instruction));
    }

    private void command(Command command) {
      lines.add(
          switch (command) {
            case Command.TransferCollateral transfer ->
                "move %s from %s, transfer %d"
                    .formatted(
                        transfer.amount(),
                        transfer.from() == Leg.SPOT ? "spot" : "perp",
                        transfer.transfer());
            default -> command.toString();
          });
    }

    Run answered(long transfer, Outcome outcome) {
      apply(new Event.TransferResult(transfer, outcome, "answer"));
      return this;
    }

    private void apply(Event event) {
      monitor
          .apply(new SequencedEvent(cause, now, now, event))
          .forEach(line -> lines.add(line.event()));
    }

    Run seconds(long later) {
      now = now.plusSeconds(later);
      return this;
    }

    Run confirmation() {
      monitor.confirmation(now, 1).ifPresent(this::command);
      return this;
    }
  }

  private record Row(String name, Consumer<Run> script, List<String> expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(String name, Consumer<Run> script, String... expected) {
    return new Row(name, script, List.of(expected));
  }

  private static Row row(String name, Wallet wallet, String... expected) {
    return row(name, run -> run.evaluate(wallet), expected);
  }

  static Stream<Row> evaluations() {
    return Stream.of(
        row("R = 0.60: nothing", new Wallet().equity("180")),
        row(
            "R below 0.60: warned of, nothing is moved",
            new Wallet().equity("179.97"),
            "margin_warning warn"),
        row("R = 0.45: warned of", new Wallet().equity("135"), "margin_warning warn"),
        row(
            "R below 0.45: free spot quote is moved up to R = 1",
            new Wallet().equity("134.97"),
            "margin_warning act",
            "move 165.03 from spot, transfer 41",
            "NO_NEW_RISK margin"),
        row(
            "price 40 to 60, R = 0.33, 310 free: 200 is moved",
            new Wallet(),
            "margin_warning act",
            "move 200 from spot, transfer 41",
            "NO_NEW_RISK margin"),
        row(
            "what is free just reaches 0.45: moved, nothing is closed",
            new Wallet().freeSpot("35"),
            "margin_warning act",
            "move 35 from spot, transfer 41",
            "NO_NEW_RISK margin"),
        row(
            "what is free does not reach 0.45: moved, and a share is closed",
            new Wallet().freeSpot("34"),
            "margin_warning act",
            "move 34 from spot, transfer 41",
            "REDUCE margin 0.2767"),
        row(
            "none free: a third of both legs is closed, the proceeds can be moved",
            new Wallet().freeSpot("0"),
            "margin_warning act",
            "REDUCE margin 0.3333"),
        row(
            "proceeds on their way count as free",
            new Wallet().freeSpot("0").proceeds("36"),
            "margin_warning act",
            "NO_NEW_RISK margin"),
        row(
            "half of the wallet is not ours: twice the share of ours is closed",
            new Wallet().freeSpot("0").ours("150"),
            "margin_warning act",
            "REDUCE margin 0.6667"),
        row(
            "nothing can be moved: two thirds are closed, and what to move is named",
            new Wallet().notMovable(),
            "margin_warning act: move 200.00 USD from the spot to the perp wallet",
            "REDUCE margin 0.6667"),
        row(
            "a pooled account: a third is closed, and what to deposit is named",
            new Wallet().pooled(),
            "margin_warning act: deposit 200.00 USD into the account",
            "REDUCE margin 0.3333"),
        row(
            "R = 0.30: not yet an emergency",
            new Wallet().equity("90"),
            "margin_warning act",
            "move 210 from spot, transfer 41",
            "NO_NEW_RISK margin"),
        row(
            "R below 0.30: closed at once, however much is free",
            new Wallet().equity("89.97"),
            "margin_warning emergency",
            "move 105.01 from spot, transfer 41",
            "REDUCE_AT_ONCE margin_emergency 0.3500"),
        row("R = 1.40 at rest: nothing goes back", new Wallet().equity("420").gained("41")),
        row(
            "R above 1.40 at rest: what was gained beyond 1.30 goes back",
            new Wallet().equity("423").gained("41"),
            "move 33 from perp, transfer 41"),
        row(
            "R above 1.40, a market is under way: nothing goes back",
            run -> run.underWay().evaluate(new Wallet().equity("423").gained("41"))),
        row(
            "never more than the strategy gained there",
            new Wallet().equity("423").gained("17"),
            "move 17 from perp, transfer 41"),
        row(
            "never more than may leave",
            new Wallet().equity("423").gained("41").freePerp("12"),
            "move 12 from perp, transfer 41"),
        row("less than 10 USD is not worth a transfer", new Wallet().equity("423").gained("9.99")),
        row(
            "nothing held: the perp wallet's gain goes back to spot",
            new Wallet().notional("0").gained("25"),
            "move 25 from perp, transfer 41"),
        row(
            "nothing held: the perp wallet's loss is made good from spot",
            new Wallet().notional("0").lost("44"),
            "move 44 from spot, transfer 41"));
  }

  static Stream<Row> sequences() {
    return Stream.of(
        row(
            "a band is logged once per change",
            run ->
                run.evaluate(new Wallet().equity("170"))
                    .evaluate(new Wallet().equity("169"))
                    .evaluate(new Wallet().equity("190")),
            "margin_warning warn",
            "margin_restored ample"),
        row(
            "at the very edge it has not recovered",
            run -> run.evaluate(new Wallet().equity("170")).evaluate(new Wallet().equity("182.9")),
            "margin_warning warn"),
        row(
            "one transfer at a time",
            run -> run.evaluate(new Wallet()).evaluate(new Wallet()),
            "margin_warning act",
            "move 200 from spot, transfer 41",
            "NO_NEW_RISK margin"),
        row(
            "after a refusal none for 10 min",
            run ->
                run.evaluate(new Wallet())
                    .answered(41, Outcome.REFUSED)
                    .seconds(599)
                    .evaluate(new Wallet())
                    .seconds(1)
                    .evaluate(new Wallet()),
            "margin_warning act",
            "move 200 from spot, transfer 41",
            "NO_NEW_RISK margin",
            "collateral_refused",
            "move 200 from spot, transfer 43"),
        row(
            "one that never landed may be sent again at once",
            run ->
                run.evaluate(new Wallet())
                    .answered(41, Outcome.NEVER_LANDED)
                    .evaluate(new Wallet()),
            "margin_warning act",
            "move 200 from spot, transfer 41",
            "NO_NEW_RISK margin",
            "transfer_never_landed",
            "move 200 from spot, transfer 42"),
        row(
            "its answer is awaited for 3 s, then confirmed",
            run -> run.evaluate(new Wallet()).seconds(2).confirmation().seconds(1).confirmation(),
            "margin_warning act",
            "move 200 from spot, transfer 41",
            "NO_NEW_RISK margin",
            "ConfirmTransfer[transfer=41]"),
        row(
            "sweeps are 10 min apart",
            run -> {
              Wallet wallet = new Wallet().notional("0").gained("25");
              run.evaluate(wallet).answered(41, Outcome.NEVER_LANDED).seconds(599).evaluate(wallet);
              run.seconds(1).evaluate(wallet);
            },
            "move 25 from perp, transfer 41",
            "transfer_never_landed",
            "move 25 from perp, transfer 43"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"evaluations", "sequences"})
  void table(Row row) {
    Run run = new Run();
    row.script().accept(run);
    assertThat(run.lines).containsExactlyElementsOf(row.expected());
  }

  @Test
  void anEntryThatWouldLeaveLessThanTheWarningRatioIsDenied() {
    MarginMonitor monitor = new MarginMonitor(RiskFixture.settings());
    MarginSnapshot wallet = new Wallet().equity("198").build();
    assertThat(monitor.denial(wallet, Usd.of("30"), LEVERAGE_40)).as("R = 0.60").isEmpty();
    assertThat(monitor.denial(wallet, Usd.of("31"), LEVERAGE_40).orElseThrow())
        .satisfies(denial -> {
          assertThat(denial.reason()).isEqualTo("margin_ratio");
          assertThat(denial.value()).isEqualTo("0.5982");
          assertThat(denial.limit()).isEqualTo("0.6");
        });
  }
}
