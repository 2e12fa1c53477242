package io.twinleg.simulator.market.live;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.FundingHour;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.WorldGateway;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The world as a live venue shows it, for paper trading. Its books are the venue's; the accounts'
 * orders stand in them as if they were there. Its market data are applied in the order of time.
 */
public final class LiveWorld implements MarketModel {
  private record Move(Instant time, Consumer<WorldGateway> change) {}

  private final Instant start;
  private final ArrayDeque<Move> moves = new ArrayDeque<>();
  private Instant newest;

  public LiveWorld(Instant start) {
    this.start = start;
    newest = start;
  }

  // ---- what is seen of the venue

  /**
   * The venue's book from now on; an empty one where it is not known. What is no legal quote is
   * left out, and a crossed book is ignored.
   */
  public void book(Instant time, Instrument instrument, BookSnapshot seen) {
    BookSnapshot legal =
        new BookSnapshot(legal(instrument, seen.bids()), legal(instrument, seen.asks()));
    if (!crosses(legal)) {
      add(time, gateway -> gateway.quote(instrument, legal));
    }
  }

  private static List<PriceLevel> legal(Instrument instrument, List<PriceLevel> levels) {
    List<PriceLevel> legal = new ArrayList<>();
    for (PriceLevel level : levels) {
      Quantity lots = instrument.floor(level.quantity());
      if (lots.isPositive() && instrument.prices().isLegal(level.price())) {
        legal.add(new PriceLevel(level.price(), lots));
      }
    }
    return legal;
  }

  private static boolean crosses(BookSnapshot book) {
    return book.best(Side.BUY)
        .flatMap(bid -> book.best(Side.SELL).map(ask -> !bid.isBelow(ask)))
        .orElse(false);
  }

  /** A public trade of this size, down or up to this price: the queue before our orders moves. */
  public void trade(Instant time, Instrument instrument, Side taker, Price price, Quantity size) {
    Quantity lots = instrument.floor(size);
    if (lots.isPositive()) {
      add(
          time,
          gateway -> {
            var unused = gateway.trade(instrument, taker, price, lots);
          });
    }
  }

  public void oracle(Instant time, Instrument perp, Price price) {
    add(time, gateway -> gateway.oracle(perp, price));
  }

  /** Time never runs back here, whatever the venue's frames say. */
  private void add(Instant time, Consumer<WorldGateway> change) {
    newest = time.isAfter(newest) ? time : newest;
    moves.addLast(new Move(newest, change));
  }

  // ---- the world

  @Override
  public List<String> assumptions() {
    return List.of(
        "Books, marks, oracles and funding are the venue's own, as deep as the run looks at them.",
        "A resting order joins at the back of its level. It fills when the venue's book comes to"
            + " its price from the other side, and by what trades there beyond what stood before"
            + " it.",
        "What leaves a level without a trade leaves it from the back: a place in the queue is never"
            + " better than earned.",
        "An order that takes fills against what is displayed and is back with the venue's next"
            + " book: nothing that paper trades moves the venue.",
        "Orders travel 100 ms to the exchange and their answers 100 ms back.",
        "Funding is paid hourly on the venue's oracle and at the rate it settled at, for the hours"
            + " in which the run was up.");
  }

  @Override
  public Instant start() {
    return start;
  }

  /** The run loads the venue's history itself. */
  @Override
  public List<FundingHour> historyBeforeStart(InstrumentId perp, int hours) {
    return List.of();
  }

  @Override
  public Optional<Instant> nextMove() {
    return Optional.ofNullable(moves.peekFirst()).map(Move::time);
  }

  @Override
  public void move(WorldGateway gateway) {
    moves.removeFirst().change().accept(gateway);
  }

  @Override
  public Settlement settlement(InstrumentId perp, Instant hour) {
    return new Settlement.Later();
  }
}
