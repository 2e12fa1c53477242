package io.twinleg.wire.aster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinleg.wire.aster.request.HmacKey;
import io.twinleg.wire.aster.request.Params;
import io.twinleg.wire.aster.request.Signing;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HmacVectorsTest {
  private final JsonNode vectors = AsterFiles.read("vectors/aster-signing.json").path("hmac_v1");

  @Test
  void everyRecordedSignatureComesOutTheSame() {
    assertThat(vectors.size()).isEqualTo(6);
    for (JsonNode vector : vectors) {
      HmacKey key = new HmacKey("key", vector.path("secret").asString());
      assertThat(key.sign(vector.path("total_params").asString()))
          .as(vector.path("name").asString())
          .isEqualTo(vector.path("signature").asString());
    }
  }

  @Test
  void queryAndBodyAreSignedWithNothingBetweenThem() {
    JsonNode mixed = named("mixed_query_plus_body_no_ampersand");
    assertThat(mixed.path("query").asString() + mixed.path("body").asString())
        .isEqualTo(mixed.path("total_params").asString());
  }

  @Test
  void whatIsSignedIsWhatIsSentWithTheSignatureAtItsEnd() {
    JsonNode vector = named("non_ascii_symbol_percent_encoded");
    Signing signing =
        new Signing.ByKey(
            new HmacKey("key", vector.path("secret").asString()), Duration.ofSeconds(5));
    assertThat(signing.signed(Params.NONE.with("symbol", "币安人生USDT"), 1756187806000L))
        .isEqualTo(
            vector.path("total_params").asString()
                + "&signature="
                + vector.path("signature").asString());
  }

  @Test
  void neitherKeyNorSecretIsPrinted() {
    HmacKey key = new HmacKey("thekey", "thesecret");
    assertThat(new Signing.ByKey(key, Duration.ofSeconds(5)).toString())
        .doesNotContain("thekey")
        .doesNotContain("thesecret");
  }

  private JsonNode named(String name) {
    return vectors
        .valueStream()
        .filter(vector -> vector.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
