package io.twinleg.stress.invariants;

import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.MarketListener;
import io.twinleg.simulator.NetworkModel.FaultModel;
import io.twinleg.simulator.Request;
import io.twinleg.simulator.Request.Rejection;
import io.twinleg.stress.invariants.CostStats.MidPrices;
import io.twinleg.stress.invariants.Violation.ViolationRecorder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the invariants from the exchange's side: sees every request when it arrives and what
 * becomes of it, every fill when it happens, and the end of every instant. Of the runner it knows
 * only what it is passed as plain values, and compares those.
 */
public final class Checker implements FaultModel, MarketListener {
  private static final Duration REJECTION = Duration.ofSeconds(2);

  private final FaultModel faults;
  private final OrderIdTag orderIdTag;
  private final Map<MarketId, ShadowLedger> ledgers = new LinkedHashMap<>();
  private final Map<MarketId, UnhedgedInvariant> unhedged = new LinkedHashMap<>();
  private final Map<MarketId, ExternalReductionInvariant> externalReductions =
      new LinkedHashMap<>();
  private final MidPrices midPrices;
  private final OpenOrders orders = new OpenOrders();
  private final CostStats costs = new CostStats();
  private final Set<Fill.Identity> fills = new LinkedHashSet<>();
  private final Set<InstrumentId> haltedInstruments = new LinkedHashSet<>();
  private final Exchange exchange;
  private final ViolationRecorder violations;
  private final OrderChecks checks;
  private final HaltInvariant halts;
  private Set<VenueId> unavailable = Set.of();
  private boolean refused;
  private BigDecimal largestTogether = BigDecimal.ZERO;
  private Instant lastChange = Instant.MIN;

  /**
   * Must be made before anything happens at the exchange.
   *
   * @param faults of the network; the checker forwards to them
   * @param orderIdTag of the runner's orders
   */
  public Checker(
      Exchange exchange, FaultModel faults, OrderIdTag orderIdTag, List<MarketRules> markets) {
    this.exchange = exchange;
    this.faults = faults;
    this.orderIdTag = orderIdTag;
    violations = new ViolationRecorder(exchange::now);
    checks = new OrderChecks(violations, orders, orderIdTag);
    midPrices = new MidPrices(exchange);
    halts = new HaltInvariant(violations);
    for (MarketRules rules : markets) {
      ShadowLedger pair = new ShadowLedger(rules);
      ledgers.put(rules.market(), pair);
      unhedged.put(rules.market(), new UnhedgedInvariant(pair, exchange, violations));
      externalReductions.put(
          rules.market(), new ExternalReductionInvariant(rules.market(), orders, violations));
    }
  }

  public Optional<Violation> violation() {
    return violations.first();
  }

  // ---- what the simulation reports of the runner, as plain values

  /** A command has reached the disk: the id of its order, or another name of it. */
  public void durable(String command) {
    checks.addDurable(command);
  }

  /**
   * @param venues at which the runner cannot act: all while the process is down, else those that
   *     cannot be reached or whose account's feed is silent
   */
  public void setUnavailable(Set<VenueId> venues) {
    check();
    unavailable = Set.copyOf(venues);
    suspend();
  }

  /** The runner has halted entries until they are resumed. */
  public void halted() {
    halts.latched(exchange.now());
  }

  /** The operator is about to resume. */
  public void expectResume() {
    halts.expectResume();
  }

  /** The runner has lifted the halt. */
  public void resumed() {
    halts.resumed();
  }

  public void crashed() {
    halts.crashed(exchange.now());
  }

  /**
   * @param halted whether the restarted runner reports that entries are halted
   */
  public void restarted(boolean halted) {
    halts.restarted(halted, exchange.now());
    unhedged.values().forEach(UnhedgedInvariant::restart);
    externalReductions.values().forEach(ExternalReductionInvariant::restart);
  }

  /** I6 and I2, when the runner has received everything. */
  public void compare(ReportedPosition reported) {
    reported.compare(market(reported.market()), orders, violations);
  }

  private ShadowLedger market(MarketId id) {
    return Optional.ofNullable(ledgers.get(id))
        .orElseThrow(() -> new IllegalArgumentException(id + " is not a market of this world"));
  }

  /** Whether the account has not changed since then. */
  public boolean isQuietSince(Instant when) {
    return lastChange.isBefore(when);
  }

