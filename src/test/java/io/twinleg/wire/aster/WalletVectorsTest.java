package io.twinleg.wire.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.wire.Hex;
import io.twinleg.wire.Signer;
import io.twinleg.wire.aster.request.Params;
import io.twinleg.wire.aster.request.Signing;
import io.twinleg.wire.aster.request.WalletMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WalletVectorsTest {
  private final JsonNode vectors = AsterFiles.read("vectors/aster-signing.json");

  @Test
  void everyDigestAndEverySignatureComesOutTheSame() {
    List<JsonNode> all = new ArrayList<>();
    vectors.path("eip712_v3_recorded").forEach(all::add);
    vectors.path("eip712_v3_computed").forEach(all::add);
    assertThat(all).hasSize(26);
    for (JsonNode vector : all) {
      Signer key = key(vector.path("private_key").asString());
      long chain = vector.path("chain_id").asLong();
      String msg = vector.path("msg").asString();
      byte[] digest = WalletMessage.digest(chain, msg);
      String name = vector.path("name").asString();
      String signature = vector.path("signature").asString();
      assertThat(Hex.encode(digest)).as(name).isEqualTo(vector.path("digest").asString());
      assertThat(WalletMessage.written(key.sign(digest))).as(name).isEqualTo(signature);
      String address = vector.path("signer_address").asString().toLowerCase(Locale.ROOT);
      assertThat(key.address()).as(name).isEqualTo(address);
      assertThat(WalletMessage.signer(chain, msg, signature)).as(name).contains(address);
    }
  }

  @Test
  void aRequestIsBuiltAsTheVectorIs() {
    JsonNode vector = named("perp GTX short with user");
    Signer key = key(vector.path("private_key").asString());
    Signing signing =
        new Signing.ByWallet(
            "0x63DD5aCC6b1aa0f563956C0e534DD30B6dcF7C4e", key, WalletMessage.MAINNET);
    Params order =
        Params.NONE
            .with("symbol", "ASTERUSDT")
            .with("side", "SELL")
            .with("type", "LIMIT")
            .with("timeInForce", "GTX")
            .with("quantity", "10")
            .with("price", "0.7001");
    String sent = signing.signed(order, 1748310859508867L);
    assertThat(sent.substring(0, sent.indexOf("&signature=")).toLowerCase(Locale.ROOT))
        .isEqualTo(vector.path("msg").asString().toLowerCase(Locale.ROOT));
  }

  @Test
  void aSignatureOverAnotherTextHasAnotherSignerOrNone() {
    JsonNode vector = named("perp GTX short with user");
    String signature = vector.path("signature").asString();
    String address = vector.path("signer_address").asString().toLowerCase(Locale.ROOT);
    assertThat(WalletMessage.signer(1666, vector.path("msg").asString() + "1", signature))
        .isNotEqualTo(Optional.of(address));
    assertThat(WalletMessage.signer(1666, "x", "0x12")).isEmpty();
  }

  @Test
  void theKeyIsNotPrinted() {
    String hex = named("perp GTX short with user").path("private_key").asString();
    Signer key = key(hex);
    assertThat(new Signing.ByWallet("0x1", key, 1666).toString()).doesNotContain(hex.substring(2));
  }

  private JsonNode named(String name) {
    return vectors
        .path("eip712_v3_computed")
        .valueStream()
        .filter(vector -> vector.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Signer key(String hex) {
    return Signer.of(Hex.decode(hex));
  }
}
