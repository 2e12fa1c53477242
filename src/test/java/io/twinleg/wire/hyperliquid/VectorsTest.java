package io.twinleg.wire.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.scenario.Scenario;
import io.twinleg.wire.Hex;
import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.Signature;
import io.twinleg.wire.Signer;
import io.twinleg.wire.SignerRecovery;
import io.twinleg.wire.TypedData;
import io.twinleg.wire.hyperliquid.action.Action;
import io.twinleg.wire.hyperliquid.action.L1Action;
import io.twinleg.wire.hyperliquid.action.L1Hash;
import io.twinleg.wire.hyperliquid.action.Msgpack;
import io.twinleg.wire.hyperliquid.action.UserSigned;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published signatures. Of 122 entries, 15 were edited by their publisher after signing: their
 * bytes and hashes are checked and their signatures are not. Id 40 is a hash that is never sent and
 * is left out.
 */
class VectorsTest {
  private static final int NEVER_SENT = 40;

  @Test
  @Scenario("E04")
  void everyTradingVectorIsReproducedFromBytesToSignature() {
    List<JsonNode> vectors = of("l1").toList();
    vectors.forEach(VectorsTest::checkTrading);
    assertThat(vectors).hasSize(94);
    assertThat(vectors.stream().filter(VectorsTest::wasEditedAfterSigning)).hasSize(15);
    assertThat(vectors.stream().filter(vector -> expected(vector).has("r"))).hasSize(78);
  }

  private static void checkTrading(JsonNode vector) {
    JsonNode action = action(vector);
    assertThat(Hex.encode(Msgpack.encode(action)))
        .as(label(vector))
        .isEqualTo("0x" + expected(vector).path("msgpack_hex").stringValue());
    byte[] id =
        L1Hash.connectionId(
            Msgpack.encode(action),
            vector.path("nonce").longValue(),
            vault(vector),
            expiry(vector));
    assertSame(vector, "connection_id", id);
    if (expected(vector).has("eip712_digest")) {
      byte[] digest = L1Hash.digest(id, network(vector));
      assertSame(vector, "eip712_digest", digest);
      checkSignature(vector, digest);
    }
  }

  /** Where a vector's numbers are in normal form, reading changes no byte of it. */
  @Test
  void readingAnActionAndWritingItAgainKeepsItsHash() {
    int known = 0;
    for (JsonNode vector : of("l1").toList()) {
      JsonNode action = action(vector);
      boolean isNormal = !HyperliquidJson.text(action).matches(".*\"\\d+\\.\\d*0\".*");
      if (isNormal && fits(action)) {
        known++;
        assertThat(Hex.encode(Msgpack.encode(Action.read(action).json())))
            .as(label(vector))
            .isEqualTo(Hex.encode(Msgpack.encode(action)));
        long nonce = vector.path("nonce").longValue();
        assertThat(
                L1Hash.connectionId(
                    Msgpack.encode((L1Action) Action.read(action)),
                    nonce,
                    vault(vector),
                    expiry(vector)))
            .as(label(vector))
            .isEqualTo(
                L1Hash.connectionId(Msgpack.encode(action), nonce, vault(vector), expiry(vector)));
      }
    }
    assertThat(known).isGreaterThan(70);
  }

  private static boolean fits(JsonNode action) {
    try {
      Action.read(action);
      return true;
    } catch (MalformedMessage e) {
      return false;
    }
  }

  @Test
  void everyUserSignedVectorIsReproduced() {
    List<JsonNode> vectors = of("user_signed").toList();
    for (JsonNode vector : vectors) {
      JsonNode action = action(vector);
      byte[] digest =
          action.has("payloadMultiSigUser")
              ? declared(vector)
              : ((UserSigned) Action.read(action)).digest();
      assertSame(vector, "eip712_digest", digest);
      assertThat(declared(vector)).isEqualTo(digest);
      checkSignature(vector, digest);
    }
    assertThat(vectors).hasSize(20);
  }

  /**
   * With the fields that the vector itself declares: a co-signature has two more than the table.
   */
  private static byte[] declared(JsonNode vector) {
    List<TypedData.Member> members = new ArrayList<>();
    for (JsonNode field : vector.path("eip712_fields").values()) {
      String name = field.path("name").stringValue();
      String type = field.path("type").stringValue();
      members.add(new TypedData.Member(name, type, value(action(vector).path(name), type)));
    }
    BigInteger chain = vector.path("eip712_domain").path("chainId").bigIntegerValue();
    return new TypedData(
            UserSigned.domain("0x" + chain.toString(16)),
            vector.path("primary_type").stringValue(),
            members)
        .digest();
  }

  private static Object value(JsonNode node, String type) {
    return switch (type) {
      case "bool" -> node.booleanValue();
      case "uint64" -> node.longValue();
      default -> node.asString("");
    };
  }

  @Test
  void aGivenConnectionIdIsSigned() {
    List<JsonNode> vectors = of("l1_connection_id_only").toList();
    for (JsonNode vector : vectors) {
      byte[] id = Hex.decode(expected(vector).path("connection_id").stringValue());
      byte[] digest = L1Hash.digest(id, network(vector));
      assertSame(vector, "eip712_digest", digest);
      checkSignature(vector, digest);
    }
    assertThat(vectors).hasSize(2);
  }

