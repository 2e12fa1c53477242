package io.twinleg.dashboard;

import io.twinleg.core.Settings;
import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.AccountState;
import io.twinleg.core.model.FeeSchedule;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.core.portfolio.PairLedger;
import io.twinleg.core.portfolio.Pnl;
import io.twinleg.journal.JournalEntry;
import io.twinleg.journal.JournalEntry.CommandRecord;
import io.twinleg.journal.JournalIdentity;
import io.twinleg.research.ReportBuilder;
import io.twinleg.runtime.JournalReplay.SettingsReader;
import io.twinleg.telemetry.LatencyHistogram;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the page shows of a journal, fed entry by entry. The books are those of the report, so that
 * page and report have the same figures. Used by one thread.
 */
final class PositionModel {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ERROR_COLUMN = 5;
  private static final int POINTS = 600;
  private static final Duration CLOSELY = Duration.ofSeconds(2);
  private static final Duration LOOSELY = Duration.ofMinutes(1);
  private static final Duration LEAST_INTERVAL = Duration.ofMinutes(1);

  private final JournalIdentity identity;
  private final SettingsReader settingsReader;
  private final ReportBuilder books;
  private final Map<MarketId, MarketPanel> markets = new TreeMap<>();
  private final OrderTimelines orders;
  private final LatencyHistogram answers = new LatencyHistogram();
  private final HistorySeries pnl;
  private final Map<VenueId, AccountState> accounts = new TreeMap<>();
  private final Map<VenueId, Instant> reportedAt = new TreeMap<>();
  private final Map<VenueId, FeeSchedule> fees = new TreeMap<>();
  private @Nullable Instant first;
  private Instant last = Instant.EPOCH;
  private String venue = "";
  private boolean metrics;
  private String runId = "";
  private @Nullable Shutdown ended;
  private long sequence;
  private long starts;
  private long history;

  private record Shutdown(Command.Shutdown command, Instant at) {}

  /**
   * @param span of the journal as far as it goes now: the finer a short one is drawn
   * @param acknowledged receives how long the venue took to answer each order
   */
  PositionModel(
      JournalIdentity identity,
      SettingsReader settings,
      Duration span,
      Consumer<Duration> acknowledged) {
    this.orders =
        new OrderTimelines(after -> {
          answers.record(after.toNanos());
          acknowledged.accept(after);
        });
    this.identity = identity;
    this.settingsReader = settings;
    this.books = new ReportBuilder(settings);
    Duration wanted = span.dividedBy(POINTS);
    this.pnl =
        new HistorySeries(
            wanted.compareTo(LEAST_INTERVAL) < 0 ? LEAST_INTERVAL : wanted,
            ERROR_COLUMN,
            "net",
            "funding",
            "basis",
            "fees",
            "slippage",
            "error");
  }

  void add(JournalEntry entry) {
    SequencedEvent event = entry.event();
    Instant now = event.receivedTime();
    first = first == null ? now : first;
    if (event.fact() instanceof Event.RunStarted started) {
      started(started);
    }
    markets.values().forEach(market -> market.beforeEvent(now));
    books.accept(entry);
    last = now;
    sequence = event.sequence();
    apply(event, now);
    orders.apply(event.fact(), now);
    for (CommandRecord command : entry.commands()) {
      orders.sent(command.command(), now);
      sequence = command.sequence();
      if (command.command() instanceof Command.Shutdown end) {
        ended = new Shutdown(end, now);
      }
    }
    markets.values().forEach(market -> market.apply(event.fact(), now));
    if (pnl.isDue(now)) {
      Duration apart = pnl.isOverdue(now) ? LOOSELY : CLOSELY;
      if (markets.values().stream().allMatch(market -> market.isOfOneMoment(apart))) {
        record(now);
      }
    }
  }

  private void started(Event.RunStarted started) {
    starts++;
    runId = started.runId();
    ended = null;
    JsonNode config = JSON.readTree(started.config()).path("config");
    venue = config.path("venue").asString("hyperliquid");
    metrics = config.path("telemetry").path("metrics").asBoolean(false);
    Settings settings = settingsReader.read(started.config());
    for (Settings.MarketSettings each : settings.markets()) {
      markets.computeIfAbsent(each.market(), id -> new MarketPanel(each, books)).configure(each);
    }
  }

  private void apply(SequencedEvent event, Instant now) {
    switch (event.fact()) {
      case Event.AccountReported report -> {
        accounts.put(event.venue(), report.account());
        reportedAt.put(event.venue(), now);
      }
      case Event.FeesReported reported -> fees.put(event.venue(), reported.fees());
      case Event.FundingRateSettled settled -> history++;
      default -> {
        // the books and the markets have it
      }
    }
  }

  private void record(Instant now) {
    Optional<Pnl> total = total();
    Usd error = Usd.ZERO;
    for (MarketPanel market : markets.values()) {
      error = error.plus(market.takePeak());
    }
    pnl.add(
        now,
        total.map(all -> all.net().value()).orElse(null),
        total.map(all -> all.funding().value()).orElse(null),
        total.map(all -> all.gross().value()).orElse(null),
        total.map(all -> all.fees().negated().value()).orElse(null),
        slippage().negated().value(),
        error.value());
    history++;
  }

