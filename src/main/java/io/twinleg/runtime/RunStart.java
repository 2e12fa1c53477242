package io.twinleg.runtime;

import io.twinleg.core.Engine;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.FeedStatusChanged;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.venue.DataClient;
import io.twinleg.venue.ExecutionClient;
import io.twinleg.venue.Venue;
import io.twinleg.venue.VenueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a start asks the venue. Each answer is an event; the account comes after the fills that it
 * shows, and the markets' data after both. Of several venues one that does not answer is left out:
 * nothing more is asked of it, and it is silent from there on.
 */
public final class RunStart {
  private final RunSpec spec;
  private final DataClient data;
  private final ExecutionClient execution;
  private final @Nullable Engine engine;
  private final BiConsumer<VenueId, Event> events;
  private final Map<MarketId, Instrument> perps = new LinkedHashMap<>();
  private final TreeSet<VenueId> away = new TreeSet<>();

  /**
   * @param engine what is known of the markets already; null where nothing is
   * @param events processes each answer before the next question
   */
  RunStart(RunSpec spec, Venue venue, @Nullable Engine engine, BiConsumer<VenueId, Event> events) {
    this.spec = spec;
    this.data = venue.marketData();
    this.execution = venue.trading();
    this.engine = engine;
    this.events = events;
  }

  /**
   * Asks one of a run's venues that was away when the run began, and returns its answers: with the
   * last of them its markets are traded.
   *
   * @throws VenueException when it does not answer, or a market cannot be traded
   */
  public static List<Event> answers(RunSpec spec, VenueId id, Venue venue) {
    List<Event> answers = new ArrayList<>();
    RunStart start = new RunStart(spec, venue, null, (at, event) -> answers.add(event));
    start.indices(id).forEach(start::resolve);
    start.terms(id, venue.trading());
    start.perps.values().forEach(start::history);
    start.account(id, venue.trading());
    start.indices(id).forEach(start::subscribe);
    answers.add(new FeedStatusChanged(FeedStatusChanged.Feed.ACCOUNT, Optional.empty(), true));
    answers.add(new Event.StartupCompleted());
    return answers;
  }

  /**
   * @throws VenueException when no venue answers, or a market cannot be traded
   */
  void ask() {
    List<VenueId> venues = List.copyOf(execution.venues());
    for (int i = 0; i < spec.markets().size(); i++) {
      int index = i;
      at(market(i).venue(), () -> resolve(index));
    }
    venues.forEach(each -> at(each, () -> terms(each, execution.at(each))));
    perps.forEach((market, perp) -> at(market.venue(), () -> history(perp)));
    venues.forEach(each -> at(each, () -> account(each, execution.at(each))));
    for (int i = 0; i < spec.markets().size(); i++) {
      int index = i;
      at(market(i).venue(), () -> subscribe(index));
    }
    events.accept(VenueId.FIRST, new Event.StartupCompleted());
  }

  private void at(VenueId venue, Runnable question) {
    if (away.contains(venue)) {
      return;
    }
    try {
      question.run();
    } catch (VenueException failure) {
      if (!failure.isRetryable()) {
        throw failure;
      }
      execution.startWithout(venue, failure);
      away.add(venue);
      events.accept(
          venue, new FeedStatusChanged(FeedStatusChanged.Feed.ACCOUNT, Optional.empty(), false));
    }
  }

  // ---- the questions

  private MarketId market(int index) {
    return spec.markets().get(index).names().market();
  }

  private List<Integer> indices(VenueId venue) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < spec.markets().size(); i++) {
      if (market(i).venue().equals(venue)) {
        indices.add(i);
      }
    }
    return indices;
  }

  private void terms(VenueId venue, ExecutionClient client) {
    events.accept(venue, new Event.CapabilitiesReported(client.capabilities()));
    events.accept(venue, new Event.FeesReported(client.fees()));
  }

  private void history(Instrument perp) {
    events.accept(
        perp.id().market().venue(),
        new Event.FundingHistoryLoaded(perp.id(), data.fundingHistory(perp, spec.historyHours())));
  }

  private void account(VenueId venue, ExecutionClient client) {
    client.backfill().forEach(event -> events.accept(venue, event));
    events.accept(venue, new Event.AccountReported(client.account()));
  }

  private void subscribe(int index) {
    RunSpec.subscribe(data, spec.markets().get(index));
  }

  /**
   * Nothing is begun on a delisted perp; where the journal has the market, what was held is not
   * left alone.
   */
  private void resolve(int index) {
    MarketId market = market(index);
    DataClient.Pair pair = data.resolve(spec.markets().get(index).names());
    boolean isKnown = engine == null || engine.knows(market);
    if (pair.delisted() && !isKnown) {
      throw new VenueException(
          "markets.perp is \"%s\": the venue has delisted it; ./twinleg markets shows all there are"
              .formatted(spec.markets().get(index).names().perp()),
          false);
    }
    events.accept(
        market.venue(), new Event.InstrumentsResolved(market, index, pair.spot(), pair.perp()));
    boolean wasDelisted = engine != null && engine.isDelisted(market);
    if (wasDelisted != pair.delisted()) {
      events.accept(
          market.venue(),
          new Event.TradingHalted(InstrumentId.perp(market), pair.delisted(), pair.delisted()));
    }
    perps.put(market, pair.perp());
  }
}
