package io.twinleg.journal;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.InstrumentId;
import io.twinleg.core.model.Leg;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Rate;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * The model's small values as short texts. Numbers are plain decimals in quotes: a JSON number
 * would invite its reader to a double.
 */
final class ModelModule extends SimpleModule {
  private static final String FIGURES = "figures:";
  private static final String TICK = "tick:";

  ModelModule() {
    text(BigDecimal.class, BigDecimal::toPlainString, BigDecimal::new);
    text(Price.class, PriceText::write, PriceText::read);
    text(Quantity.class, Quantity::toString, Quantity::of);
    text(Usd.class, Usd::toString, Usd::of);
    text(Rate.class, ModelModule::write, ModelModule::rate);
    text(MarketId.class, MarketId::name, MarketId::new);
    text(InstrumentId.class, ModelModule::write, ModelModule::instrument);
    text(ClientOrderId.class, ClientOrderId::hex, ClientOrderId::new);
    text(OrderIdTag.class, OrderIdTag::hex, OrderIdTag::new);
    text(Instant.class, Instant::toString, Instant::parse);
    text(Duration.class, Duration::toString, Duration::parse);
    text(PriceRule.class, ModelModule::write, ModelModule::priceRule);
    addSerializer(BookSnapshot.class, new BookSnapshotJson.Writer());
    addDeserializer(BookSnapshot.class, new BookSnapshotJson.Reader());
  }

  /** The period travels with it: 0.0000125/1h. */
  private static String write(Rate rate) {
    return rate.value().toPlainString() + '/' + rate.periodHours() + 'h';
  }

  private static Rate rate(String text) {
    int slash = text.lastIndexOf('/');
    int hours = Integer.parseInt(text.substring(slash + 1, text.length() - 1));
    return new Rate(new BigDecimal(text.substring(0, slash)), hours);
  }

  private static String write(InstrumentId instrument) {
    return instrument.market().name()
        + switch (instrument.leg()) {
          case SPOT -> "/spot";
          case PERP -> "/perp";
        };
  }

  private static InstrumentId instrument(String text) {
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

  private <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
    addSerializer(type, new TextWriter<>(type, write));
    addDeserializer(type, new TextReader<>(type, read));
  }

  private static final class TextWriter<T> extends StdScalarSerializer<T> {
    private final transient Function<T, String> write;

    TextWriter(Class<T> type, Function<T, String> write) {
      super(type);
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializationContext context) {
      json.writeString(write.apply(value));
    }
  }

  private static final class TextReader<T> extends StdScalarDeserializer<T> {
    private final transient Function<String, T> read;

    TextReader(Class<T> type, Function<String, T> read) {
      super(type);
      this.read = read;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) {
      return read.apply(json.getString());
    }
  }
}
