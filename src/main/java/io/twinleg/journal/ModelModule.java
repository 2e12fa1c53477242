package io.twinleg.journal;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * How the values of core.model stand in a journal row: each as one short text. Numbers are plain
 * decimals in quotes: a JSON number would invite its reader to a double.
 */
final class ModelModule extends SimpleModule {
  private static final String FIGURES = "figures:";
  private static final String TICK = "tick:";
  private static final int PRICE_DECIMALS = 8;
  private static final int DIGITS_OF_A_LONG = 18;
  private static final long PRICE_ONE = 100_000_000L;

  ModelModule() {
    text(BigDecimal.class, BigDecimal::toPlainString, BigDecimal::new);
    text(Price.class, ModelModule::write, ModelModule::price);
    text(Quantity.class, Quantity::toString, ModelModule::quantity);
    text(Usd.class, Usd::toString, Usd::of);
    text(Rate.class, ModelModule::write, ModelModule::rate);
    text(MarketId.class, MarketId::name, MarketId::new);
    text(InstrumentId.class, ModelModule::write, ModelModule::instrument);
    text(ClientOrderId.class, ClientOrderId::hex, ClientOrderId::new);
    text(OrderIdTag.class, OrderIdTag::hex, OrderIdTag::new);
    text(Instant.class, Instant::toString, Instant::parse);
    text(Duration.class, Duration::toString, Duration::parse);
    text(PriceRule.class, ModelModule::write, ModelModule::priceRule);
    addSerializer(BookSnapshot.class, new BookEncoder());
    addDeserializer(BookSnapshot.class, new BookDecoder());
  }

  /**
   * A price as a plain decimal, straight from its 10^-8 units: the same text as {@link
   * Price#toString}. A journal is mostly prices, and the way over BigDecimal costs several times as
   * much.
   */
  static String write(Price price) {
    long whole = price.e8() / PRICE_ONE;
    long part = price.e8() % PRICE_ONE;
    if (part == 0) {
      return Long.toString(whole);
    }
    int decimals = PRICE_DECIMALS;
    while (part % 10 == 0) {
      part /= 10;
      decimals--;
    }
    String digits = Long.toString(part);
    return whole + "." + "0".repeat(decimals - digits.length()) + digits;
  }

  static Price price(String text) {
    int point = text.indexOf('.');
    if (point < 0) {
      return new Price(Math.multiplyExact(Long.parseLong(text), PRICE_ONE));
    }
    int decimals = text.length() - point - 1;
    if (decimals > PRICE_DECIMALS) {
      throw new IllegalArgumentException("a price has at most 8 decimals, found " + text);
    }
    long whole = Math.multiplyExact(Long.parseLong(text, 0, point, 10), PRICE_ONE);
    long part = Long.parseLong(text, point + 1, text.length(), 10);
    for (int i = decimals; i < PRICE_DECIMALS; i++) {
      part *= 10;
    }
    return new Price(Math.addExact(whole, part));
  }

  /** A plain decimal of few digits without the way over characters; any other by BigDecimal. */
  static Quantity quantity(String text) {
    int length = text.length();
    if (length > DIGITS_OF_A_LONG) {
      return Quantity.of(text);
    }
    long digits = 0;
    int decimals = -1;
    for (int i = 0; i < length; i++) {
      char letter = text.charAt(i);
      if (letter == '.' && decimals < 0) {
        decimals = 0;
      } else if (letter >= '0' && letter <= '9') {
        digits = digits * 10 + (letter - '0');
        decimals = decimals < 0 ? decimals : decimals + 1;
      } else {
        return Quantity.of(text);
      }
    }
    return decimals == 0 || length == 0
        ? Quantity.of(text)
        : new Quantity(BigDecimal.valueOf(digits, Math.max(0, decimals)));
  }

  /** The period travels with it: 0.0000125/1h. */
  static String write(Rate rate) {
    return rate.value().toPlainString() + '/' + rate.periodHours() + 'h';
  }

  static Rate rate(String text) {
    int slash = text.lastIndexOf('/');
    int hours = Integer.parseInt(text.substring(slash + 1, text.length() - 1));
    return new Rate(new BigDecimal(text.substring(0, slash)), hours);
  }

