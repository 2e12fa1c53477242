package io.twinleg.journal;

import io.twinleg.core.event.Command;
import io.twinleg.core.event.Command.AdjustPosition;
import io.twinleg.core.event.Command.ConfirmTransfer;
import io.twinleg.core.event.Command.InvalidateNonce;
import io.twinleg.core.event.Command.Shutdown;
import io.twinleg.core.event.Command.TransferCollateral;
import io.twinleg.core.event.Event;
import io.twinleg.core.event.Event.CashTransfer;
import io.twinleg.core.event.Event.CoinsTransferred;
import io.twinleg.core.event.Event.FeedStatusChanged;
import io.twinleg.core.event.Event.InstrumentsResolved;
import io.twinleg.core.event.Event.LeverageResult;
import io.twinleg.core.event.Event.MarkPriceUpdated;
import io.twinleg.core.event.Event.NonceInvalidated;
import io.twinleg.core.event.Event.OperatorCommand;
import io.twinleg.core.event.Event.OrderEnded;
import io.twinleg.core.event.Event.TransferResult;
import io.twinleg.core.model.VenueCapabilities;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.PropertyNamingStrategy;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * The names in the file: the kind of a row, the field of a record's component, the text of an
 * enum's constant. Journals of every earlier version hold them, so they stay as they are when the
 * class, the component or the constant is renamed in Java.
 *
 * <p>Every class has its kind here. A component or a constant has an entry only where its name in
 * the file is not its name in Java.
 */
final class JournalNames {
  /** The kind of each event. */
  static final Map<Class<?>, String> EVENTS = complete(Event.class, events());

  /** The kind of each command. */
  static final Map<Class<?>, String> COMMANDS = complete(Command.class, commands());

  /**
   * Events that only show how things stood for a while. Where one of them caused nothing, it is no
   * fact of money, and need not be kept once a snapshot has what followed from it.
   */
  static final Set<Class<?>> MARKET_DATA =
      Set.of(
          Event.BookUpdated.class,
          MarkPriceUpdated.class,
          Event.FundingRateUpdated.class,
          Event.TimerFired.class,
          Event.AccountReported.class,
          Event.BudgetReported.class);

  private final Map<Class<?>, Map<String, String>> fields = new LinkedHashMap<>();
  private final Map<Enum<?>, String> constants = new LinkedHashMap<>();

  /** The components and constants whose name in the file is not the one in Java. */
  static JournalNames renamed() {
    return new JournalNames()
        .field(NonceInvalidated.class, "invalidated", "burnt")
        .field(VenueCapabilities.class, "invalidateNonce", "burnNonce");
  }

