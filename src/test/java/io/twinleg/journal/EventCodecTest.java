package io.twinleg.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.MarketId.VenueId;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import io.twinleg.journal.EventCodec.JournalRow;
import io.twinleg.journal.JournalEntry.CommandRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {
  private static final long SEED = 20260105;
  private static final int SAMPLES = 300;

  private static final Instant NOON = Instant.parse("2026-01-05T12:10:00Z");
  private static final InstrumentId SPOT = InstrumentId.spot(new MarketId("HYPE"));
  private static final InstrumentId PERP = SPOT.other();

  static List<Class<? extends Event>> events() {
    return SampleEvents.events();
  }

  static List<Class<? extends Command>> commands() {
    return SampleEvents.commands();
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyEventComesBackEqual(Class<? extends Event> kind) {
    SampleEvents samples = new SampleEvents(SEED);
    for (int i = 1; i <= SAMPLES; i++) {
      SequencedEvent event = samples.event(i, samples.make(kind));
      JournalRow row = EventCodec.encode(event);
      assertThat(row.isIntact()).isTrue();
      assertThat(EventCodec.decodeEvent(row)).as("seed %d: %s", SEED, row).isEqualTo(event);
      assertThat(EventCodec.encode(EventCodec.decodeEvent(row)))
          .as("the same bytes")
          .isEqualTo(row);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandComesBackEqual(Class<? extends Command> kind) {
    SampleEvents samples = new SampleEvents(SEED);
    for (int i = 1; i <= SAMPLES; i++) {
      CommandRecord recorded =
          new CommandRecord(i, samples.make(kind), samples.pendingCommand().envelope());
      JournalRow row = EventCodec.encode(7, NOON.toEpochMilli(), recorded);
      assertThat(EventCodec.decodeCommand(row)).as("seed %d: %s", SEED, row).isEqualTo(recorded);
    }
  }

  @Test
  void theTextIsShortAndPlain() {
    BookSnapshot book =
        new BookSnapshot(
            List.of(level("40.00", "500"), level("0.00000001", "0.0000000001")),
            List.of(level("41.5", "1e6")));
    assertThat(data(NOON, new Event.BookUpdated(SPOT, book)))
        .isEqualTo("0 HYPE/spot 40 500 0.00000001 0.0000000001|41.5 1000000");
    assertThat(data(NOON, new Event.FundingRateUpdated(PERP, Rate.hourly("0.0000125"))))
        .isEqualTo("0 HYPE/perp 0.0000125/1h");
    InstrumentId twoWords = InstrumentId.perp(new MarketId("TWO WORDS"));
    assertThat(data(NOON, new Event.FundingRateUpdated(twoWords, Rate.hourly("0.0000125"))))
        .isEqualTo("{\"instrument\":\"TWO WORDS/perp\",\"rate\":\"0.0000125/1h\"}");
    assertThat(data(NOON, new Event.TimerFired())).isEqualTo("{}");
    assertThat(data(NOON.plusMillis(5), new Event.TimerFired()))
        .isEqualTo("{\"@venue\":1767615000005}");
    assertThat(data(NOON, new Event.CashTransfer(Usd.of("-1.50"), "withdrawal", NOON)))
        .isEqualTo("{\"usd\":\"-1.5\",\"what\":\"withdrawal\",\"time\":\"2026-01-05T12:10:00Z\"}");
  }

  @Test
  void whatIsOfAnotherVenueThanTheFirstNamesItAndOldRowsAreTheFirsts() {
    VenueId aster = new VenueId("aster");
    SequencedEvent event =
        new SequencedEvent(9, NOON.minusMillis(2), NOON, new Event.BudgetReported(3, 7), aster);
    JournalRow row = EventCodec.encode(event);
    assertThat(row.data()).startsWith("{\"@at\":\"aster\",\"@venue\":").contains("\"used\":3");
    assertThat(EventCodec.decodeEvent(row)).isEqualTo(event);
    CommandRecord query =
        new CommandRecord(4, new Command.QueryAccount().at(aster), "{\"nonce\":5}");
    JournalRow command = EventCodec.encode(9, NOON.toEpochMilli(), query);
    assertThat(command.kind()).isEqualTo("QueryAccount");
    assertThat(EventCodec.decodeCommand(command)).isEqualTo(query);
    assertThat(EventCodec.decodeEvent(JournalRow.sealed(1, 0, 0, "TimerFired", "{}")).venue())
        .isEqualTo(VenueId.FIRST);
    assertThat(new Command.QueryAccount().at(VenueId.FIRST)).isEqualTo(new Command.QueryAccount());
    InstrumentId there = InstrumentId.perp(MarketId.at(aster, "BTC"));
    SequencedEvent rate =
        new SequencedEvent(
            2, NOON, NOON, new Event.FundingRateUpdated(there, Rate.hourly("0.00003")), aster);
    assertThat(EventCodec.encode(rate).data()).isEqualTo("0 aster/BTC/perp 0.00003/1h");
    assertThat(EventCodec.decodeEvent(EventCodec.encode(rate))).isEqualTo(rate);
  }

  @Test
  void aPriceIsWrittenAsItsToString() {
    SampleEvents samples = new SampleEvents(SEED);
    for (int i = 0; i < 10_000; i++) {
      Price price = samples.make(Price.class);
      assertThat(ModelModule.write(price)).isEqualTo(price.toString());
      assertThat(ModelModule.price(price.toString())).isEqualTo(price);
    }
  }

  @Test
  void aSizeIsReadAsItsText() {
    SampleEvents samples = new SampleEvents(SEED);
    for (int i = 0; i < 10_000; i++) {
      Quantity quantity = samples.make(Quantity.class);
      assertThat(ModelModule.quantity(quantity.toString())).isEqualTo(quantity);
    }
    for (String text : List.of("0", "1", "0.5", "500.0", "-3", "1e6", "999999999999999999")) {
      assertThat(ModelModule.quantity(text)).isEqualTo(Quantity.of(text));
    }
    for (String text : List.of("", ".", "1..2", "x", "1,5")) {
      assertThatThrownBy(() -> ModelModule.quantity(text)).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void aFieldThatIsMissingUnknownOrNullIsAnError() {
    for (String data :
        List.of(
            "{\"order\":\"0x00000000000000000000000000000000\"}",
            "{\"order\":\"0x00000000000000000000000000000000\",\"burnt\":true,\"more\":1}",
            "{\"order\":null,\"burnt\":true}",
            "{\"order\":\"0x00000000000000000000000000000000\",\"burnt\":null}",
            "{\"@else\":1,\"order\":\"0x00000000000000000000000000000000\",\"burnt\":true}")) {
      JournalRow row = JournalRow.sealed(1, 0, 0, "NonceBurnt", data);
      assertThatThrownBy(() -> EventCodec.decodeEvent(row))
          .as(data)
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void aRowSumsUpEverythingInIt() {
    JournalRow row = JournalRow.sealed(5, 1767615000000L, 4, "EndRun", "{}");
    assertThat(
            List.of(
                new JournalRow(6, row.tsMs(), 4, "EndRun", "{}", row.crc()),
                new JournalRow(5, 0, 4, "EndRun", "{}", row.crc()),
                new JournalRow(5, row.tsMs(), 3, "EndRun", "{}", row.crc()),
                new JournalRow(5, row.tsMs(), 4, "EndRu", "n{}", row.crc()),
                new JournalRow(5, row.tsMs(), 4, "EndRun", "{ }", row.crc())))
        .noneMatch(JournalRow::isIntact);
  }

  private static String data(Instant venueTime, Event fact) {
    return EventCodec.encode(new SequencedEvent(1, venueTime, NOON, fact)).data();
  }

  private static PriceLevel level(String price, String quantity) {
    return new PriceLevel(Price.of(price), new Quantity(new BigDecimal(quantity)));
  }
}
