package io.twinleg.snapshot;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Two objects, field by field and all the way down, the private and the transient ones too. Written
 * without the codec, which it judges. What one object shares between two places the other must
 * share too.
 */
public final class StateComparison {
  /** Worked out anew from what is compared, at the next decision. */
  private static final Set<String> DERIVED = Set.of("FundingCarryStrategy");

  private final Map<Object, Object> partners = new IdentityHashMap<>();
  private final List<String> differences = new ArrayList<>();

  private StateComparison() {}

  /** Each as a path with both values; empty where nothing differs. */
  public static List<String> differences(Object one, Object other) {
    StateComparison comparison = new StateComparison();
    comparison.compare(one.getClass().getSimpleName(), one, other);
    return comparison.differences;
  }

  private void compare(String path, Object one, Object other) {
    if (one == null || other == null || one.getClass() != other.getClass()) {
      require(path, one == null && other == null || sameCollection(one, other), one, other);
      if (one == null || other == null || !sameCollection(one, other)) {
        return;
      }
    }
    switch (one) {
      case Collection<?> elements -> elements(path, elements, (Collection<?>) other);
      case Map<?, ?> map -> {
        elements(path + " keys", map.keySet(), ((Map<?, ?>) other).keySet());
        elements(path, map.values(), ((Map<?, ?>) other).values());
      }
      case Optional<?> maybe ->
          compare(path, maybe.orElse(null), ((Optional<?>) other).orElse(null));
      case OptionalInt maybe -> require(path, maybe.equals(other), one, other);
      case BigDecimal number -> require(path, number.equals(other), one, other);
      default -> {
        if (one.getClass().getName().startsWith("io.twinleg.") && !one.getClass().isEnum()) {
          fields(path, one, other);
        } else {
          require(path, Objects.equals(one, other), one, other);
        }
      }
    }
  }

  /** An immutable list may be of another class than the list that it was. */
  private static boolean sameCollection(Object one, Object other) {
    return (one instanceof List<?> && other instanceof List<?>)
        || (one instanceof Map<?, ?> && other instanceof Map<?, ?>);
  }

  private void elements(String path, Collection<?> one, Collection<?> other) {
    require(path + " size", one.size() == other.size(), one.size(), other.size());
    Iterator<?> others = other.iterator();
    int i = 0;
    for (Object each : one) {
      if (others.hasNext()) {
        compare(path + "[" + i++ + "]", each, others.next());
      }
    }
  }

  private void fields(String path, Object one, Object other) {
    Class<?> type = one.getClass();
    if (DERIVED.contains(type.getSimpleName())) {
      return;
    }
    if (!type.isRecord()) {
      Object partner = partners.putIfAbsent(one, other);
      if (partner != null) {
        require(path + " (shared)", partner == other || isValue(type), one, other);
        return;
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        compare(path + "." + field.getName(), value(field, one), value(field, other));
      }
    }
  }

  /** Never changed once made: two equal ones do what one does. */
  private static boolean isValue(Class<?> type) {
    return Set.of("WorkingOrder", "PairHistory", "OrderOutcome").contains(type.getSimpleName());
  }

  private static Object value(Field field, Object of) {
    try {
      return field.get(of);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private void require(String path, boolean equal, Object one, Object other) {
    if (!equal) {
      differences.add(path + ": " + one + " and " + other);
    }
  }
}
