package io.twinleg.core.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookReaderTest {
  private static List<PriceLevel> levels(String... pricesAndSizes) {
    List<PriceLevel> levels = new ArrayList<>();
    for (int i = 0; i < pricesAndSizes.length; i += 2) {
      levels.add(new PriceLevel(Price.of(pricesAndSizes[i]), Quantity.of(pricesAndSizes[i + 1])));
    }
    return levels;
  }

  private static BookSnapshot book(String bid, String ask) {
    return new BookSnapshot(levels(bid, "1"), levels(ask, "1"));
  }

  @Test
  void theMidIsHalfwayOfATwoSidedBook() {
    assertThat(BookReader.mid(book("40", "40.01"))).contains(Price.of("40.005"));
  }

  @Test
  void aOneSidedCrossedLockedOrVeryWideBookHasNoMid() {
    assertThat(BookReader.mid(new BookSnapshot(levels("40", "1"), List.of()))).isEmpty();
    assertThat(BookReader.mid(new BookSnapshot(List.of(), levels("40", "1")))).isEmpty();
    assertThat(BookReader.mid(book("40.02", "40.01"))).isEmpty();
    assertThat(BookReader.mid(book("40", "40"))).isEmpty();
    assertThat(BookReader.mid(book("39", "41"))).as("exactly 500 bps").contains(Price.of("40"));
    assertThat(BookReader.mid(book("38.9", "41"))).isEmpty();
  }

  @Test
  void noPriceOfABookIsTooLargeOrTooSmallForItsMid() {
    assertThat(BookReader.mid(book("60000000000", "60000000001")))
        .contains(Price.of("60000000000.5"));
    assertThat(BookReader.mid(book("0.00000001", "0.00000002"))).isEmpty();
    assertThat(Price.reference(new BigDecimal("0.000000001"))).isEqualTo(Price.of("0.00000001"));
  }

  @Test
  void slippageWidensAwayFromUs() {
    BigDecimal bps = new BigDecimal("20");
    assertThat(BookReader.slipped(Price.of("40"), Side.BUY, bps)).isEqualTo(Price.of("40.08"));
    assertThat(BookReader.slipped(Price.of("40"), Side.SELL, bps)).isEqualTo(Price.of("39.92"));
  }

  @Test
  void onlyLevelsWithinTheCapAreTaken() {
    BookSnapshot book =
        new BookSnapshot(levels("40", "2", "39.9", "3", "39", "9"), levels("41", "1"));
    List<PriceLevel> within = BookReader.within(book, Side.SELL, Price.of("39.9"));
    assertThat(within).isEqualTo(levels("40", "2", "39.9", "3"));
    BookWalk sweep = BookWalk.of(within, Quantity.of("4"));
    assertThat(sweep.filled()).isEqualTo(Quantity.of("4"));
    assertThat(sweep.notional().plain()).isEqualByComparingTo("159.8");
    assertThat(sweep.averagePrice().orElseThrow()).isEqualByComparingTo("39.95");
    assertThat(BookWalk.of(within, Quantity.of("9")).filled()).isEqualTo(Quantity.of("5"));
    assertThat(BookWalk.of(List.of(), Quantity.of("9")).averagePrice()).isEmpty();
  }

  @Test
  void ourOwnOrderIsNotPartOfTheMarket() {
    BookSnapshot book = new BookSnapshot(levels("40.001", "2", "40", "5"), levels("40.01", "1"));
    Price ours = Price.of("40.001");
    assertThat(BookReader.without(book, Side.BUY, ours, Quantity.of("2")).best(Side.BUY))
        .contains(Price.of("40"));
    assertThat(BookReader.without(book, Side.BUY, ours, Quantity.of("0.5")).bids().get(0))
        .isEqualTo(new PriceLevel(ours, Quantity.of("1.5")));
    assertThat(BookReader.without(book, Side.SELL, ours, Quantity.of("2"))).isEqualTo(book);
  }
}
