package io.twinleg.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A class, a component or a constant that is renamed keeps its name in the file. */
class JournalNamesTest {
  private sealed interface Trade {
    record Bought(int size) implements Trade {}

    record Sold(int size) implements Trade {}
  }

  private enum Venue {
    FIRST,
    SECOND
  }

  private record Order(int size, boolean passive, Venue venue, List<Part> parts) {}

  private record Part(int size) {}

  private static Map<Class<?>, String> kinds(String bought, String sold) {
    Map<Class<?>, String> kinds = new LinkedHashMap<>();
    kinds.put(Trade.Bought.class, bought);
    kinds.put(Trade.Sold.class, sold);
    return kinds;
  }

  @Test
  void everyKindIsNamedOnce() {
    assertThat(JournalNames.complete(Trade.class, kinds("Buy", "Sell"))).hasSize(2);
    assertThatThrownBy(() -> JournalNames.complete(Trade.class, Map.of(Trade.Sold.class, "Sell")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Bought");
    assertThatThrownBy(() -> JournalNames.complete(Trade.class, kinds("Trade", "Trade")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one kind has two classes");
    Map<Class<?>, String> more = kinds("Buy", "Sell");
    more.put(Order.class, "Order");
    assertThatThrownBy(() -> JournalNames.complete(Trade.class, more))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRenamedComponentOrConstantKeepsItsNameInTheFile() {
    JsonMapper json =
        EventCodec.mapper(
            new JournalNames()
                .field(Order.class, "passive", "maker")
                .field(Part.class, "size", "amount")
                .constant(Venue.SECOND, "OTHER"));
    Order order = new Order(7, true, Venue.SECOND, List.of(new Part(3)));
    String text = "{\"size\":7,\"maker\":true,\"venue\":\"OTHER\",\"parts\":[{\"amount\":3}]}";
    assertThat(json.writeValueAsString(order)).isEqualTo(text);
    assertThat(json.readValue(text, Order.class)).isEqualTo(order);
    String other = text.replace("OTHER", "FIRST");
    assertThat(json.readValue(other, Order.class).venue()).isEqualTo(Venue.FIRST);
    for (String java :
        List.of(
            text.replace("maker", "passive"),
            text.replace("amount", "size"),
            text.replace("OTHER", "SECOND"))) {
      assertThatThrownBy(() -> json.readValue(java, Order.class))
          .as(java)
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void anEntryForAComponentThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> new JournalNames().field(Part.class, "amount", "size"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("amount");
  }
}
