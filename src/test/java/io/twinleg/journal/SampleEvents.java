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
import io.twinleg.journal.JournalEntry.PendingCommand;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Events and commands made from a seed, of every permitted kind: a new one is covered as soon as it
 * exists, and one with a component of a new type fails here until it can make that.
 */
final class SampleEvents {
  private static final List<String> TEXTS =
      List.of(
          "", "plain", "\"quoted\" \\ back", "Zürich ¥ 🙂", "line\nbreak\ttab\u0001", "{\"@a\":1}");

  private static final Instant START = Instant.parse("2026-01-05T12:10:00Z");

  private final SplittableRandom random;

  SampleEvents(long seed) {
    this.random = new SplittableRandom(seed);
  }

  static List<Class<? extends Event>> events() {
    return kinds(Event.class);
  }

  static List<Class<? extends Command>> commands() {
    return kinds(Command.class);
  }

  private static <T> List<Class<? extends T>> kinds(Class<T> family) {
    List<Class<? extends T>> kinds = new ArrayList<>();
    for (Class<?> kind : family.getPermittedSubclasses()) {
      if (kind != Command.AtVenue.class) {
        kinds.add(kind.asSubclass(family));
      }
    }
    return kinds;
  }

  SequencedEvent event(long sequence) {
    List<Class<? extends Event>> kinds = events();
    return event(sequence, make(kinds.get(random.nextInt(kinds.size()))));
  }

  /** Half of them as our own facts are, half with a venue's time; a few with nanoseconds. */
  SequencedEvent event(long sequence, Event fact) {
    Instant received = instant();
    return new SequencedEvent(
        sequence, random.nextBoolean() ? received : instant(), received, fact);
  }

  PendingCommand pendingCommand() {
    List<Class<? extends Command>> kinds = commands();
    return new PendingCommand(make(kinds.get(random.nextInt(kinds.size()))), text());
  }

  <T> T make(Class<T> type) {
    return type.cast(value(type));
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      return generic.getRawType() == Optional.class
          ? (random.nextBoolean() ? Optional.of(value(element)) : Optional.empty())
          : Stream.generate(() -> value(element)).limit(random.nextInt(4)).toList();
    }
    return plain((Class<?>) type);
  }

  private Object plain(Class<?> type) {
    if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }
    return switch (type.getSimpleName()) {
      case "String" -> text();
      case "boolean" -> random.nextBoolean();
      case "int" -> 1 + random.nextInt(1000);
      case "long" -> random.nextLong() >>> random.nextInt(64);
      case "Instant" -> instant();
      case "BigDecimal" -> decimal();
      case "Price" -> new Price(1 + (random.nextLong(Long.MAX_VALUE) >>> random.nextInt(62)));
      case "Quantity" -> new Quantity(decimal());
      case "Usd" -> new Usd(decimal());
      case "MarketId" -> new MarketId(random.nextBoolean() ? "HYPE" : "a/\"b\"/" + text());
      case "OrderIdTag" -> new OrderIdTag(hex(8));
      case "ClientOrderId" -> new ClientOrderId("0x" + hex(32));
      case "PriceRule" ->
          random.nextBoolean()
              ? new PriceRule.SignificantFigures(random.nextInt(9))
              : new PriceRule.FixedTick(new Price(1 + random.nextInt(9)));
      default -> record(type);
    };
  }

  private Object record(Class<?> type) {
    if (!type.isRecord()) {
      throw new IllegalStateException("Samples cannot make a " + type + " yet: add it");
    }
    RecordComponent[] components = type.getRecordComponents();
    for (int attempt = 0; attempt < 100; attempt++) {
      Object[] values = Arrays.stream(components).map(one -> value(one.getGenericType())).toArray();
      Optional<Object> made = construct(type, components, values);
      if (made.isPresent()) {
        return made.get();
      }
    }
    throw new IllegalStateException("no random values suit " + type + ": make it by hand");
  }

  /** Empty where the record itself refuses the values. */
  private static Optional<Object> construct(
      Class<?> type, RecordComponent[] components, Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private BigDecimal decimal() {
    int scale = random.nextInt(-3, 20);
    long unscaled = random.nextLong() >> random.nextInt(64);
    return new BigDecimal(BigInteger.valueOf(unscaled), scale);
  }

  private Instant instant() {
    Instant whole = START.plusMillis(random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L));
    return random.nextInt(4) == 0 ? whole.plusNanos(random.nextInt(1_000_000)) : whole;
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String hex(int digits) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }
}
