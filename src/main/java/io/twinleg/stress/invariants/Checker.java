package io.twinleg.stress.invariants;

import io.twinleg.core.model.Fill;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.FundingPayment;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.RejectReason;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.AccountId;
import io.twinleg.simulator.Exchange;
import io.twinleg.simulator.ExecutionReport;
import io.twinleg.simulator.NetworkModel.FaultModel;
import io.twinleg.simulator.MarketListener;
import io.twinleg.simulator.Request.Rejection;
import io.twinleg.simulator.Request;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stands at the exchange's door and in its hall: sees every request as it arrives with what becomes
 * of it, every fill as it happens, and every instant that ends. It trusts nothing the runner says
 * but what it is handed as plain values, and those it compares.
 */
public final class Checker implements FaultModel, MarketListener {
  private static final Duration REFUSAL = Duration.ofSeconds(2);

  private final FaultModel faults;
  private final OrderIdTag book;
  private final Map<MarketId, ShadowLedger> books = new LinkedHashMap<>();
  private final Map<MarketId, UnhedgedInvariant> watches = new LinkedHashMap<>();
  private final Map<MarketId, ExternalReductionInvariant> outside = new LinkedHashMap<>();
  private final MidPrices middles;
  private final BooksAgreeCheck comparison;
  private final OpenOrders orders = new OpenOrders();
  private final CostStats tally = new CostStats();
  private final Set<Fill.Identity> fills = new LinkedHashSet<>();
  private final Set<InstrumentId> halted = new LinkedHashSet<>();
  private final Exchange exchange;
  private final ViolationRecorder verdicts;
  private final OrderChecks checks;
  private final WriteAheadInvariant written;
  private final HaltInvariant halts;
  private boolean away;
  private boolean refused;
  private Instant lastStir = Instant.MIN;

  /**
   * Before anything happens there.
   *
   * @param faults what goes wrong on the wire; the checker sees it happen
   * @param book the mark of the runner's orders
   */
  public Checker(Exchange exchange, FaultModel faults, OrderIdTag book, List<MarketRules> markets) {
    this.exchange = exchange;
    this.faults = faults;
    this.book = book;
    verdicts = new ViolationRecorder(exchange::now);
    checks = new OrderChecks(verdicts, orders);
    middles = new MidPrices(exchange);
    comparison = new BooksAgreeCheck(verdicts, orders);
    written = new WriteAheadInvariant(verdicts, book);
    halts = new HaltInvariant(verdicts);
    for (MarketRules rules : markets) {
      ShadowLedger pair = new ShadowLedger(rules);
      books.put(rules.market(), pair);
      watches.put(rules.market(), new UnhedgedInvariant(pair, exchange, verdicts));
      outside.put(rules.market(), new ExternalReductionInvariant(rules.market(), orders, verdicts));
    }
  }

  public Optional<Violation> violation() {
    return verdicts.first();
  }

  // ---- what the simulation says of the runner, as plain values

  /** An intent has reached the disk: an order's name, or what else names a command. */
  public void durable(String intent) {
    written.add(intent);
  }

  /** The process is dead, the venue out of reach, or the account's line silent. */
  public void away(boolean isAway) {
    look();
    away = isAway;
    stand();
  }

  /** It has stopped entries until somebody says otherwise. */
  public void halted() {
    halts.latched(exchange.now());
  }

  /** Somebody is about to say otherwise. */
  public void mayResume() {
    halts.permitted();
  }

  /** It goes on, as it has heard that it may. */
  public void resumed() {
    halts.resumed();
  }

  public void died() {
    halts.died(exchange.now());
  }

  /**
   * @param halted whether the next life says that entries are stopped
   */
  public void restarted(boolean halted) {
    halts.reborn(halted, exchange.now());
    watches.values().forEach(UnhedgedInvariant::restart);
    outside.values().forEach(ExternalReductionInvariant::restart);
  }

  /** I6 and I2, where the runner has heard all there is. */
  public void compare(ReportedPosition told) {
    ShadowLedger pair = market(told.market());
    comparison.compare(told, pair);
  }

  private ShadowLedger market(MarketId id) {
    return Optional.ofNullable(books.get(id))
        .orElseThrow(() -> new IllegalArgumentException(id + " is no market of this world"));
  }