  /** I12: the result of a replay of the journal. */
  public void replayed(@Nullable Object difference) {
    violations.require(difference == null, "I12", "%s", String.valueOf(difference));
  }

  /** A violation that only the simulation can see. */
  public void broken(String invariant, String text) {
    violations.require(false, invariant, "%s", text);
  }

  public CheckResult result() {
    BigDecimal net = BigDecimal.ZERO;
    BigDecimal usdSeconds = BigDecimal.ZERO;
    Duration longest = Duration.ZERO;
    BigDecimal largest = BigDecimal.ZERO;
    for (ShadowLedger pair : ledgers.values()) {
      net = net.add(pair.worth(midPrices.of(pair.rules().spot().id()), mark(pair)));
    }
    for (UnhedgedInvariant watch : unhedged.values()) {
      usdSeconds = usdSeconds.add(watch.usdSeconds());
      longest = watch.longest().compareTo(longest) > 0 ? watch.longest() : longest;
      largest = largest.max(watch.largest());
    }
    return new CheckResult(
        net,
        usdSeconds,
        longest,
        largest,
        largestTogether,
        costs.fills(),
        costs.traded(),
        costs.costBps(),
        costs.markoutBps());
  }

  private BigDecimal mark(ShadowLedger pair) {
    return exchange.mark(pair.rules().perp().id()).map(Price::value).orElse(BigDecimal.ZERO);
  }

  // ---- requests and reports

  @Override
  public Passage request(AccountId from, Request request, Instant sent) {
    Passage passage = faults.request(from, request, sent);
    switch (request) {
      case Request.Place place -> checkPlace(place, sent);
      case Request.Cancel cancel -> checks.check(cancel);
      case Request.TransferCollateral move -> checks.check(move);
      default -> {
        // a query
      }
    }
    allowForLoss(passage);
    return passage;
  }

  private void checkPlace(Request.Place place, Instant sent) {
    boolean ours = place.order().filter(it -> it.belongsTo(orderIdTag)).isPresent();
    violations.require(ours, "I4", "an order without an id of ours: %s", place);
    if (!ours) {
      return;
    }
    violations.require(
        orders.isNew(place.order().orElseThrow()), "I8", "%s: the id was used before", place);
    orders.expire(sent);
    checks.check(place, market(place.instrument().market()), sent);
    if (OrderChecks.isEntry(place.order().orElseThrow())) {
      halts.checkEntry(place, sent);
    }
    orders.sent(place);
    Optional.ofNullable(externalReductions.get(place.instrument().market()))
        .ifPresent(it -> it.sent(place));
  }

  private void allowForLoss(Passage passage) {
    switch (passage) {
      case Passage.Late late when late.by().isZero() -> {}
      case Passage.Late late -> unhedged.values().forEach(UnhedgedInvariant::unknown);
      case Passage.Lost lost -> unhedged.values().forEach(UnhedgedInvariant::unknown);
      case Passage.Doubled doubled -> {}
    }
  }

  @Override
  public Passage answer(AccountId to, Request request, ExecutionReport answer, Instant executed) {
    switch (answer) {
      case ExecutionReport.Accepted accepted -> accepted.order().ifPresent(orders::arrived);
      case ExecutionReport.Rejected rejected -> rejected.order().ifPresent(orders::ended);
      case ExecutionReport.NonceInvalidated nonce when nonce.invalidated() ->
          orders.ended(nonce.order());
      default -> {
        // open orders stay as they are
      }
    }
    lastChange = executed;
    Passage passage = faults.answer(to, request, answer, executed);
    allowForLoss(passage);
    return passage;
  }

  @Override
  public Passage stream(AccountId to, ExecutionReport report, Instant executed) {
    lastChange = executed;
    switch (report) {
      case ExecutionReport.Filled filled -> filled(filled.fill());
      case ExecutionReport.Closed closed -> closed.order().ifPresent(orders::ended);
      case ExecutionReport.FundingPaid paid -> paid(paid.payment());
      default -> {
        // an account state: the sum of the others
      }
    }
    Passage passage = faults.stream(to, report, executed);
    if (report instanceof ExecutionReport.Filled filled) {
      checkExternal(filled.fill(), passage);
    }
    if (passage instanceof Passage.Late late && !late.by().isZero()) {
      unhedged.values().forEach(watch -> watch.allow(late.by()));
    }
    return passage;
  }

