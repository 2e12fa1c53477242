package io.twinleg.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.config.RunConfig;
import io.twinleg.dashboard.DashboardServer;
import io.twinleg.journal.JournalReader;
import io.twinleg.journal.SampledReader;
import io.twinleg.journal.SqliteJournal;
import io.twinleg.research.Report;
import io.twinleg.telemetry.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page's server answers, and what it refuses. */
class DashboardCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Pattern SAMPLE =
      Pattern.compile("(twinleg_[a-z_]+)(\\{[^}]*})? (-?[0-9.eE+-]+|NaN|\\+Inf)");

  @TempDir static Path folder;

  private static Path journal;
  private static DashboardServer server;
  private static int port;

  @BeforeAll
  static void aJournalAndItsPage() {
    journal = folder.resolve("dry.db");
    DryRunCommands.intoJournal(journal, Duration.ofHours(36));
    server =
        new DashboardServer(
            journal,
            DashboardServer.Content.PAGE,
            text -> RunConfig.parse(text).settings(),
            InstantSource.system());
    port = server.start(0);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  /** A raw request: any header may be wrong. */
  private static String request(int to, String head, Map<String, String> headers, String body)
      throws IOException {
    StringBuilder text = new StringBuilder(head).append(" HTTP/1.1\r\nConnection: close\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    text.append("Content-Length: ").append(bytes.length).append("\r\n\r\n").append(body);
    try (Socket socket = new Socket("127.0.0.1", to)) {
      OutputStream out = socket.getOutputStream();
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String get(String path) throws IOException {
    return request(port, "GET " + path, Map.of("Host", "127.0.0.1:" + port), "");
  }

  private static JsonNode state(int of, Predicate<JsonNode> until) throws IOException {
    while (true) {
      String answer = request(of, "GET /state", Map.of("Host", "127.0.0.1:" + of), "");
      JsonNode state = JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
      if (until.test(state)) {
        return state;
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static String status(String answer) {
    return answer.substring(answer.indexOf(' ') + 1, answer.indexOf(' ') + 4);
  }

  private static Map<String, String> acting(String host, String origin, String token) {
    return Map.of(
        "Host",
        host,
        "Origin",
        origin,
        "X-Twinleg-Token",
        token,
        "Content-Type",
        "application/json");
  }

  private static String act(Map<String, String> headers, String body) throws IOException {
    return request(port, "POST /act", headers, body);
  }

  @Test
  @DisplayName("the page's money and sizes are the report's, though most market data are left out")
  void theFiguresAreTheReports() throws IOException {
    JsonNode state = state(port, each -> each.path("reading").isBoolean() && each.has("report"));
    JsonNode report;
    try (JournalReader reader = SqliteJournal.openReadOnly(journal)) {
      report =
          JSON.readTree(
              JsonText.of(Report.over(reader, text -> RunConfig.parse(text).settings()).fields()));
    }
    JsonNode ours = state.path("report").get(0);
    JsonNode theirs = report.path("markets").get(0);
    for (String field : new String[] {"funding", "basis", "fees", "net", "fills", "payments"}) {
      assertThat(ours.path(field)).as(field).isEqualTo(theirs.path(field));
    }
    assertThat(ours.path("slippage")).isEqualTo(theirs.path("slippage"));
    assertThat(state.path("venue_check").path("foots").asBoolean()).isTrue();
    assertThat(state.path("venue_check").path("net_venue"))
        .isEqualTo(report.path("venue").path("net_venue"));
    assertThat(state.path("markets").get(0).path("spot").path("size").decimalValue())
        .isEqualByComparingTo(
            state.path("status").path("markets").get(0).path("spot_sz").decimalValue());
  }

  @Test
  @DisplayName("what is not the page is refused: another name, another path, another method")
  void refusesWhatIsNotThePage() throws IOException {
    assertThat(status(get("/"))).isEqualTo("200");
    assertThat(get("/")).contains("default-src 'none'", "no-store", "nosniff");
    for (String path :
        new String[] {
          "/x", "/../pom.xml", "/%2e%2e/pom.xml", "/page.css/..", "/dashboard/page.js"
        }) {
      assertThat(status(get(path))).as(path).isIn("400", "404");
    }
    String evil = request(port, "GET /state", Map.of("Host", "evil.example:" + port), "");
    assertThat(status(evil)).isEqualTo("421");
    assertThat(evil).doesNotContain("HYPE");
    String host = "127.0.0.1:" + port;
    for (Map<String, String> foreign :
        List.of(
            Map.of("Host", host, "Origin", "http://evil.example"),
            Map.of("Host", host, "Origin", "null"),
            Map.of("Host", host, "Sec-Fetch-Site", "cross-site"))) {
      String refused = request(port, "GET /state", foreign, "");
      assertThat(status(refused)).as(foreign.toString()).isEqualTo("403");
      assertThat(refused).doesNotContain("HYPE");
    }
    String post = request(port, "POST /state", Map.of("Host", "127.0.0.1:" + port), "");
    assertThat(status(post)).isIn("404", "405");
  }

  /**
   * A process of the same machine could otherwise take all file descriptors of a live run. What the
   * kernel holds for a connection that is not accepted yet has no inode.
   */
  @Test
  @DisplayName("no more than a hundred connections are taken, and the page is there when they end")
  void connectionsAreBounded() throws IOException {
    List<Socket> half = new ArrayList<>();
    try {
      for (int i = 0; i < 160; i++) {
        Socket socket = new Socket("127.0.0.1", port);
        half.add(socket);
        socket.getOutputStream().write("GET /state HTTP/1.1\r\nHost: x\r\n".getBytes(US_ASCII));
      }
      for (int count = 0; count < 50; count++) {
        assertThat(accepted()).isLessThanOrEqualTo(DashboardServer.CONNECTIONS_MAX);
        LockSupport.parkNanos(20_000_000);
      }
    } finally {
      for (Socket socket : half) {
        socket.close();
      }
    }
    assertThat(status(get("/"))).isEqualTo("200");
  }

  private static long accepted() throws IOException {
    String local = ":%04X".formatted(port);
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/self/net/tcp")));
    lines.addAll(Files.readAllLines(Path.of("/proc/self/net/tcp6")));
    return lines.stream()
        .map(line -> line.strip().split(" +"))
        .filter(line -> line[1].endsWith(local) && line[3].equals("01") && !line[9].equals("0"))
        .count();
  }

  @Test
  @DisplayName("acting needs this site and the terminal's token; a command goes into the inbox")
  void actingNeedsTheToken() throws IOException {
    String host = "127.0.0.1:" + port;
    String site = "http://" + host;
    String pause = "{\"command\":\"pause\",\"argument\":\"\"}";
    assertThat(status(act(acting(host, site, "AAAA-BBBB-CCCC-DDDD"), pause))).isEqualTo("403");
    assertThat(status(act(acting(host, "http://evil.example", server.token()), pause)))
        .isEqualTo("403");
    assertThat(status(act(acting("evil.example", site, server.token()), pause))).isEqualTo("421");
    assertThat(act(acting(host, site, server.token()), "{\"command\":\"kill\",\"argument\":\"4\"}"))
        .contains("expected 1, 2 or 3");
    assertThat(act(acting(host, site, server.token()), "{\"command\":\"withdraw\"}"))
        .contains("'withdraw' is no command");
    assertThat(status(act(acting(host, site, server.token()), "nothing"))).isEqualTo("400");
    try (SampledReader reader = SampledReader.open(journal)) {
      assertThat(reader.pending()).isEmpty();
    }
    assertThat(act(acting(host, site, server.token()), pause)).contains("no runner is running");
    try (SampledReader reader = SampledReader.open(journal)) {
      assertThat(reader.pending()).hasSize(1);
    }
    assertThat(get("/state") + get("/") + get("/page.js") + get("/history"))
        .doesNotContain(server.token());
  }

  @Test
  @DisplayName("the metrics parse, and hold every name that docs/operations.md lists")
  void theMetricsHoldWhatTheDocumentLists(@TempDir Path here) throws Exception {
    assertThat(get("/metrics")).contains("set telemetry.metrics to true");
    Path measured = here.resolve("measured.db");
    DryRunCommands.intoJournal(measured, Duration.ofHours(2), "telemetry.metrics=true");
    try (DashboardServer page =
        new DashboardServer(
            measured,
            DashboardServer.Content.PAGE,
            text -> RunConfig.parse(text).settings(),
            InstantSource.system())) {
      int its = page.start(0);
      JsonNode state = state(its, each -> each.has("report"));
      String text = request(its, "GET /metrics", Map.of("Host", "127.0.0.1:" + its), "");
      Map<String, String> samples = new TreeMap<>();
      for (String line : text.substring(text.indexOf("\r\n\r\n") + 4).split("\n")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(line.startsWith("#") || sample.matches()).as(line).isTrue();
        if (sample.matches()) {
          samples.put(
              sample.group(1) + Objects.requireNonNullElse(sample.group(2), ""), sample.group(3));
        }
      }
      String document = Files.readString(Path.of("docs/operations.md"));
      Matcher names =
          Pattern.compile("^\\| `(twinleg_[a-z_]+)", Pattern.MULTILINE).matcher(document);
      int listed = 0;
      while (names.find()) {
        listed++;
        assertThat(samples.keySet())
            .as(names.group(1))
            .anyMatch(key -> key.startsWith(names.group(1)));
      }
      assertThat(listed).isGreaterThan(20);
      assertHistogram(samples, "twinleg_event_decided_seconds");
      assertHistogram(samples, "twinleg_event_sent_seconds");
      assertThat(Double.parseDouble(samples.get("twinleg_pnl_usd{cause=\"net\",market=\"HYPE\"}")))
          .isEqualTo(state.path("markets").get(0).path("pnl").path("net").asDouble());
      assertThat(samples.get("twinleg_unhedged{market=\"HYPE\"}")).isEqualTo("0.0");
      try (DashboardServer alone = page.metricsAlone()) {
        int other = alone.start(0);
        Map<String, String> host = Map.of("Host", "127.0.0.1:" + other);
        assertThat(request(other, "GET /metrics", host, ""))
            .as("of what the page reads")
            .contains("twinleg_pnl_usd{cause=\"net\",market=\"HYPE\"}");
        assertThat(status(request(other, "GET /state", host, ""))).isEqualTo("404");
      }
    }
  }

  private static void assertHistogram(Map<String, String> samples, String name) {
    double count = Double.parseDouble(samples.get(name + "_count"));
    assertThat(count).as(name).isPositive();
    assertThat(Double.parseDouble(samples.get(name + "_bucket{le=\"+Inf\"}"))).isEqualTo(count);
    assertThat(Double.parseDouble(samples.get(name + "_sum"))).isPositive();
  }

  @Test
  @DisplayName("run --metrics serves the metrics without telemetry.metrics, and nothing else")
  void servesTheMetricsAlone(@TempDir Path here) throws Exception {
    Files.copy(Path.of("config_example.json"), here.resolve("config.json"));
    try (ProgramProcess.Running run =
        new ProgramProcess(here)
            .startWithOutputToFile(
                "run", "--dry-run", "--speed", "3600", "--json", "--metrics=0")) {
      int its = Integer.parseInt(shown(here, "metrics http://127\\.0\\.0\\.1:(\\d+)/metrics")[0]);
      Map<String, String> host = Map.of("Host", "127.0.0.1:" + its);
      String text = "";
      for (String expected :
          new String[] {
            "twinleg_event_decided_seconds_count",
            "twinleg_running 1.0",
            "twinleg_mode{mode=\"RUN\"} 1.0"
          }) {
        while (!text.contains(expected)) {
          text = request(its, "GET /metrics", host, "");
        }
      }
      for (String path : new String[] {"/", "/state", "/history", "/changes", "/page.js"}) {
        assertThat(status(request(its, "GET " + path, host, ""))).as(path).isEqualTo("404");
      }
      assertThat(status(request(its, "POST /act", host, "{}"))).isEqualTo("404");
      Map<String, String> foreign = Map.of("Host", "evil.example:" + its);
      assertThat(status(request(its, "GET /metrics", foreign, ""))).isEqualTo("421");
      run.signal("INT");
    }
  }

  @Test
  @DisplayName("beside a run that goes on the page follows it, and pauses it")
  void followsARunAndPausesIt(@TempDir Path here) throws Exception {
    Files.copy(Path.of("config_example.json"), here.resolve("config.json"));
    try (ProgramProcess.Running run =
        new ProgramProcess(here)
            .startWithOutputToFile(
                "run", "--dry-run", "--speed", "3600", "--json", "--dashboard=0")) {
      String[] words = pageAndToken(here);
      int its = Integer.parseInt(words[0]);
      long before = state(its, each -> each.path("seq").asLong() > 100).path("seq").asLong();
      JsonNode later = state(its, each -> each.path("seq").asLong() > before);
      assertThat(later.path("running").asBoolean()).isTrue();
      request(
          its,
          "POST /act",
          acting("127.0.0.1:" + its, "http://127.0.0.1:" + its, words[1]),
          "{\"command\":\"pause\",\"argument\":\"\"}");
      JsonNode paused =
          state(its, each -> each.path("status").path("mode").asString("").equals("PAUSED"));
      assertThat(paused.path("pending")).isEmpty();
      run.signal("INT");
    }
  }

  /** The port and the token, as the terminal shows them. */
  private static String[] pageAndToken(Path here) throws Exception {
    return shown(here, "http://127\\.0\\.0\\.1:(\\d+)/\\s+token  ([A-Z0-9-]{19}) ");
  }

  /** The groups of what the terminal shows, once it does. */
  private static String[] shown(Path here, String pattern) throws Exception {
    while (true) {
      try (var files = Files.list(here)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".out")).toList()) {
          Matcher found = Pattern.compile(pattern).matcher(Files.readString(file));
          if (found.find()) {
            return IntStream.rangeClosed(1, found.groupCount())
                .mapToObj(found::group)
                .toArray(String[]::new);
          }
        }
      }
      Thread.sleep(50);
    }
  }
}