  /** Whether nothing has happened to the account since then. */
  public boolean isQuietSince(Instant when) {
    return lastStir.isBefore(when);
  }

  /** I12: what a replay of the journal came to. */
  public void replayed(Optional<String> difference) {
    verdicts.require(difference.isEmpty(), "I12", "%s", difference.orElse(""));
  }

  /** Something that has a name among the invariants and that only the simulation can see. */
  public void broken(String invariant, String text) {
    verdicts.require(false, invariant, "%s", text);
  }

  public CheckResult findings() {
    BigDecimal net = BigDecimal.ZERO;
    BigDecimal usdSeconds = BigDecimal.ZERO;
    Duration longest = Duration.ZERO;
    BigDecimal largest = BigDecimal.ZERO;
    for (ShadowLedger pair : books.values()) {
      net = net.add(pair.worth(middles.of(pair.rules().spot().id()), mark(pair)));
    }
    for (UnhedgedInvariant watch : watches.values()) {
      usdSeconds = usdSeconds.add(watch.usdSeconds());
      longest = watch.longest().compareTo(longest) > 0 ? watch.longest() : longest;
      largest = largest.max(watch.largest());
    }
    return new CheckResult(
        net,
        usdSeconds,
        longest,
        largest,
        tally.fills(),
        tally.traded(),
        tally.costBps(),
        tally.markoutBps());
  }

  private BigDecimal mark(ShadowLedger pair) {
    return exchange.mark(pair.rules().perp().id()).map(Price::value).orElse(BigDecimal.ZERO);
  }

  // ---- at the door

  @Override
  public Passage request(AccountId from, Request request, Instant sent) {
    Passage passage = faults.request(from, request, sent);
    switch (request) {
      case Request.Place place -> checkPlace(place, sent);
      case Request.Cancel cancel -> written.check(cancel);
      case Request.TransferCollateral move -> written.check(move);
      default -> {
        // asks, and changes nothing that is traded
      }
    }
    doubt(passage);
    return passage;
  }

  private void checkPlace(Request.Place place, Instant sent) {
    boolean ours = place.order().filter(it -> it.belongsTo(book)).isPresent();
    verdicts.require(ours, "I4", "an order that bears no name of ours: %s", place);
    if (!ours) {
      return;
    }
    written.check(place.order().orElseThrow());
    verdicts.require(
        orders.isNew(place.order().orElseThrow()), "I8", "%s: the name was used before", place);
    orders.expire(sent);
    checks.check(place, market(place.instrument().market()), sent);
    if (ClientOrderIdParser.isEntry(place.order().orElseThrow())) {
      halts.checkEntry(place, sent);
    }
    orders.sent(place);
    Optional.ofNullable(outside.get(place.instrument().market())).ifPresent(it -> it.sent(place));
  }

  private void doubt(Passage passage) {
    switch (passage) {
      case Passage.Late late when late.by().isZero() -> {}
      case Passage.Late late -> watches.values().forEach(UnhedgedInvariant::unknown);
      case Passage.Lost lost -> watches.values().forEach(UnhedgedInvariant::unknown);
      case Passage.Doubled doubled -> {}
    }
  }

  @Override
  public Passage answer(AccountId to, Request request, ExecutionReport answer, Instant executed) {
    switch (answer) {
      case ExecutionReport.Accepted accepted -> accepted.order().ifPresent(orders::arrived);
      case ExecutionReport.Rejected rejected -> rejected.order().ifPresent(orders::ended);
      case ExecutionReport.NonceInvalidated nonce when nonce.invalidated() -> orders.ended(nonce.order());
      default -> {
        // says nothing about what may still fill
      }
    }
    lastStir = executed;
    Passage passage = faults.answer(to, request, answer, executed);
    doubt(passage);
    return passage;
  }

