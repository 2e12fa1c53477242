package io.hypercarry.protocol.aster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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
      HexKey key = new HexKey(vector.path("private_key").asString());
      long chain = vector.path("chain_id").asLong();
      String msg = vector.path("msg").asString();
      byte[] digest = WalletMessage.digest(chain, msg);
      String name = vector.path("name").asString();
      String signature = vector.path("signature").asString();
      assertThat("0x" + HexFormat.of().formatHex(digest))
          .as(name)
          .isEqualTo(vector.path("digest").asString());
      assertThat(key.sign(digest)).as(name).isEqualTo(signature);
      String address = vector.path("signer_address").asString().toLowerCase(Locale.ROOT);
      assertThat(key.address()).as(name).isEqualTo(address);
      assertThat(WalletMessage.signer(chain, msg, signature)).as(name).contains(address);
    }
  }

  @Test
  void theDomainsAreTheRecordedOnes() {
    JsonNode separators = vectors.path("eip712_v3_constants").path("domain_separator");
    assertThat(hex(WalletMessage.domainSeparator(WalletMessage.MAINNET)))
        .isEqualTo(separators.path("mainnet_1666").asString());
    assertThat(hex(WalletMessage.domainSeparator(WalletMessage.TESTNET)))
        .isEqualTo(separators.path("testnet_714").asString());
  }

  @Test
  void aRequestIsBuiltAsTheVectorIs() {
    JsonNode vector = named("perp GTX short with user");
    HexKey key = new HexKey(vector.path("private_key").asString()) ;
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
  void aSignatureOverAnotherTextIsAnothersOrNobodys() {
    JsonNode vector = named("perp GTX short with user");
    String signature = vector.path("signature").asString();
    String address = vector.path("signer_address").asString().toLowerCase(Locale.ROOT);
    assertThat(WalletMessage.signer(1666, vector.path("msg").asString() + "1", signature))
        .isNotEqualTo(java.util.Optional.of(address));
    assertThat(WalletMessage.signer(1666, "x", "0x12")).isEmpty();
  }

  @Test
  void theKeyIsNotPrinted() {
    String hex = named("perp GTX short with user").path("private_key").asString();
    HexKey key = new HexKey(hex);
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

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
