package io.twinleg.wire.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinleg.wire.Hex;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.Signer;
import io.twinleg.wire.hyperliquid.action.Action;
import io.twinleg.wire.hyperliquid.action.Envelope;
import io.twinleg.wire.hyperliquid.action.L1Action;
import io.twinleg.wire.hyperliquid.action.L1Action.AgentSendAsset;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelByCloid;
import io.twinleg.wire.hyperliquid.action.L1Action.CancelOrders;
import io.twinleg.wire.hyperliquid.action.L1Action.Noop;
import io.twinleg.wire.hyperliquid.action.L1Action.ReserveRequestWeight;
import io.twinleg.wire.hyperliquid.action.L1Action.ScheduleCancel;
import io.twinleg.wire.hyperliquid.action.L1Action.UpdateIsolatedMargin;
import io.twinleg.wire.hyperliquid.action.L1Action.UpdateLeverage;
import io.twinleg.wire.hyperliquid.action.ModifyOrder;
import io.twinleg.wire.hyperliquid.action.ModifyOrder.BatchModify;
import io.twinleg.wire.hyperliquid.action.OrderKind;
import io.twinleg.wire.hyperliquid.action.OrderRef;
import io.twinleg.wire.hyperliquid.action.OrderWire;
import io.twinleg.wire.hyperliquid.action.PlaceOrders;
import io.twinleg.wire.hyperliquid.action.PlaceOrders.Grouping;
import io.twinleg.wire.hyperliquid.action.UserSigned;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is sent is read back as strictly as the venue reads it. */
class EnvelopeTest {
  private static final Signer SIGNER =
      Signer.of(Hex.decode("0x0123456789012345678901234567890123456789012345678901234567890123"));
  private static final String VAULT = "0x1719884eb866cb12b2287399b15f7db5e7d775ea";
  private static final String CLOID = "0x000000000000000000000000000000aa";
  private static final OrderWire ORDER =
      new OrderWire(
          10107,
          true,
          new BigDecimal("34.290"),
          new BigDecimal("1E+1"),
          false,
          new OrderKind.Limit(OrderKind.Tif.ALO),
          Optional.of(CLOID));

  /** What an order has of numbers is hashed in their shortest form, however they were given. */
  @Test
  void aNumberOfAnOrderIsTheSameAsItsText() {
    for (String text :
        List.of("0", "0.00", "1e1", "34.290", "1E+38", "1E+39", "1E+40", "0.00000001")) {
      BigDecimal number = new BigDecimal(text);
      assertThat(outcome(() -> WireNumber.unsigned(number)))
          .as(text)
          .isEqualTo(outcome(() -> WireNumber.parseUnsigned(WireNumber.format(number))));
    }
    for (String text : List.of("-1", "0.000000001", "1.123456789")) {
      assertThatThrownBy(() -> WireNumber.unsigned(new BigDecimal(text)))
          .isInstanceOf(MalformedMessage.class);
    }
  }