  @Override
  public Passage stream(AccountId to, ExecutionReport report, Instant executed) {
    lastStir = executed;
    switch (report) {
      case ExecutionReport.Filled filled -> filled(filled.fill());
      case ExecutionReport.Closed closed -> closed.order().ifPresent(orders::ended);
      case ExecutionReport.FundingPaid paid -> paid(paid.payment());
      default -> {
        // an account's state: the sum of the others
      }
    }
    Passage passage = faults.stream(to, report, executed);
    if (report instanceof ExecutionReport.Filled filled) {
      changed(filled.fill(), passage);
    }
    if (passage instanceof Passage.Late late && !late.by().isZero()) {
      watches.values().forEach(watch -> watch.allow(late.by()));
    }
    return passage;
  }

  /** Somebody else's trade in our perp: what it leaves alone is to go at once. */
  private void changed(Fill fill, Passage passage) {
    MarketId market = fill.instrument().market();
    boolean ours = fill.clientOrderId().filter(it -> it.belongsTo(book)).isPresent();
    boolean closes = fill.instrument().leg() == Leg.PERP && fill.side() == Side.BUY;
    UnhedgedInvariant watch = watches.get(market);
    ExternalReductionInvariant answer = outside.get(market);
    if (!ours && closes && watch != null && answer != null && watch.isSpotAlone()) {
      answer.happened(exchange.now());
      answer.told(passage);
    }
  }

  private void filled(Fill fill) {
    verdicts.require(fills.add(fill.identity()), "I6", "two fills of one identity: %s", fill);
    ShadowLedger pair = books.get(fill.instrument().market());
    UnhedgedInvariant watch = watches.get(fill.instrument().market());
    if (pair == null || watch == null) {
      return;
    }
    boolean ours = fill.clientOrderId().filter(it -> it.belongsTo(book)).isPresent();
    if (!ours) {
      watch.touched();
    }
    pair.book(fill, ours);
    orders.filled(fill);
    if (ours) {
      tally.add(fill, middles.of(fill.instrument()));
    }
    verdicts.require(
        pair.owned().signum() >= 0,
        "I4",
        "sold %s more of %s than it owned",
        pair.owned().negate().toPlainString(),
        fill.instrument());
    verdicts.require(
        pair.position().signum() <= 0,
        "I5",
        "the perp of %s is long: %s",
        fill.instrument().market(),
        pair.position().toPlainString());
    watch.look(exchange.now());
  }

  private void paid(FundingPayment payment) {
    ShadowLedger pair = books.get(payment.instrument().market());
    if (pair != null) {
      pair.paid(payment.amount().value());
    }
  }

  @Override
  public Optional<Rejection> rejection(AccountId from, Request request, Instant now) {
    Optional<Rejection> rejection = faults.rejection(from, request, now);
    if (rejection.isPresent()) {
      watches.values().forEach(watch -> watch.allow(REFUSAL));
    }
    boolean storm = rejection.filter(it -> it.reason() == RejectReason.RATE_LIMIT).isPresent();
    if (storm != refused && request instanceof Request.Place) {
      look();
      refused = storm;
      stand();
    }
    return rejection;
  }

  // ---- in the hall

  @Override
  public void turnEnded(Instant now) {
    for (ShadowLedger pair : books.values()) {
      middles.remember(pair.rules().spot().id());
      middles.remember(pair.rules().perp().id());
    }
    tally.look(now, fill -> middles.of(fill.instrument()));
    look();
  }

  private void look() {
    watches.values().forEach(watch -> watch.look(exchange.now()));
    watches.forEach((market, watch) ->
        Optional.ofNullable(outside.get(market))
            .ifPresent(it -> it.look(exchange.now(), watch.isSpotAlone())));
  }

  @Override
  public void settled(InstrumentId perp, FundingHour funding) {}

  @Override
  public void statusChanged(InstrumentId instrument, boolean delisted, boolean isHalted) {
    look();
    if (isHalted) {
      halted.add(instrument);
    } else {
      halted.remove(instrument);
    }
    stand();
  }

  private void stand() {
    for (MarketId market : watches.keySet()) {
      boolean stands =
          away
              || refused
              || halted.contains(InstrumentId.spot(market))
              || halted.contains(InstrumentId.perp(market));
      Optional.ofNullable(watches.get(market)).ifPresent(it -> it.stand(stands));
      Optional.ofNullable(outside.get(market)).ifPresent(it -> it.stand(stands));
    }
  }
}
