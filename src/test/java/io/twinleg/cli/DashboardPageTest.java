package io.twinleg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.config.RunConfig;
import io.twinleg.dashboard.DashboardServer;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SampledReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.npm.NpmScript;
import io.twinleg.research.Report;
import io.twinleg.telemetry.JsonText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The page in a browser without a window, over the journal of a dry run: every figure is that of
 * the report, nothing overflows or shifts, and its buttons leave their commands in the inbox.
 */
@Execution(ExecutionMode.CONCURRENT)
class DashboardPageTest {
  private static final Path PROGRAM = Path.of("src/test/browser");
  private static final Path PICTURES = Path.of("target/dashboard");
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Rates of a few hours and no least hold, so that a short run rotates. */
  private static final String[] PORTFOLIO = {
    """
    markets=[{"base":"HYPE","spot":"HYPE/USDC","perp":"HYPE"},\
    {"base":"ETH","spot":"UETH/USDC","perp":"ETH"},\
    {"base":"SOL","spot":"USOL/USDC","perp":"SOL"},\
    {"base":"FARTCOIN","spot":"UFART/USDC","perp":"FARTCOIN"}]\
    """,
    "portfolio.capital_usd=820",
    "portfolio.forecast_window_h=3",
    "portfolio.forecast_weight=1",
    "portfolio.min_improvement_bps=0",
    "portfolio.min_hold_h=0",
    "portfolio.rotation_gap_h=0",
    "execution.max_clip_usd=100"
  };

  @TempDir Path folder;

  @Test
  @DisplayName("a browser shows what the journal holds, at every width, and its buttons act")
  void theBrowserShowsWhatTheJournalHolds() throws Exception {
    List<Path> browsers = BROWSERS.stream().map(Path::of).filter(Files::isExecutable).toList();
    NpmScript.assumePossible(
        !browsers.isEmpty(),
        "the page was not tried in a browser: apt-get install chromium nodejs npm");
    Path journal = folder.resolve("dry.db");
    DryRunCommands.intoJournal(journal, Duration.ofHours(48));
    Path many = folder.resolve("many.db");
    DryRunCommands.intoJournal(many, Duration.ofHours(9), PORTFOLIO);
    Map<String, JsonNode> steps;
    try (DashboardServer page = page(journal);
        DashboardServer portfolio = page(many);
        DashboardServer cut = page(cutInTheMiddleOfARepair(journal))) {
      String url = "http://127.0.0.1:" + page.start(0);
      String portfolioUrl = "http://127.0.0.1:" + portfolio.start(0);
      String cutUrl = "http://127.0.0.1:" + cut.start(0);
      Files.createDirectories(PICTURES);
      steps =
          new NpmScript(PROGRAM, "page.mjs", folder, Duration.ofMinutes(30))
              .run(
                  browsers.get(0).toString(),
                  url,
                  page.token(),
                  PICTURES.toAbsolutePath().toString(),
                  cutUrl,
                  portfolioUrl);
    }
    showsTheReport(steps, report(journal));
    isSane(steps);
    acted(steps, journal);
    showsTheAllocation(steps, many);
    JsonNode cut = steps.get("cut");
    assertThat(cut.path("word").asString()).isEqualTo("UN-HEDGED");
    assertThat(cut.path("detail").asString()).startsWith("error 92.").endsWith("· HYPE");
    assertThat(cut.path("notice").asString()).contains("nothing looks after this position");
  }

  private static DashboardServer page(Path journal) {
    return new DashboardServer(
        journal,
        DashboardServer.Content.PAGE,
        text -> RunConfig.parse(text).settings(),
        InstantSource.system());
  }

