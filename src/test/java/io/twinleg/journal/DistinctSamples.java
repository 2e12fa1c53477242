package io.twinleg.journal;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.SequencedEvent;
import io.twinleg.core.model.ClientOrderId;
import io.twinleg.core.model.MarketId;
import io.twinleg.core.model.OrderIdTag;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceRule;
import io.twinleg.core.model.Quantity;
import io.twinleg.core.model.Usd;
import io.twinleg.journal.JournalEntry.CommandRecord;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The samples of one kind that show its whole format, with a different value in every component.
 * The first has everything, the second nothing that is optional; as many follow as it takes to show
 * every constant of every enum, and every boolean true alone. A value depends on its place in the
 * record and not on any name.
 */
final class DistinctSamples {
  private static final Instant START = Instant.parse("2026-01-05T12:10:00Z");
  private static final int SEQUENCE = 4711;
  private static final int BARE = 1;

  private final int variant;
  private final Map<Class<?>, IntFunction<Object>> plain = plain();
  private int places;
  private int booleans;
  private int variants = 2;

  private DistinctSamples(int variant) {
    this.variant = variant;
  }

  static List<SequencedEvent> events(Class<? extends Event> type) {
    List<SequencedEvent> events = new ArrayList<>();
    for (Object fact : all(type)) {
      boolean bare = events.size() == BARE;
      Instant received = START.plusMillis(events.size());
      Instant nanos = received.plusNanos(345_678);
      Instant venue = bare ? received : START.minusNanos(654_321).minusSeconds(events.size());
      events.add(new SequencedEvent(SEQUENCE, venue, bare ? received : nanos, (Event) fact));
    }
    return events;
  }

  static List<CommandRecord> commands(Class<? extends Command> type) {
    List<CommandRecord> commands = new ArrayList<>();
    for (Object command : all(type)) {
      String envelope = commands.size() == BARE ? "" : "{\"nonce\":" + commands.size() + "}";
      commands.add(new CommandRecord(SEQUENCE, (Command) command, envelope));
    }
    return commands;
  }

  private static List<Object> all(Class<?> type) {
    List<Object> samples = new ArrayList<>();
    int needed = 1;
    for (int variant = 0; variant < needed; variant++) {
      DistinctSamples values = new DistinctSamples(variant);
      samples.add(values.value(type));
      needed = Math.max(needed, values.variants);
    }
    return samples;
  }

  private static Map<Class<?>, IntFunction<Object>> plain() {
    Map<Class<?>, IntFunction<Object>> plain = new LinkedHashMap<>();
    plain.put(String.class, n -> "text " + n);
    plain.put(int.class, n -> n);
    plain.put(long.class, n -> 1_000_000_000_000L + n);
    plain.put(Instant.class, n -> START.plusSeconds(n));
    plain.put(Duration.class, Duration::ofSeconds);
    plain.put(BigDecimal.class, n -> new BigDecimal("0.000" + n));
    plain.put(Price.class, n -> Price.of(n + ".5"));
    plain.put(Quantity.class, n -> Quantity.of(n + ".25"));
    plain.put(Usd.class, n -> Usd.of("-" + n + ".75"));
    plain.put(MarketId.class, n -> new MarketId("COIN" + n));
    plain.put(OrderIdTag.class, n -> new OrderIdTag("%08x".formatted(n)));
    plain.put(ClientOrderId.class, n -> new ClientOrderId("0x%032x".formatted(n)));
    return plain;
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return several(generic, generic.getActualTypeArguments()[0]);
    }
    Class<?> single = (Class<?>) type;
    if (single == boolean.class) {
      booleans++;
      variants = Math.max(variants, 1 + booleans);
      return variant == booleans;
    }
    if (single.isEnum()) {
      Object[] constants = single.getEnumConstants();
      variants = Math.max(variants, constants.length);
      return constants[variant % constants.length];
    }
    if (single == PriceRule.class) {
      return variant % 2 == 0
          ? new PriceRule.SignificantFigures(++places % 9)
          : new PriceRule.FixedTick(Price.of(++places + ".5"));
    }
    return Optional.ofNullable(plain.get(single))
        .map(made -> made.apply(++places))
        .orElseGet(() -> record(single));
  }

  private Object several(ParameterizedType generic, Type element) {
    if (generic.getRawType() == Optional.class) {
      return variant == BARE ? Optional.empty() : Optional.of(value(element));
    }
    if (generic.getRawType() != List.class) {
      throw new IllegalStateException("no sample can be made of " + generic);
    }
    return variant == BARE ? List.of() : List.of(value(element), value(element));
  }

  private Object record(Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalStateException("no sample can be made of " + type);
    }
    RecordComponent[] components = type.getRecordComponents();
    try {
      return type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(
              Arrays.stream(components).map(each -> value(each.getGenericType())).toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no sample can be made of " + type, e);
    }
  }
}
