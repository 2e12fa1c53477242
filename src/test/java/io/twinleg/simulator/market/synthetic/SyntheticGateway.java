package io.twinleg.simulator.market.synthetic;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Instrument;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.simulator.MarketModel;
import io.twinleg.simulator.WorldGateway;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A minimal exchange for a world: price-time books, one account, no money. It refuses what an
 * exchange would: an illegal price or size, an unsorted or crossed book.
 */
public final class SyntheticGateway implements WorldGateway {
  record AccountFill(
      Instant time, InstrumentId instrument, Side side, Price price, Quantity size) {}

  private static final class Order {
    final boolean account;
    final Side side;
    final Price price;
    Quantity left;

    Order(boolean account, Side side, Price price, Quantity left) {
      this.account = account;
      this.side = side;
      this.price = price;
      this.left = left;
    }
  }

  public final List<AccountFill> fills = new ArrayList<>();
  public final Map<InstrumentId, Price> oracles = new TreeMap<>();
  public long quotes;
  public long trades;
  public boolean checking = true;

  /** Whether new background quotes precede an account's order at the same price. */
  public boolean backgroundFirst;

  private final List<Instrument> instruments;
  private final Map<InstrumentId, List<List<Order>>> books = new TreeMap<>();
  private Instant now = Instant.EPOCH;

  public SyntheticGateway(List<Instrument> instruments) {
    this.instruments = instruments;
    instruments.forEach(
        instrument -> books.put(instrument.id(), List.of(new ArrayList<>(), new ArrayList<>())));
  }

  /** Lets the world act until just before an instant. */
  public void run(MarketModel world, Instant until) {
    while (world.nextMove().filter(until::isAfter).isPresent()) {
      move(world);
    }
    now = until;
  }

  public void move(MarketModel world) {
    Instant next = world.nextMove().orElseThrow();
    if (next.isBefore(now)) {
      throw new AssertionError("the world's next move lies in the past: " + next);
    }
    now = next;
    world.move(this);
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public List<Instrument> instruments() {
    return instruments;
  }

  @Override
  public void quote(Instrument instrument, BookSnapshot quoted) {
    quotes++;
    books.get(instrument.id()).forEach(side -> side.removeIf(order -> !order.account));
    for (Side side : Side.values()) {
      checkSide(instrument, side, quoted.side(side));
      quoted.side(side).forEach(it -> place(instrument, false, side, it.price(), it.quantity()));
    }
  }

  private void checkSide(Instrument instrument, Side side, List<PriceLevel> levels) {
    if (!checking) {
      return;
    }
    if (levels.isEmpty()) {
      throw new AssertionError("an empty side of " + instrument.symbol());
    }
    for (int i = 0; i < levels.size(); i++) {
      PriceLevel level = levels.get(i);
      boolean behind = i == 0 || isBetter(side, levels.get(i - 1).price(), level.price());
      if (!behind || !isLegal(instrument, level.price(), level.quantity())) {
        throw new AssertionError("no legal quotes of " + instrument.symbol() + ": " + levels);
      }
    }
  }

  private static boolean isLegal(Instrument instrument, Price price, Quantity quantity) {
    return instrument.prices().isLegal(price)
        && instrument.isLegal(quantity)
        && quantity.isPositive();
  }

  @Override
  public Quantity trade(Instrument instrument, Side side, Price limit, Quantity quantity) {
    trades++;
    if (checking && !isLegal(instrument, limit, quantity)) {
      throw new AssertionError("no legal order: " + quantity + " at " + limit);
    }
    return quantity.minus(take(instrument, false, side, limit, quantity));
  }

  @Override
  public void oracle(Instrument perp, Price price) {
    oracles.put(perp.id(), price);
  }

  @Override
  public BookSnapshot book(Instrument instrument) {
    return new BookSnapshot(
        levels(instrument, Side.BUY, false), levels(instrument, Side.SELL, false));
  }

  @Override
  public BookSnapshot accountQuotes(Instrument instrument) {
    return new BookSnapshot(
        levels(instrument, Side.BUY, true), levels(instrument, Side.SELL, true));
  }

  /** The account's order; what does not trade at once rests. */
  public void rest(Instrument instrument, Side side, Price price, Quantity quantity) {
    place(instrument, true, side, price, quantity);
  }

  /** The account's immediate-or-cancel; what it filled. */
  public Quantity hit(Instrument instrument, Side side, Price limit, Quantity quantity) {
    return quantity.minus(take(instrument, true, side, limit, quantity));
  }

  public void cancelAll(Instrument instrument) {
    books.get(instrument.id()).forEach(side -> side.removeIf(order -> order.account));
  }

  private void place(
      Instrument instrument, boolean account, Side side, Price price, Quantity quantity) {
    Quantity left = take(instrument, account, side, price, quantity);
    if (!left.isZero()) {
      List<Order> book = side(instrument, side);
      int at = 0;
      while (at < book.size() && goesBefore(book.get(at), account, side, price)) {
        at++;
      }
      book.add(at, new Order(account, side, price, left));
    }
  }

  private boolean goesBefore(Order there, boolean account, Side side, Price price) {
    boolean precedes = backgroundFirst && !account && there.account && there.price.equals(price);
    return !isBetter(side, price, there.price) && !precedes;
  }

  private static boolean isBetter(Side side, Price one, Price other) {
    return side == Side.BUY ? one.isAbove(other) : one.isBelow(other);
  }

  private Quantity take(
      Instrument instrument, boolean account, Side side, Price limit, Quantity wanted) {
    Quantity left = wanted;
    for (Order maker : List.copyOf(side(instrument, side.opposite()))) {
      boolean reaches =
          side == Side.BUY ? !maker.price.isAbove(limit) : !maker.price.isBelow(limit);
      if (left.isZero() || !reaches) {
        break;
      }
      Quantity size = left.min(maker.left);
      maker.left = maker.left.minus(size);
      left = left.minus(size);
      if (maker.account || account) {
        Side ours = maker.account ? maker.side : side;
        fills.add(new AccountFill(now, instrument.id(), ours, maker.price, size));
      }
    }
    side(instrument, side.opposite()).removeIf(order -> order.left.isZero());
    return left;
  }

  private List<Order> side(Instrument instrument, Side side) {
    return books.get(instrument.id()).get(side.ordinal());
  }

  private List<PriceLevel> levels(Instrument instrument, Side side, boolean onlyAccounts) {
    List<PriceLevel> levels = new ArrayList<>();
    for (Order order : side(instrument, side)) {
      if (onlyAccounts && !order.account) {
        continue;
      }
      if (!levels.isEmpty() && levels.getLast().price().equals(order.price)) {
        PriceLevel same = levels.removeLast();
        levels.add(new PriceLevel(order.price, same.quantity().plus(order.left)));
      } else {
        levels.add(new PriceLevel(order.price, order.left));
      }
    }
    return levels;
  }
}
