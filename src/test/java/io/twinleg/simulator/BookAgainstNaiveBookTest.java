package io.twinleg.simulator;

import static io.twinleg.simulator.FixtureF0.SPOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.Fill;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import io.twinleg.core.model.TimeInForce;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random orders of two accounts and in the background, in our book and in one plainly right. */
class BookAgainstNaiveBookTest {
  private static final int STEPS = 1500;
  private static final long TICK = 100_000;
  private static final long MID = 4_000_000_000L;

  private final ScriptedWorld world = ScriptedWorld.startingAt(FixtureF0.T0);
  private final Exchange exchange = new Exchange(List.of(SPOT), FixtureF0.FEES, world);
  private final List<AccountId> owners = List.of(new AccountId("one"), new AccountId("two"));
  private final NaiveBook naive = new NaiveBook();
  private int orders;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20260105})
  void tradesAsTheNaiveBookDoes(long seed) {
    for (AccountId owner : owners) {
      exchange.admin().open(owner, Usd.of("100000000"), Usd.ZERO);
      exchange.admin().depositCoins(owner, SPOT.id(), Quantity.of("1000000"));
    }
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      act(random, step);
      assertThat(sides()).as("seed %d, step %d", seed, step).isEqualTo(naiveSides());
    }
    assertThat(ourFills()).as("seed %d", seed).containsExactlyElementsOf(naiveFills());
    owners.forEach(owner -> accountsAddUp(owner, seed));
  }

  private void act(Random random, int step) {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> quote(random, step);
      case 3, 4 -> backgroundTrade(random, step);
      case 5 -> cancel(random);
      default -> order(random);
    }
  }

  private void quote(Random random, int step) {
    long mid = MID + random.nextInt(11) * TICK;
    long[][] bids = ladder(random, mid - TICK, -TICK);
    long[][] asks = ladder(random, mid, TICK);
    moveWorld(step, gateway -> gateway.quote(SPOT, new BookSnapshot(levels(bids), levels(asks))));
    naive.quote(bids, asks);
  }

  private static long[][] ladder(Random random, long from, long step) {
    long[][] ladder = new long[random.nextInt(5)][];
    for (int i = 0; i < ladder.length; i++) {
      ladder[i] = new long[] {from + i * step, 1 + random.nextInt(2000)};
    }
    return ladder;
  }

  private static List<PriceLevel> levels(long[][] ladder) {
    List<PriceLevel> levels = new ArrayList<>();
    for (long[] level : ladder) {
      levels.add(new PriceLevel(new Price(level[0]), size(level[1])));
    }
    return levels;
  }

  private void backgroundTrade(Random random, int step) {
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    long limit = MID + random.nextInt(14) * TICK;
    long lots = 1 + random.nextInt(3000);
    moveWorld(step, gateway -> gateway.trade(SPOT, side, new Price(limit), size(lots)));
    naive.take(0, 0, side, limit, lots);
  }

  private void order(Random random) {
    int owner = 1 + random.nextInt(2);
    int order = ++orders;
    Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    long price = MID + random.nextInt(14) * TICK;
    long lots = 25 + random.nextInt(1000);
    TimeInForce timeInForce = TimeInForce.values()[random.nextInt(3)];
    exchange
        .admin()
        .executeManually(
            owners.get(owner - 1),
            new Request.Place(
                Optional.of(name(order)),
                SPOT.id(),
                side,
                new Price(price),
                size(lots),
                timeInForce,
                false,
                Optional.empty()));
    boolean crosses =
        naive
            .best(side.opposite())
            .filter(best -> (best.price() - price) * side.sign() <= 0)
            .isPresent();
    if (timeInForce == TimeInForce.ALO && crosses) {
      return;
    }
    long left = naive.take(owner, order, side, price, lots);
    if (left > 0 && timeInForce != TimeInForce.IOC) {
      naive.rest(owner, order, side, price, left);
    }
  }

  private void cancel(Random random) {
    if (orders > 0) {
      int order = 1 + random.nextInt(orders);
      owners.forEach(owner ->
          exchange.admin().executeManually(owner, new Request.Cancel(name(order), SPOT.id())));
      naive.cancel(order);
    }
  }

  private void moveWorld(int step, Consumer<WorldGateway> move) {
    world.at(Duration.ofMillis(step), move);
    exchange.advanceTo(FixtureF0.T0.plusMillis(step));
  }

  private List<String> sides() {
    BookSnapshot book = exchange.book(SPOT.id());
    List<String> sides = new ArrayList<>();
    book.bids().forEach(level -> sides.add("bid " + level.price().e8() + " " + lots(level)));
    book.asks().forEach(level -> sides.add("ask " + level.price().e8() + " " + lots(level)));
    return sides;
  }

  private List<String> naiveSides() {
    List<String> sides = new ArrayList<>();
    for (long price = MID + 20 * TICK; price > MID - 20 * TICK; price -= TICK) {
      add(sides, "bid ", Side.BUY, price);
    }
    for (long price = MID - 20 * TICK; price < MID + 20 * TICK; price += TICK) {
      add(sides, "ask ", Side.SELL, price);
    }
    return sides;
  }

  private void add(List<String> sides, String word, Side side, long price) {
    long lots = naive.lotsAt(side, price);
    if (lots > 0) {
      sides.add(word + price + " " + lots);
    }
  }

  private List<String> ourFills() {
    return owners.stream()
        .flatMap(owner -> exchange.audit(owner).fills().stream())
        .map(BookAgainstNaiveBookTest::text)
        .sorted()
        .toList();
  }

  private static String text(Fill fill) {
    return fill.clientOrderId().orElseThrow() + " " + fill.price().e8() + " " + fill.quantity();
  }

  private List<String> naiveFills() {
    List<String> fills = new ArrayList<>();
    for (NaiveBook.Trade trade : naive.trades) {
      for (int order : new int[] {trade.takerOrder(), trade.makerOrder()}) {
        if (order != 0) {
          fills.add(name(order) + " " + trade.price() + " " + size(trade.lots()));
        }
      }
    }
    return fills.stream().sorted().toList();
  }

  /** What the fills say, less the fees they say, is what the account has. */
  private void accountsAddUp(AccountId owner, long seed) {
    BigDecimal quote = new BigDecimal("100000000");
    BigDecimal coins = new BigDecimal("1000000");
    for (Fill fill : exchange.audit(owner).fills()) {
      BigDecimal sign = BigDecimal.valueOf(fill.side().sign());
      quote = quote.subtract(fill.notional().value().multiply(sign));
      coins = coins.add(fill.quantity().value().multiply(sign));
      if (fill.side() == Side.BUY) {
        coins = coins.subtract(fill.fee().amount());
      } else {
        quote = quote.subtract(fill.fee().amount());
      }
    }
    assertThat(exchange.audit(owner).spotQuote()).as("seed %d", seed).isEqualTo(new Usd(quote));
    assertThat(exchange.audit(owner).coins(SPOT.id()))
        .as("seed %d", seed)
        .isEqualTo(new Quantity(coins));
  }

  private static ClientOrderId name(int order) {
    return new ClientOrderId(String.format("0x%032x", order));
  }

  private static Quantity size(long lots) {
    return new Quantity(BigDecimal.valueOf(lots, 2));
  }

  private static long lots(PriceLevel level) {
    return level.quantity().value().movePointRight(2).longValueExact();
  }
}