  private static Object outcome(Supplier<BigDecimal> number) {
    try {
      return number.get();
    } catch (MalformedMessage refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void everyActionOfOursIsReadBackAsItWasAndRecoversItsSigner() {
    for (Action action : actions()) {
      Envelope sent =
          new Envelope.Unsigned(action, 1764000000000L, vault(action), expiry(action))
              .sign(SIGNER, Network.TESTNET);
      String body = new String(sent.bytes(), StandardCharsets.UTF_8);
      assertThat(body).isEqualTo(HyperliquidJson.text(sent.json()));
      Envelope read = Envelope.read(body);
      assertThat(read).as(action.type()).isEqualTo(sent);
      assertThat(read.signer(Network.TESTNET)).contains(SIGNER.address());
    }
  }

  @Test
  void aSignatureForOneNetworkIsNotTheSignersOnTheOther() {
    Envelope sent = Envelope.Unsigned.of(new Noop(), 1).sign(SIGNER, Network.TESTNET);
    assertThat(sent.signer(Network.MAINNET)).isPresent().get().isNotEqualTo(SIGNER.address());
  }

  @Test
  void keysInAnyOrderAndUnnormalNumbersComeToTheCanonicalForm() {
    String mixed =
        """
        {"grouping":"na","orders":[{"t":{"limit":{"tif":"Alo"}},"r":false,"s":"10.00","extra":1,
        "c":"0x000000000000000000000000000000AA","p":"34.2900","b":true,"a":10107}],"type":"order"}
        """;
    Action read = Action.read(HyperliquidJson.parse(mixed));
    assertThat(read).isEqualTo(PlaceOrders.of(List.of(ORDER)));
    assertThat(HyperliquidJson.text(read.json()))
        .isEqualTo(
            "{\"type\":\"order\",\"orders\":[{\"a\":10107,\"b\":true,\"p\":\"34.29\",\"s\":\"10\","
                + "\"r\":false,\"t\":{\"limit\":{\"tif\":\"Alo\"}},\"c\":\""
                + CLOID
                + "\"}],"
                + "\"grouping\":\"na\"}");
  }

  @Test
  void anAbsentGroupingAndReduceOnlyAreHashedAsIfTheyWereThere() {
    String without =
        "{\"type\":\"order\",\"orders\":[{\"a\":1,\"b\":true,\"p\":\"1\",\"s\":\"1\","
            + "\"t\":{\"limit\":{\"tif\":\"Gtc\"}}}]}";
    assertThat(HyperliquidJson.text(Action.read(HyperliquidJson.parse(without)).json()))
        .contains("\"r\":false", "\"grouping\":\"na\"");
  }

  @Test
  void whatDoesNotFitTheSchemaIsRefusedWith422() {
    String good = HyperliquidJson.text(signedOrder().json());
    for (String bad :
        List.of(
            good.replace("\"nonce\"", "\"Nonce\""),
            good.replace("{\"action\"", "{\"more\":1,\"action\""),
            good.replace("\"nonce\":1,", "\"nonce\":1,\"nonce\":1,"),
            good.replace("\"nonce\":1,", "\"nonce\":-1,"),
            good.replace("\"nonce\":1,", "\"nonce\":\"1\","),
            good.replace("\"type\":\"order\"", "\"type\":\"orders\""),
            good.replace("\"type\":\"order\"", "\"type\":\"order\",\"x\":1"),
            good.replace("\"34.29\"", "34.29"),
            good.replace("\"34.29\"", "\"-34.29\""),
            good.replace("\"34.29\"", "\"3e1\""),
            good.replace("\"34.29\"", "\"\""),
            good.replace("\"34.29\"", "\"0.123456789\""),
            good.replace(CLOID, CLOID.substring(2)),
            good.replace(CLOID, CLOID + "0"),
            good.replace("\"Alo\"", "\"Fok\""),
            good.replaceFirst("\"v\":2[78]", "\"v\":256"),
            "[]",
            "1")) {
      assertThatThrownBy(() -> Envelope.read(bad))
          .as(bad)
          .isInstanceOfSatisfying(
              MalformedMessage.class,
              malformed -> {
                assertThat(malformed.httpStatus()).isEqualTo(422);
                assertThat(malformed.body())
                    .isEqualTo("Failed to deserialize the JSON body into the target type");
              });
    }
  }

  @Test
  void textThatIsNotJsonIsRejectedWith400AndWhatFollowsTheValueIsIgnored() {
    String good = HyperliquidJson.text(signedOrder().json());
    for (String bad : List.of("", "{", "<html>", good.substring(0, 40))) {
      assertThatThrownBy(() -> Envelope.read(bad))
          .isInstanceOfSatisfying(
              MalformedMessage.class,
              malformed -> assertThat(malformed.httpStatus()).isEqualTo(400));
    }
    assertThat(Envelope.read(good + "}}garbage")).isEqualTo(signedOrder());
  }

  @Test
  void strippedZerosOfASignatureAreAcceptedAndNullIsAsGoodAsAbsent() {
    Envelope sent = signedOrder();
    String text =
        HyperliquidJson.text(sent.json())
            .replace(sent.signature().rHex(), "0x" + sent.signature().r().toString(16))
            .replace("\"nonce\":1,", "\"nonce\":1,\"vaultAddress\":null,\"expiresAfter\":null,");
    assertThat(Envelope.read(text)).isEqualTo(sent);
  }

  private static Envelope signedOrder() {
    return Envelope.Unsigned.of(PlaceOrders.of(List.of(ORDER)), 1).sign(SIGNER, Network.MAINNET);
  }

  private static List<Action> actions() {
    OrderWire stop =
        new OrderWire(
            4,
            false,
            BigDecimal.ONE,
            BigDecimal.ONE,
            true,
            new OrderKind.Trigger(true, new BigDecimal("1.50"), false),
            Optional.empty());
    return List.of(
        new PlaceOrders(
            List.of(ORDER, stop),
            new Grouping.Priority(7),
            Optional.of(new PlaceOrders.Builder(VAULT, 10))),
        new CancelOrders(List.of(new CancelOrders.OidCancel(5, 500_000_000_000L)), true),
        new CancelByCloid(List.of(new CancelByCloid.CloidCancel(5, CLOID)), false),
        new ModifyOrder(new OrderRef.Oid(9), ORDER, true),
        new BatchModify(List.of(new BatchModify.One(new OrderRef.ByCloid(CLOID), ORDER)), false),
        new ScheduleCancel(OptionalLong.of(5)),
        new ScheduleCancel(OptionalLong.empty()),
        new UpdateLeverage(159, false, 3),
        new UpdateIsolatedMargin(159, true, -1_500_000),
        new Noop(),
        new AgentSendAsset(VAULT, "spot", "", "USDC:0x01", "5", "", 1764000000000L),
        new ReserveRequestWeight(100, Optional.of(VAULT)),
        other("{\"type\":\"setReferrer\",\"code\":\"ABC\"}"),
        other(
            "{\"type\":\"twapOrder\",\"twap\":{\"a\":0,\"b\":true,\"s\":\"1\",\"r\":false,"
                + "\"m\":5,\"t\":false}}"),
        other("{\"type\":\"twapCancel\",\"a\":0,\"t\":1}"),
        UserSigned.of(UserSigned.Kind.USD_SEND, Network.TESTNET, VAULT, "1", 1764000000000L),
        UserSigned.of(
            UserSigned.Kind.USD_CLASS_TRANSFER, Network.TESTNET, "100.5", true, 1764000000000L),
        UserSigned.of(UserSigned.Kind.APPROVE_AGENT, Network.TESTNET, VAULT, "", 1764000000000L));
  }

  private static Action other(String text) {
    return Action.read(HyperliquidJson.parse(text));
  }

  private static Optional<String> vault(Action action) {
    return action instanceof L1Action ? Optional.of(VAULT) : Optional.empty();
  }

  private static OptionalLong expiry(Action action) {
    return action instanceof L1Action ? OptionalLong.of(1764000005000L) : OptionalLong.empty();
  }
}
