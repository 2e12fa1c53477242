package io.twinleg.core.event;

import io.twinleg.core.model.Price;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a value of the model stands in a note: numbers as numbers, everything else as its name. */
final class LogValue {
  private static final String MISSING = "none";

  private LogValue() {}

  static Object plain(Object value) {
    return switch (value) {
      case Optional<?> maybe -> maybe.isPresent() ? plain(maybe.get()) : MISSING;
      case Usd usd -> usd.plain();
      case Quantity quantity -> quantity.plain();
      case Price price -> price.plain();
      case BigDecimal number -> number;
      case Long number -> number;
      case Integer number -> number;
      case Boolean flag -> flag;
      case Instant time -> time.truncatedTo(ChronoUnit.MILLIS).toString();
      case List<?> list -> list.stream().map(LogValue::plain).toList();
      case Map<?, ?> map -> plainMap(map);
      default -> value.toString();
    };
  }

  private static Map<String, Object> plainMap(Map<?, ?> map) {
    Map<String, Object> plain = new LinkedHashMap<>();
    map.forEach((key, value) -> plain.put(key.toString(), plain(value)));
    return plain;
  }
}
