package io.twinleg.telemetry;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object on one line. Numbers of the model are written as plain decimals, never with an
 * exponent; what is missing is null.
 */
public final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  public static String of(Map<String, ?> fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(out, fields);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) {
    switch (value) {
      case Optional<?> maybe -> maybe.ifPresentOrElse(known -> write(out, known), out::writeNull);
      case Map<?, ?> map -> writeMap(out, map);
      case Collection<?> list -> {
        out.writeStartArray();
        list.forEach(element -> write(out, element));
        out.writeEndArray();
      }
      case BigDecimal number -> out.writeNumber(number.toPlainString());
      case Usd usd -> write(out, usd.plain());
      case Quantity quantity -> write(out, quantity.plain());
      case Price price -> write(out, price.plain());
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Boolean flag -> out.writeBoolean(flag);
      default -> out.writeString(value.toString());
    }
  }

  private static void writeMap(JsonGenerator out, Map<?, ?> map) {
    out.writeStartObject();
    map.forEach((key, value) -> {
      out.writeName(key.toString());
      write(out, value);
    });
    out.writeEndObject();
  }
}