  /** Of all markets; empty where one of them is not known. */
  private Optional<Pnl> total() {
    Pnl sum = Pnl.ZERO;
    for (MarketPanel market : markets.values()) {
      Optional<Pnl> known = market.pnl();
      if (known.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.plus(known.get());
    }
    return Optional.of(sum);
  }

  private Usd slippage() {
    return markets.values().stream().map(MarketPanel::slippage).reduce(Usd.ZERO, Usd::plus);
  }

  long sequence() {
    return sequence;
  }

  /** Counts the rows of the charts: another number, other rows. */
  long history() {
    return history;
  }

  /** Everything that is drawn over time. */
  Map<String, Object> historyFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("pnl", pnl.columns());
    Map<String, Object> funding = new LinkedHashMap<>();
    markets.forEach((id, market) -> funding.put(id.name(), market.fundingColumns()));
    fields.put("funding", funding);
    return fields;
  }

  /** Everything that is shown of this moment. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("seq", sequence);
    fields.put("ts", last.toEpochMilli());
    fields.put("run", runFields());
    Optional<AccountState> reported = account();
    fields.put("account", reported.map(this::accountFields));
    fields.put("capital", reported.map(this::capital));
    fields.put("total", totalFields());
    List<Object> rows = new ArrayList<>();
    markets.forEach((id, market) -> rows.add(market.fields(last, fees.get(id.venue()))));
    fields.put("markets", rows);
    fields.put("orders", orders.rows());
    fields.put("outcomes", orders.outcomes());
    fields.put("answered", answers.fields());
    fields.put("proof", reported.map(this::proof));
    Map<String, Object> report = books.report(identity).fields();
    fields.put("venue_check", report.get("venue"));
    fields.put("report", report.get("markets"));
    return fields;
  }

  private Map<String, Object> runFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("mode", identity.mode());
    fields.put("network", identity.network());
    fields.put("world", identity.world());
    fields.put("seed", identity.seed());
    fields.put("venue", venue);
    fields.put("run_id", runId);
    fields.put("metrics", metrics);
    fields.put("starts", starts);
    fields.put("first", Optional.ofNullable(first).map(Instant::toEpochMilli));
    fields.put(
        "ended",
        Optional.ofNullable(ended)
            .map(end -> {
              Map<String, Object> how = new LinkedHashMap<>();
              how.put("exit_code", end.command().exitCode());
              how.put("reason", end.command().reason());
              how.put("at", end.at().toEpochMilli());
              return how;
            }));
    return fields;
  }

  /** Of all venues together; empty while one of them has not reported it. */
  private Optional<AccountState> account() {
    boolean complete =
        markets.keySet().stream().allMatch(market -> accounts.containsKey(market.venue()));
    return complete ? accounts.values().stream().reduce(AccountState::plus) : Optional.empty();
  }

  /** When the oldest of these reports was made. */
  private Optional<Long> accountAt() {
    return reportedAt.values().stream().min(Instant::compareTo).map(Instant::toEpochMilli);
  }

  private Map<String, Object> accountFields(AccountState state) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at", accountAt());
    fields.put("pooled", state.pooled());
    fields.put("perp_equity", state.perpEquity());
    fields.put("quote", state.quoteBalance());
    fields.put("free_for_spot", state.freeForSpot());
    fields.put("free_for_perp", state.freeForPerp());
    fields.put("open_orders", state.openOrders().size());
    return fields;
  }

  /** At work: the coins at their price and as much collateral behind the short (1x). */
  private Map<String, Object> capital(AccountState state) {
    Optional<Usd> work = Optional.of(Usd.ZERO);
    for (MarketPanel market : markets.values()) {
      Optional<Usd> worth = market.capital();
      work = work.flatMap(sum -> worth.map(sum::plus));
    }
    Optional<Usd> spot = coins();
    Usd quote = state.pooled() ? Usd.ZERO : state.quoteBalance();
    Optional<Usd> all = spot.map(coins -> coins.plus(quote).plus(state.perpEquity()));
    Optional<Usd> atWork = work;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("all", all);
    fields.put("at_work", atWork);
    fields.put("idle", all.flatMap(sum -> atWork.map(busy -> sum.minus(busy).max(Usd.ZERO))));
    return fields;
  }

  private Optional<Usd> coins() {
    Optional<Usd> sum = Optional.of(Usd.ZERO);
    for (MarketPanel market : markets.values()) {
      Optional<Usd> worth = market.coins();
      sum = sum.flatMap(before -> worth.map(before::plus));
    }
    return sum;
  }

  private Map<String, Object> totalFields() {
    Map<String, Object> fields = MarketPanel.pnlFields(total().orElse(null), slippage());
    fields.put(
        "funding_today",
        markets.values().stream().map(MarketPanel::fundingToday).reduce(Usd.ZERO, Usd::plus));
    Optional<Usd> net = Optional.of(Usd.ZERO);
    for (MarketPanel market : markets.values()) {
      Optional<Usd> today = market.netToday();
      net = net.flatMap(sum -> today.map(sum::plus));
    }
    fields.put("net_today", net);
    return fields;
  }

  /** What the venue's last report of the account says, against our books. */
  private List<Object> proof(AccountState state) {
    List<Object> rows = new ArrayList<>();
    for (MarketId id : markets.keySet()) {
      PairLedger ledger = books.portfolio().ledger(id);
      rows.add(
          proofRow(id, "spot owned", ledger.ownedSpot(), state.spotTotal(InstrumentId.spot(id))));
      rows.add(
          proofRow(
              id,
              "perp position",
              ledger.shortPerp().negated(),
              state.perpSize(InstrumentId.perp(id))));
    }
    return rows;
  }

  private Map<String, Object> proofRow(
      MarketId id, String what, Quantity ours, Quantity venueSize) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("market", id.name());
    row.put("what", what);
    row.put("ours", ours);
    row.put("venue", venueSize);
    row.put("difference", venueSize.minus(ours));
    row.put("at", Optional.ofNullable(reportedAt.get(id.venue())).map(Instant::toEpochMilli));
    return row;
  }
}