  /** The kinds of {@link #MARKET_DATA}. */
  static List<String> marketData() {
    return EVENTS.entrySet().stream()
        .filter(kind -> MARKET_DATA.contains(kind.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Map<Class<?>, String> events() {
    Map<Class<?>, String> kinds = new LinkedHashMap<>();
    kinds.put(Event.RunStarted.class, "RunStarted");
    kinds.put(InstrumentsResolved.class, "MarketPinned");
    kinds.put(Event.CapabilitiesReported.class, "CapabilitiesReported");
    kinds.put(Event.FeesReported.class, "FeesReported");
    kinds.put(Event.StartupCompleted.class, "StartupCompleted");
    kinds.put(Event.TimerFired.class, "TimerFired");
    kinds.put(OperatorCommand.class, "OperatorCommanded");
    kinds.put(Event.BookUpdated.class, "BookUpdated");
    kinds.put(MarkPriceUpdated.class, "PricesUpdated");
    kinds.put(Event.FundingRateUpdated.class, "FundingRateUpdated");
    kinds.put(Event.LiquidityReported.class, "LiquidityReported");
    kinds.put(Event.FundingRateSettled.class, "FundingRateSettled");
    kinds.put(Event.MarketObserved.class, "MarketObserved");
    kinds.put(Event.FundingHistoryLoaded.class, "FundingHistoryLoaded");
    kinds.put(FeedStatusChanged.class, "FeedChanged");
    kinds.put(Event.TradingHalted.class, "TradingHalted");
    kinds.put(Event.ClockSkewed.class, "ClockSkewed");
    kinds.put(Event.DiskSpaceReported.class, "DiskSpaceReported");
    kinds.put(Event.MessageUnreadable.class, "MessageUnreadable");
    kinds.put(Event.OrderAccepted.class, "OrderAccepted");
    kinds.put(Event.OrderRejected.class, "OrderRejected");
    kinds.put(Event.OrderFilled.class, "OrderFilled");
    kinds.put(OrderEnded.class, "OrderClosed");
    kinds.put(Event.CancelRejected.class, "CancelRejected");
    kinds.put(Event.OrderUnknown.class, "OrderUnknown");
    kinds.put(Event.OrderNotFound.class, "OrderNotFound");
    kinds.put(NonceInvalidated.class, "NonceBurnt");
    kinds.put(LeverageResult.class, "LeverageAnswered");
    kinds.put(TransferResult.class, "CollateralAnswered");
    kinds.put(Event.AccountReported.class, "AccountReported");
    kinds.put(Event.BudgetReported.class, "BudgetReported");
    kinds.put(Event.FundingReceived.class, "FundingReceived");
    kinds.put(CashTransfer.class, "Transferred");
    kinds.put(CoinsTransferred.class, "CoinsTransferred");
    return kinds;
  }

  private static Map<Class<?>, String> commands() {
    Map<Class<?>, String> kinds = new LinkedHashMap<>();
    kinds.put(Command.PlaceOrder.class, "PlaceOrder");
    kinds.put(Command.CancelOrder.class, "CancelOrder");
    kinds.put(Command.SetLeverage.class, "SetLeverage");
    kinds.put(TransferCollateral.class, "MoveCollateral");
    kinds.put(ConfirmTransfer.class, "SettleCollateral");
    kinds.put(Command.QueryOrder.class, "QueryOrder");
    kinds.put(InvalidateNonce.class, "BurnNonce");
    kinds.put(Command.QueryAccount.class, "QueryAccount");
    kinds.put(AdjustPosition.class, "CorrectBooks");
    kinds.put(Shutdown.class, "EndRun");
    return kinds;
  }

  /**
   * The table itself. A command at a venue has the kind of what is to be done there.
   *
   * @throws IllegalStateException where a class of the family has no kind, or two have the same
   */
  static Map<Class<?>, String> complete(Class<?> family, Map<Class<?>, String> kinds) {
    Set<Class<?>> permitted = new LinkedHashSet<>(List.of(family.getPermittedSubclasses()));
    permitted.remove(Command.AtVenue.class);
    if (!permitted.equals(kinds.keySet())) {
      throw new IllegalStateException(
          "the kinds of " + kinds.keySet() + " are named, and those of " + permitted + " needed");
    }
    if (new LinkedHashSet<>(kinds.values()).size() < kinds.size()) {
      throw new IllegalStateException("one kind has two classes: " + kinds);
    }
    return kinds;
  }

  /** A component keeps this name in the file. */
  JournalNames field(Class<? extends Record> type, String component, String name) {
    if (Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getName)
        .noneMatch(component::equals)) {
      throw new IllegalArgumentException(type + " has no component " + component);
    }
    fields.computeIfAbsent(type, ignored -> new LinkedHashMap<>()).put(component, name);
    return this;
  }

  /** An enum's constant keeps this text in the file. */
  JournalNames constant(Enum<?> constant, String text) {
    constants.put(constant, text);
    return this;
  }

  PropertyNamingStrategy ofFields() {
    return new Fields(fields);
  }

  JacksonAnnotationIntrospector ofConstants() {
    return new Constants(constants);
  }

  private static final class Fields extends PropertyNamingStrategy {
    private static final long serialVersionUID = 1L;

    private final transient Map<Class<?>, Map<String, String>> names;

    Fields(Map<Class<?>, Map<String, String>> names) {
      this.names = names;
    }

    @Override
    public String nameForGetterMethod(
        MapperConfig<?> config, AnnotatedMethod method, String component) {
      return name(method, component);
    }

    @Override
    public String nameForConstructorParameter(
        MapperConfig<?> config, AnnotatedParameter parameter, String component) {
      return name(parameter, component);
    }

    private String name(AnnotatedMember of, String component) {
      return names
          .getOrDefault(of.getDeclaringClass(), Map.of())
          .getOrDefault(component, component);
    }
  }

  private static final class Constants extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    private final transient Map<Enum<?>, String> texts;

    Constants(Map<Enum<?>, String> texts) {
      this.texts = texts;
    }

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
      return Arrays.stream(constants)
          .map(constant -> texts.getOrDefault(constant, constant.name()))
          .toArray(String[]::new);
    }
  }
}