  /** An external trade in our perp: the spot that it leaves un-hedged must be sold at once. */
  private void checkExternal(Fill fill, Passage passage) {
    MarketId market = fill.instrument().market();
    boolean ours = fill.clientOrderId().filter(it -> it.belongsTo(orderIdTag)).isPresent();
    boolean closes = fill.instrument().leg() == Leg.PERP && fill.side() == Side.BUY;
    UnhedgedInvariant watch = unhedged.get(market);
    ExternalReductionInvariant reduction = externalReductions.get(market);
    if (!ours && closes && watch != null && reduction != null && watch.isSpotUnhedged()) {
      reduction.reduced(exchange.now());
      reduction.delivered(passage);
    }
  }

  private void filled(Fill fill) {
    violations.require(fills.add(fill.identity()), "I6", "two fills of one identity: %s", fill);
    ShadowLedger pair = ledgers.get(fill.instrument().market());
    UnhedgedInvariant watch = unhedged.get(fill.instrument().market());
    if (pair == null || watch == null) {
      return;
    }
    boolean ours = fill.clientOrderId().filter(it -> it.belongsTo(orderIdTag)).isPresent();
    if (!ours) {
      watch.changedExternally();
    }
    pair.book(fill, ours);
    orders.filled(fill);
    if (ours) {
      costs.add(fill, midPrices.of(fill.instrument()));
    }
    violations.require(
        pair.owned().signum() >= 0,
        "I4",
        "sold %s more of %s than it owned",
        pair.owned().negate().toPlainString(),
        fill.instrument());
    violations.require(
        pair.position().signum() <= 0,
        "I5",
        "the perp of %s is long: %s",
        fill.instrument().market(),
        pair.position().toPlainString());
    watch.update(exchange.now());
  }

  private void paid(FundingPayment payment) {
    ShadowLedger pair = ledgers.get(payment.instrument().market());
    if (pair != null) {
      pair.paid(payment.amount().value());
    }
  }

  @Override
  public Optional<Rejection> rejection(AccountId from, Request request, Instant now) {
    Optional<Rejection> rejection = faults.rejection(from, request, now);
    if (rejection.isPresent()) {
      unhedged.values().forEach(watch -> watch.allow(REJECTION));
    }
    boolean rateLimited =
        rejection.filter(it -> it.reason() == RejectReason.RATE_LIMIT).isPresent();
    if (rateLimited != refused && request instanceof Request.Place) {
      check();
      refused = rateLimited;
      suspend();
    }
    return rejection;
  }

  // ---- instants and markets

  @Override
  public void turnEnded(Instant now) {
    for (ShadowLedger pair : ledgers.values()) {
      midPrices.remember(pair.rules().spot().id());
      midPrices.remember(pair.rules().perp().id());
      exchange
          .mark(pair.rules().perp().id())
          .ifPresent(mark -> pair.seen(mark.value(), now.getEpochSecond() / 3600));
    }
    costs.update(now, fill -> midPrices.of(fill.instrument()));
    check();
  }

  private void check() {
    unhedged.values().forEach(watch -> watch.update(exchange.now()));
    BigDecimal together =
        unhedged.values().stream()
            .map(UnhedgedInvariant::nakedUsd)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    largestTogether = largestTogether.max(together);
    unhedged.forEach((market, watch) ->
        Optional.ofNullable(externalReductions.get(market))
            .ifPresent(it -> it.check(exchange.now(), watch.isSpotUnhedged())));
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {}

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean isHalted) {
    check();
    if (isHalted) {
      haltedInstruments.add(instrument);
    } else {
      haltedInstruments.remove(instrument);
    }
    suspend();
  }

  private void suspend() {
    for (MarketId market : unhedged.keySet()) {
      boolean suspended =
          unavailable.contains(market.venue())
              || refused
              || haltedInstruments.contains(InstrumentId.spot(market))
              || haltedInstruments.contains(InstrumentId.perp(market));
      Optional.ofNullable(unhedged.get(market)).ifPresent(it -> it.suspend(suspended));
      Optional.ofNullable(externalReductions.get(market)).ifPresent(it -> it.suspend(suspended));
    }
  }
}
