package io.twinleg.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The layout of specification 2.4. */
class ClientOrderIdTest {
  private static final OrderIdTag BOOK = new OrderIdTag("0a1b2c3d");

  @Test
  void itIsLaidOutAsSpecified() {
    ClientOrderId id =
        ClientOrderId.of(BOOK, 258, Leg.PERP, OrderPurpose.REPAIR, 0x1_2345_6789L, 7);
    assertThat(id.hex())
        .isEqualTo("0x" + "4843" + "01" + "0a1b2c3d" + "0102" + "12" + "0123456789" + "07")
        .hasSize(2 + 32);
  }

  @Test
  void anythingThatDiffersMakesAnotherId() {
    Set<ClientOrderId> ids = new TreeSet<>();
    int made = 0;
    for (int market = 0; market < 3; market++) {
      for (Leg leg : Leg.values()) {
        for (OrderPurpose purpose : OrderPurpose.values()) {
          for (long sequence = 1; sequence <= 3; sequence++) {
            for (int ordinal = 0; ordinal < 3; ordinal++) {
              ids.add(ClientOrderId.of(BOOK, market, leg, purpose, sequence, ordinal));
              made++;
            }
          }
        }
      }
    }
    assertThat(ids).hasSize(made);
  }

  @Test
  void itBelongsToItsOwnBookOnly() {
    ClientOrderId ours = ClientOrderId.of(BOOK, 0, Leg.SPOT, OrderPurpose.ENTRY, 1, 0);
    assertThat(ours.belongsTo(BOOK)).isTrue();
    assertThat(ours.belongsTo(new OrderIdTag("0a1b2c3e"))).isFalse();
    ClientOrderId foreign = new ClientOrderId("0x0000" + ours.hex().substring(6));
    assertThat(foreign.belongsTo(BOOK)).isFalse();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> ClientOrderId.of(BOOK, 65_536, Leg.SPOT, OrderPurpose.ENTRY, 1, 0))
        .hasMessageContaining("does not fit");
    assertThatThrownBy(() -> ClientOrderId.of(BOOK, 0, Leg.SPOT, OrderPurpose.ENTRY, 1, 256))
        .hasMessageContaining("does not fit");
    assertThatThrownBy(() -> ClientOrderId.of(BOOK, 0, Leg.SPOT, OrderPurpose.ENTRY, 1L << 40, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClientOrderId("0x12"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