  static String write(InstrumentId instrument) {
    return instrument.market().name()
        + switch (instrument.leg()) {
          case SPOT -> "/spot";
          case PERP -> "/perp";
        };
  }

  static InstrumentId instrument(String text) {
    int slash = text.lastIndexOf('/');
    Leg leg =
        switch (text.substring(slash + 1)) {
          case "spot" -> Leg.SPOT;
          case "perp" -> Leg.PERP;
          default -> throw new IllegalArgumentException("no instrument: " + text);
        };
    return new InstrumentId(new MarketId(text.substring(0, slash)), leg);
  }

  private static String write(PriceRule rule) {
    return switch (rule) {
      case PriceRule.SignificantFigures figures -> FIGURES + figures.maxDecimals();
      case PriceRule.FixedTick fixed -> TICK + fixed.tick();
    };
  }

  private static PriceRule priceRule(String text) {
    if (text.startsWith(TICK)) {
      return new PriceRule.FixedTick(Price.of(text.substring(TICK.length())));
    }
    if (!text.startsWith(FIGURES)) {
      throw new IllegalArgumentException("no price rule: " + text);
    }
    return new PriceRule.SignificantFigures(Integer.parseInt(text.substring(FIGURES.length())));
  }

  private <T> void text(Class<T> type, Function<T, String> encode, Function<String, T> decode) {
    addSerializer(type, new TextEncoder<>(type, encode));
    addDeserializer(type, new TextDecoder<>(type, decode));
  }

  private static final class TextEncoder<T> extends StdScalarSerializer<T> {
    private final transient Function<T, String> encode;

    TextEncoder(Class<T> type, Function<T, String> encode) {
      super(type);
      this.encode = encode;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializationContext context) {
      json.writeString(encode.apply(value));
    }
  }

  private static final class TextDecoder<T> extends StdScalarDeserializer<T> {
    private final transient Function<String, T> decode;

    TextDecoder(Class<T> type, Function<String, T> decode) {
      super(type);
      this.decode = decode;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) {
      return decode.apply(json.getString());
    }
  }

  /**
   * A book as two flat lists, bids and asks: price, size, price, size. Books are most of a journal,
   * and a name at every number would double it.
   */
  private static final class BookEncoder extends StdSerializer<BookSnapshot> {
    BookEncoder() {
      super(BookSnapshot.class);
    }

    @Override
    public void serialize(BookSnapshot book, JsonGenerator json, SerializationContext context) {
      json.writeStartArray();
      writeLevels(book.bids(), json);
      writeLevels(book.asks(), json);
      json.writeEndArray();
    }

    private static void writeLevels(List<PriceLevel> levels, JsonGenerator json) {
      json.writeStartArray();
      for (PriceLevel level : levels) {
        json.writeString(ModelModule.write(level.price()));
        json.writeString(level.quantity().toString());
      }
      json.writeEndArray();
    }
  }

  private static final class BookDecoder extends StdDeserializer<BookSnapshot> {
    BookDecoder() {
      super(BookSnapshot.class);
    }

    @Override
    public BookSnapshot deserialize(JsonParser json, DeserializationContext context) {
      expect(JsonToken.START_ARRAY, json.currentToken());
      List<PriceLevel> bids = levels(json);
      List<PriceLevel> asks = levels(json);
      expect(JsonToken.END_ARRAY, json.nextToken());
      return new BookSnapshot(bids, asks);
    }

    private static List<PriceLevel> levels(JsonParser json) {
      expect(JsonToken.START_ARRAY, json.nextToken());
      List<PriceLevel> levels = new ArrayList<>();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        Price price = ModelModule.price(json.getString());
        expect(JsonToken.VALUE_STRING, json.nextToken());
        levels.add(new PriceLevel(price, Quantity.of(json.getString())));
      }
      expect(JsonToken.END_ARRAY, json.currentToken());
      return levels;
    }

    private static void expect(JsonToken expected, JsonToken found) {
      if (found != expected) {
        throw new IllegalArgumentException("a book needs " + expected + ", found " + found);
      }
    }
  }
}