  /** As if the runner was killed while the hedge was missing. */
  private Path cutInTheMiddleOfARepair(Path journal) throws Exception {
    Path copy = Files.copy(journal, folder.resolve("cut.db"));
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = database.createStatement()) {
      long began;
      try (ResultSet row =
          statement.executeQuery(
              "SELECT strftime('%s', ts) * 1000 FROM events WHERE kind = 'repair' ORDER BY id")) {
        row.next();
        began = row.getLong(1);
      }
      statement.executeUpdate("DELETE FROM journal WHERE ts > " + (began + 1000));
    }
    return copy;
  }

  private static JsonNode report(Path journal) {
    try (JournalReader reader = SqliteJournal.openReadOnly(journal)) {
      return JSON.readTree(
          JsonText.of(Report.over(reader, text -> RunConfig.parse(text).settings()).fields()));
    }
  }

  // ---- what it shows

  private static void showsTheReport(Map<String, JsonNode> steps, JsonNode report) {
    JsonNode market = report.path("markets").get(0);
    JsonNode shown = steps.get("markets").get(0);
    assertThat(steps.get("figures").path("state-word").asString()).isEqualTo("HEDGED");
    assertThat(steps.get("figures").path("mode").asString()).isEqualTo("dry run, seed 7");
    assertThat(steps.get("figures").path("running").asString()).isEqualTo("not running");
    assertThat(shown.get(0).asString()).isEqualTo("HYPE");
    assertThat(shown.get(1).asString()).isEqualTo("HEDGED");
    assertThat(shown.get(6).asString()).isEqualTo(signed(market.path("funding")));
    assertThat(shown.get(7).asString()).isEqualTo(signed(negated(market.path("fees"))));
    assertThat(shown.get(8).asString()).isEqualTo(signed(market.path("net")));
    assertThat(steps.get("key").asString())
        .contains("net " + signed(market.path("net")))
        .contains("slippage " + signed(negated(market.path("slippage").path("cost"))));
    assertThat(steps.get("repairs"))
        .hasSize(Math.min(12, market.path("hedge").path("time_line").size()));
    assertThat(steps.get("repairs").toString()).contains("repaired");
    JsonNode spot = steps.get("proof").get(0);
    assertThat(spot.get(1).asString()).isEqualTo(spot.get(2).asString());
    assertThat(spot.get(1).asString()).isEqualTo(steps.get("legs").get(0).get(1).asString());
    assertThat(spot.get(3).asString()).isEqualTo("0");
    assertThat(steps.get("proof").get(2).get(3).asString()).isEqualTo("0.0000");
    assertThat(steps.get("figures").path("liq").asString()).matches("\\+[0-9]{2,3} %");
    assertThat(steps.get("gates").toString()).contains("USD held", "shut", "funding", "open");
    assertThat(steps.get("events").toString()).contains("repair completed", "run started");
    assertThat(steps.get("orders").size()).isGreaterThan(3);
    assertThat(steps.get("behind").asInt()).isGreaterThan(20);
    assertThat(steps.get("cursor").asString()).contains("at ");
  }

  private static void showsTheAllocation(Map<String, JsonNode> steps, Path journal) {
    JsonNode capital;
    try (SampledReader reader = SampledReader.open(journal)) {
      capital = JSON.readTree(reader.value("status").orElseThrow()).path("portfolio");
    }
    BigDecimal net = BigDecimal.ZERO;
    for (JsonNode market : report(journal).path("markets")) {
      net = net.add(market.path("net").decimalValue());
    }
    BigDecimal returned =
        net.movePointRight(2).divide(new BigDecimal("820"), MathContext.DECIMAL64);
    assertThat(capital.path("markets")).hasSize(4);
    for (int width : List.of(360, 1280)) {
      JsonNode rows = steps.get("allocation " + width);
      assertThat(rows).hasSize(4);
      for (int i = 0; i < rows.size(); i++) {
        JsonNode market = capital.path("markets").get(i);
        assertThat(rows.get(i).get(0).asString()).isEqualTo(market.path("market").asString());
        String target = cents(market.path("target_usd"));
        assertThat(rows.get(i).get(2).asString())
            .as("target, which stands behind what is held on a phone")
            .matches(width < 760 ? "[0-9.,]+ of " + target : target);
      }
      JsonNode shown = steps.get("capital " + width);
      assertThat(shown.path("returned").asString()).isEqualTo(signed(returned) + " %");
      assertThat(shown.path("returned-of").asString())
          .startsWith("net " + signed(net) + " USD")
          .endsWith("too short for a yearly rate");
      assertThat(shown.path("capital").asString())
          .contains(
              "At work " + cents(capital.path("in_use_usd")) + " USD",
              "idle " + cents(capital.path("idle_usd")) + " USD",
              "the capital 820.00 USD");
      assertThat(shown.path("rotation").asString()).startsWith("Next: ");
      assertThat(steps.get("many markets " + width)).hasSize(4);
      JsonNode seen = steps.get("many " + width);
      assertThat(seen.path("wide").asInt()).isLessThanOrEqualTo(width);
      assertThat(seen.path("violations").toString()).isEqualTo("[]");
    }
  }

  private static String cents(JsonNode amount) {
    return amount.decimalValue().setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private static BigDecimal negated(JsonNode amount) {
    return amount.decimalValue().negate();
  }

  private static String signed(JsonNode amount) {
    return signed(amount.decimalValue());
  }

  /** Two decimals and a real minus, as the page writes it. */
  private static String signed(BigDecimal amount) {
    BigDecimal cents = amount.setScale(2, RoundingMode.HALF_UP);
    String text = cents.abs().toPlainString();
    return cents.signum() == 0 ? text : (cents.signum() < 0 ? "−" : "+") + text;
  }

  private static void isSane(Map<String, JsonNode> steps) {
    for (int width : List.of(360, 390, 1280, 1920)) {
      for (String scheme : List.of("light", "dark")) {
        JsonNode seen = steps.get("seen " + width + " " + scheme);
        assertThat(seen.path("wide").asInt()).as("overflow at " + width).isLessThanOrEqualTo(width);
        assertThat(seen.path("violations").toString()).as("axe at " + width).isEqualTo("[]");
      }
    }
    JsonNode phone = steps.get("seen 390 light");
    assertThat(phone.path("nightBottom").asInt()).isLessThanOrEqualTo(phone.path("height").asInt());
    assertThat(steps.get("troubles").toString()).isEqualTo("[]");
    assertThat(steps.get("foreign").toString()).isEqualTo("[]");
    assertThat(steps.get("kept").toString()).isEqualTo("[0,0,\"\"]");
    assertThat(steps.get("shifted").decimalValue()).isLessThan(new BigDecimal("0.05"));
  }

  // ---- what it does

  private static void acted(Map<String, JsonNode> steps, Path journal) {
    assertThat(steps.get("wrong token").asString()).contains("token is wrong");
    assertThat(steps.get("pause").asString()).contains("holds from its next start");
    assertThat(steps.get("flatten").asString()).contains("./twinleg flatten --yes");
    assertThat(steps.get("kill").asString()).contains("holds from its next start");
    try (SampledReader reader = SampledReader.open(journal)) {
      assertThat(reader.pending())
          .extracting(entry -> entry.command() + " " + entry.args())
          .containsExactly("pause ", "kill 2");
    }
  }
}
