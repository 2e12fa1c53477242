package io.twinleg.dashboard;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.twinleg.telemetry.LatencyHistogram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The figures of the page for Prometheus, by Micrometer. They are made of what was last published,
 * when they are asked for: a figure that is not known has no sample. The names are listed in
 * docs/operations.md.
 */
final class PrometheusMetrics {
  private static final String MARKET = "market";
  private static final List<String> CAUSES =
      List.of("funding", "basis", "fees", "slippage", "corrections", "net");
  private static final List<String> FEEDS =
      List.of("spot_book", "perp_book", "mark", "funding_rate");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();
  private final Map<String, List<Row<?>>> rows = new LinkedHashMap<>();

  private final Timer acknowledgement =
      Timer.builder("twinleg.order.acknowledgement")
          .description(
              "From the command in the journal to the venue's first answer, by the run's clock")
          .serviceLevelObjectives(
              Duration.ofMillis(50),
              Duration.ofMillis(100),
              Duration.ofMillis(250),
              Duration.ofMillis(500),
              Duration.ofSeconds(1),
              Duration.ofSeconds(3),
              Duration.ofSeconds(10))
          .register(registry);

  private volatile JsonNode published = MissingNode.getInstance();

  PrometheusMetrics() {
    Map<String, String> ways = new LinkedHashMap<>();
    ways.put("decided", "to the decision");
    ways.put("durable", "until its commands are durable");
    ways.put("sent", "until its commands are with the venue's connection");
    ways.forEach((field, way) ->
        registry.getPrometheusRegistry().register((Collector) () -> latency(field, way)));
  }

