package io.hypercarry.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.hypercarry.core.model.Book;
import io.hypercarry.core.model.Level;
import io.hypercarry.core.model.Price;
import io.hypercarry.core.model.Quantity;
import io.hypercarry.core.model.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotesTest {
  private static List<Level> levels(String... pricesAndSizes) {
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < pricesAndSizes.length; i += 2) {
      levels.add(new Level(Price.of(pricesAndSizes[i]), Quantity.of(pricesAndSizes[i + 1])));
    }
    return levels;
  }

  private static Book book(String bid, String ask) {
    return new Book(levels(bid, "1"), levels(ask, "1"));
  }

  @Test
  void theMidIsHalfwayOfATwoSidedBook() {
    assertThat(Quotes.mid(book("40", "40.01"))).contains(Price.of("40.005"));
  }

  @Test
  void aOneSidedCrossedLockedOrVeryWideBookHasNoMid() {
    assertThat(Quotes.mid(new Book(levels("40", "1"), List.of()))).isEmpty();
    assertThat(Quotes.mid(new Book(List.of(), levels("40", "1")))).isEmpty();
    assertThat(Quotes.mid(book("40.02", "40.01"))).isEmpty();
    assertThat(Quotes.mid(book("40", "40"))).isEmpty();
    assertThat(Quotes.mid(book("39", "41"))).as("exactly 500 bps").contains(Price.of("40"));
    assertThat(Quotes.mid(book("38.9", "41"))).isEmpty();
  }

  @Test
  void slippageWidensAwayFromUs() {
    BigDecimal bps = new BigDecimal("20");
    assertThat(Quotes.slipped(Price.of("40"), Side.BUY, bps)).isEqualTo(Price.of("40.08"));
    assertThat(Quotes.slipped(Price.of("40"), Side.SELL, bps)).isEqualTo(Price.of("39.92"));
  }

  @Test
  void onlyLevelsWithinTheCapAreTaken() {
    Book book = new Book(levels("40", "2", "39.9", "3", "39", "9"), levels("41", "1"));
    List<Level> within = Quotes.within(book, Side.SELL, Price.of("39.9"));
    assertThat(within).isEqualTo(levels("40", "2", "39.9", "3"));
    Sweep sweep = Sweep.of(within, Quantity.of("4"));
    assertThat(sweep.filled()).isEqualTo(Quantity.of("4"));
    assertThat(sweep.notional().plain()).isEqualByComparingTo("159.8");
    assertThat(sweep.averagePrice().orElseThrow()).isEqualByComparingTo("39.95");
    assertThat(Sweep.of(within, Quantity.of("9")).filled()).isEqualTo(Quantity.of("5"));
    assertThat(Sweep.of(List.of(), Quantity.of("9")).averagePrice()).isEmpty();
  }

  @Test
  void ourOwnOrderIsNotPartOfTheMarket() {
    Book book = new Book(levels("40.001", "2", "40", "5"), levels("40.01", "1"));
    Price ours = Price.of("40.001");
    assertThat(Quotes.without(book, Side.BUY, ours, Quantity.of("2")).best(Side.BUY))
        .contains(Price.of("40"));
    assertThat(Quotes.without(book, Side.BUY, ours, Quantity.of("0.5")).bids().get(0))
        .isEqualTo(new Level(ours, Quantity.of("1.5")));
    assertThat(Quotes.without(book, Side.SELL, ours, Quantity.of("2"))).isEqualTo(book);
  }
}
