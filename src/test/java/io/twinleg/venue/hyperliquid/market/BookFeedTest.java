package io.twinleg.venue.hyperliquid.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.core.event.Event;
import io.twinleg.core.model.Usd;
import io.twinleg.simulator.FixtureF0;
import io.twinleg.venue.EventSource.Received;
import io.twinleg.venue.transport.EventInbox;
import io.twinleg.venue.transport.StalenessMonitor;
import io.twinleg.venue.transport.VenueClock;
import io.twinleg.wire.hyperliquid.market.BookScan;
import io.twinleg.wire.hyperliquid.market.L2Book;
import io.twinleg.wire.hyperliquid.stream.ServerFrame;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A book is the same however its frame was read: scanned without objects, or as a tree. */
class BookFeedTest {
  private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
  private static final int FRAMES = 3_000;

  private final VenueClock clock = VenueClock.from(NOW, BigDecimal.ONE, () -> 0L);
  private final BookScan scan = new BookScan();

  /** One feed and what it published. */
  private final class Fed {
    private final EventInbox inbox = new EventInbox(clock);
    private final BookFeed feed =
        new BookFeed(
            FixtureF0.SPOT,
            Usd.of("37.5"),
            new StalenessMonitor(() -> 0L, clock, event -> {}),
            inbox);
    private final List<Event> published = new ArrayList<>();

    private void drain() {
      inbox.await(NOW).map(Received::event).ifPresent(published::add);
    }
  }

  @Test
  void aScannedBookIsPublishedAsOneThatWasReadAsATree() {
    long seed = System.nanoTime();
    System.out.println("BookFeedTest seed " + seed);
    Random random = new Random(seed);
    Fed trees = new Fed();
    Fed scans = new Fed();
    for (int i = 0; i < FRAMES; i++) {
      if (random.nextInt(4) == 0) {
        String best = bestLevels(random, i);
        trees.feed.onBestLevels(data(best));
        scans.feed.onBestLevels(data(best));
      } else {
        String frame = frame(random, i);
        trees.feed.onBook(data(frame));
        assertThat(scan.read(frame)).as(frame).isTrue();
        scans.feed.onScan(scan);
      }
      trees.drain();
      scans.drain();
      assertThat(scans.published).as("frame " + i).isEqualTo(trees.published);
    }
    assertThat(trees.published).hasSizeGreaterThan(FRAMES / 4).hasSizeLessThan(FRAMES);
  }

  /** Whatever is in a text: what is scanned would be read as the same book. */
  @Test
  void whatIsScannedIsWhatATreeHas() {
    long seed = System.nanoTime();
    System.out.println("BookFeedTest seed " + seed);
    Random random = new Random(seed);
    int scanned = 0;
    for (int i = 0; i < 30_000; i++) {
      StringBuilder text = new StringBuilder(frame(random, i));
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        text.setCharAt(
            random.nextInt(text.length()), "0129.\"{}[],:-e \\n".charAt(random.nextInt(16)));
      }
      if (scan.read(text.toString())) {
        scanned++;
        L2Book book = L2Book.read(data(text.toString()));
        assertThat(scan.isOf(book.coin())).isTrue();
        assertThat(scan.time()).isEqualTo(book.time());
        assertSame(scan.bids(), book.bids());
        assertSame(scan.asks(), book.asks());
      }
    }
    assertThat(scanned).isGreaterThan(10_000);
  }

  private static void assertSame(BookScan.Levels levels, List<L2Book.Level> expected) {
    List<L2Book.Level> filled =
        expected.stream().filter(level -> level.size().signum() > 0).toList();
    assertThat(levels.count()).isEqualTo(filled.size());
    for (int i = 0; i < filled.size(); i++) {
      assertThat(BookScan.decimal(levels.priceE8(i))).isEqualByComparingTo(filled.get(i).price());
      assertThat(BookScan.decimal(levels.sizeE8(i))).isEqualByComparingTo(filled.get(i).size());
    }
  }

  @Test
  void anUnusualFrameIsLeftToTheReaderOfTrees() {
    String usual =
        "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"HYPE\",\"time\":7,\"levels\":[["
            + "{\"px\":\"34.1\",\"sz\":\"2\",\"n\":1}],[]]}}";
    assertThat(scan.read(usual)).isTrue();
    for (String unusual :
        List.of(
            usual.replace("34.1", "-34.1"),
            usual.replace("34.1", "034.1"),
            usual.replace("34.1", "3e1"),
            usual.replace("34.1", "0"),
            usual.replace("34.1", "34.123456789"),
            usual.replace("34.1", "92233720369"),
            usual.replace("\"34.1\"", "34.1"),
            usual.replace("\"n\":1", "\"n\":1.5"),
            usual.replace("\"n\":1", "\"px\":\"1\""),
            usual.replace("HYPE", "H\\u0059PE"),
            usual.replace("\"time\":7", "\"time\":7,\"time\":8"),
            usual.replace("\"time\":7", "\"time\":7,\"spread\":\"1\""),
            usual.replace("[]", "null"),
            usual.replace("{\"channel", "{ \"channel"),
            usual + " ",
            usual + usual,
            usual.substring(0, usual.length() - 1))) {
      assertThat(scan.read(unusual)).as(unusual).isFalse();
    }
  }

  private static String frame(Random random, long time) {
    int spread = 1 + random.nextInt(3);
    return "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"@107\",\"time\":%d,\"levels\":[%s,%s]}}"
        .formatted(
            time, side(random, 3_430 - random.nextInt(2), -1), side(random, 3_430 + spread, 1));
  }

  private static String side(Random random, int best, int step) {
    List<String> levels = new ArrayList<>();
    for (int i = 0; i < random.nextInt(6); i++) {
      String size = random.nextInt(12) == 0 ? "0.0" : "0." + (40 + 20 * random.nextInt(3));
      String price = BigDecimal.valueOf(best + step * i, 2).toPlainString();
      levels.add(
          random.nextBoolean()
              ? "{\"px\":\"" + price + "\",\"sz\":\"" + size + "\",\"n\":3}"
              : "{\"n\":2,\"px\":\"" + price + "\",\"sz\":\"" + size + "\"}");
    }
    return "[" + String.join(",", levels) + "]";
  }

  private static String bestLevels(Random random, long time) {
    return ("{\"channel\":\"bbo\",\"data\":{\"coin\":\"@107\",\"time\":%d,\"bbo\":["
                + "{\"px\":\"34.%d\",\"sz\":\"1.5\",\"n\":1},{\"px\":\"34.%d\",\"sz\":\"2\",\"n\":1}]}}")
        .formatted(time, 28 + random.nextInt(2), 31 + random.nextInt(2));
  }

  private static tools.jackson.databind.JsonNode data(String frame) {
    return ServerFrame.read(frame).data();
  }
}