  /** As the runner wrote it; a restart begins anew. */
  private HistogramSnapshot latency(String field, String way) {
    HistogramSnapshot.Builder histogram =
        HistogramSnapshot.builder()
            .name("twinleg_event_" + field + "_seconds")
            .help("From the arrival of an event " + way + ", since the program's last start");
    JsonNode counts = published.path(field).path("buckets");
    List<Double> bounds = new ArrayList<>(LatencyHistogram.bounds());
    bounds.add(Double.POSITIVE_INFINITY);
    if (counts.size() != bounds.size()) {
      return histogram.build();
    }
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < bounds.size(); i++) {
      buckets.bucket(bounds.get(i), counts.get(i).asLong());
    }
    return histogram
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(published.path(field).path("sum_s").asDouble())
                .build())
        .build();
  }

  /** From any thread. */
  void acknowledged(Duration after) {
    acknowledgement.record(after);
  }

  /**
   * In the text format of Prometheus.
   *
   * @param state as it was published
   */
  synchronized String scrape(JsonNode state) {
    published = state.path("latency");
    gauges.keySet().forEach(name -> rows.put(name, new ArrayList<>()));
    add(
        "running",
        "1 while a runner has the journal",
        Tags.empty(),
        state.path("running").asBoolean(false) ? 1 : 0);
    add(
        "runs_started",
        "Starts of the program on this journal",
        Tags.empty(),
        state.path("run").path("starts"));
    addStatus(state.path("status"));
    long now = clock(state);
    addAge(
        "journal_lag_seconds",
        "Since the last event that is committed",
        Tags.empty(),
        now,
        state.path("ts"));
    addAge(
        "account_age_seconds",
        "Since the venue's last report of the account",
        Tags.empty(),
        now,
        state.path("account").path("at"));
    state.path("markets").forEach(market -> addMarket(market, now));
    state
        .path("report")
        .forEach(market ->
            add(
                "unhedged_usd_seconds",
                "Un-hedged USD times seconds, since the beginning",
                Tags.of(MARKET, market.path(MARKET).asString("")),
                market.path("hedge").path("usd_seconds")));
    state
        .path("outcomes")
        .properties()
        .forEach(outcome ->
            add(
                "orders",
                "Orders by how they ended, since the beginning",
                Tags.of("outcome", outcome.getKey()),
                outcome.getValue()));
    gauges.forEach((name, gauge) -> gauge.register(rows.getOrDefault(name, List.of()), true));
    return registry.scrape();
  }

  /** A live run's clock is the wall clock; a dry run's is that of its last event. */
  private static long clock(JsonNode state) {
    String mode = state.path("mode").asString("");
    return mode.equals("live") || mode.equals("paper")
        ? state.path("wall").asLong(0)
        : state.path("ts").asLong(0);
  }

  private void addStatus(JsonNode status) {
    if (!status.isObject()) {
      return;
    }
    add(
        "mode",
        "1 for the mode that the run is in",
        Tags.of("mode", status.path("mode").asString("")),
        1);
    boolean latched = !status.path("latched").asString("none").equals("none");
    add("halted", "1 while a halt is latched", Tags.empty(), latched ? 1 : 0);
    add(
        "orders_left",
        "New orders that this minute still allows",
        Tags.empty(),
        status.path("orders_left"));
    add(
        "actions_left",
        "Actions that the venue still grants",
        Tags.empty(),
        status.path("actions_left"));
    JsonNode margin = status.path("margin");
    add("margin_ratio", "Perp equity over perp notional", Tags.empty(), margin.path("ratio"));
    add("margin_ratio_act", "The ratio below which the run acts", Tags.empty(), margin.path("act"));
    add(
        "liquidation_distance_ratio",
        "How far the price may rise before the venue liquidates, as a part of it",
        Tags.empty(),
        margin.path("liq_distance"));
    status
        .path("markets")
        .forEach(market -> {
          Tags tags = Tags.of(MARKET, market.path(MARKET).asString(""));
          add(
              "state",
              "1 for the state that the market is in",
              tags.and("state", market.path("state").asString("")),
              1);
          add(
              "signal_apr",
              "The averaged funding rate, as a part a year",
              tags,
              market.path("apr"));
          market
              .path("gates")
              .forEach(gate ->
                  add(
                      "gate_open",
                      "1 where the entry gate is open",
                      tags.and("gate", gate.path("reason").asString("")),
                      gate.path("open").asBoolean(false) ? 1 : 0));
        });
  }

  private void addMarket(JsonNode market, long now) {
    Tags tags = Tags.of(MARKET, market.path(MARKET).asString(""));
    JsonNode imbalance = market.path("imbalance");
    add("hedge_error_usd", "How far the legs stand apart", tags, imbalance.path("usd"));
    if (imbalance.isObject()) {
      add(
          "unhedged",
          "1 while more stands alone than the lots explain",
          tags,
          imbalance.path("unhedged").asBoolean(true) ? 1 : 0);
    }
    add("notional_usd", "The short at its last price", tags, market.path("perp").path("value"));
    add(
        "funding_rate_apr",
        "The venue's estimate for this period, as a part a year",
        tags,
        market.path("rate"));
    CAUSES.forEach(cause ->
        add(
            "pnl_usd",
            "Profit and loss by cause, since the beginning",
            tags.and("cause", cause),
            market.path("pnl").path(cause)));
    FEEDS.forEach(feed ->
        addAge(
            "feed_age_seconds",
            "Since a feed last said something",
            tags.and("feed", feed),
            now,
            market.path("read").path(feed)));
  }

  private void addAge(String name, String description, Tags tags, long now, JsonNode at) {
    if (at.isNumber()) {
      add(name, description, tags, Math.max(0, now - at.asLong()) / 1000.0);
    }
  }

  private void add(String name, String description, Tags tags, JsonNode value) {
    if (value.isNumber()) {
      add(name, description, tags, value.doubleValue());
    }
  }

  private void add(String name, String description, Tags tags, double value) {
    gauges.computeIfAbsent(
        name,
        each -> MultiGauge.builder("twinleg." + each).description(description).register(registry));
    rows.computeIfAbsent(name, each -> new ArrayList<>()).add(Row.of(tags, value));
  }
}