  @Test
  void theEnvelopeOfAMultiSigIsHashedWithoutItsType() {
    List<JsonNode> vectors = of("multisig_envelope").toList();
    for (JsonNode vector : vectors) {
      ObjectNode action = action(vector).asObject().deepCopy();
      action.remove("type");
      byte[] hash =
          L1Hash.connectionId(
              Msgpack.encode(action),
              vector.path("nonce").longValue(),
              vault(vector),
              expiry(vector));
      assertSame(vector, "multi_sig_action_hash", hash);
      byte[] digest = outer(vector, hash);
      assertSame(vector, "outer_eip712_digest", digest);
      checkSignature(vector, digest);
    }
    assertThat(vectors).hasSize(4);
  }

  private static byte[] outer(JsonNode vector, byte[] hash) {
    return new TypedData(
            UserSigned.domain(action(vector).path("signatureChainId").stringValue()),
            "HyperliquidTransaction:SendMultiSig",
            List.of(
                new TypedData.Member("hyperliquidChain", "string", network(vector).chain()),
                new TypedData.Member("multiSigActionHash", "bytes32", hash),
                new TypedData.Member("nonce", "uint64", vector.path("nonce").longValue())))
        .digest();
  }

  /** The innermost signature of a trading action is an agent's, over three things at once. */
  @Test
  void theInnerSignatureOfAMultiSigIsItsCoSigners() {
    JsonNode vector = of("multisig_envelope").findFirst().orElseThrow();
    JsonNode payload = action(vector).path("payload");
    ArrayNode three = HyperliquidJson.array();
    three.add(payload.path("multiSigUser")).add(payload.path("outerSigner"));
    three.add(payload.path("action"));
    byte[] id =
        L1Hash.connectionId(
            Msgpack.encode(three), vector.path("nonce").longValue(), vault(vector), expiry(vector));
    JsonNode inner = action(vector).path("signatures").path(0);
    assertThat(SignerRecovery.address(L1Hash.digest(id, network(vector)), signature(inner)))
        .contains(vector.path("address").stringValue());
  }

  @Test
  void sizesScaleByTheHundredMillionExactlyOrNotAtAll() {
    JsonNode helper = of("helper").findFirst().orElseThrow();
    for (JsonNode pair : expected(helper).path("cases").values()) {
      String text = pair.path(0).stringValue();
      String scaled = pair.path(1).stringValue();
      if (scaled.startsWith("ERROR")) {
        assertThat(new BigDecimal(text).scale()).isGreaterThan(8);
      } else {
        assertThat(WireNumber.parseUnsigned(text).movePointRight(8)).isEqualByComparingTo(scaled);
      }
    }
  }

  @Test
  void noVectorIsPassedOver() {
    assertThat(SharedFiles.vectors()).hasSize(122);
    List<String> checked =
        List.of("l1", "user_signed", "l1_connection_id_only", "multisig_envelope", "helper");
    assertThat(SharedFiles.vectors())
        .filteredOn(vector -> !checked.contains(vector.path("scheme").stringValue()))
        .singleElement()
        .satisfies(vector -> assertThat(vector.path("id").intValue()).isEqualTo(NEVER_SENT));
  }

  private static void checkSignature(JsonNode vector, byte[] digest) {
    if (wasEditedAfterSigning(vector) || vector.path("private_key").isNull()) {
      return;
    }
    Signer signer = Signer.of(Hex.decode(vector.path("private_key").stringValue()));
    Signature signed = signer.sign(digest);
    if (vector.path("address").isString()) {
      String address = vector.path("address").stringValue().toLowerCase(Locale.ROOT);
      assertThat(signer.address()).isEqualTo(address);
    }
    if (expected(vector).has("r")) {
      assertThat(signed).as(label(vector)).isEqualTo(signature(expected(vector)));
    }
    assertThat(SignerRecovery.address(digest, signed)).contains(signer.address());
  }

  private static Signature signature(JsonNode node) {
    return Signature.of(
        node.path("r").stringValue(), node.path("s").stringValue(), node.path("v").intValue());
  }

  private static void assertSame(JsonNode vector, String key, byte[] found) {
    assertThat(Hex.encode(found))
        .as(label(vector))
        .isEqualTo(expected(vector).path(key).stringValue());
  }

  private static boolean wasEditedAfterSigning(JsonNode vector) {
    return expected(vector).has("published_signature_unverified");
  }

  private static Stream<JsonNode> of(String scheme) {
    return SharedFiles.vectors().stream()
        .filter(vector -> vector.path("scheme").stringValue().equals(scheme));
  }

  private static JsonNode action(JsonNode vector) {
    return vector.path("action_json_text").isString()
        ? HyperliquidJson.parse(vector.path("action_json_text").stringValue())
        : vector.path("action_json");
  }

  private static JsonNode expected(JsonNode vector) {
    return vector.path("expected");
  }

  private static Optional<String> vault(JsonNode vector) {
    return vector.path("vault").asStringOpt().filter(text -> text.startsWith("0x"));
  }

  private static OptionalLong expiry(JsonNode vector) {
    JsonNode expiry = vector.path("expires_after");
    return expiry.isNumber() ? OptionalLong.of(expiry.longValue()) : OptionalLong.empty();
  }

  private static Network network(JsonNode vector) {
    return vector.path("is_mainnet").booleanValue() ? Network.MAINNET : Network.TESTNET;
  }

  private static String label(JsonNode vector) {
    return vector.path("id") + " " + vector.path("name");
  }
}
