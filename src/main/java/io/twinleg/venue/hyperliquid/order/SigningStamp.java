package io.twinleg.venue.hyperliquid.order;

import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the adapter adds to a command, as the journal's envelope keeps it: enough to send the same
 * signed bytes again and to know which nonce to invalidate. Commands with one nonce travel in one
 * action.
 *
 * @param hash of the signed content (the connection id), 0x and 64 hex digits
 */
public record SigningStamp(long nonce, OptionalLong expiresAfter, String signer, String hash) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public String json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("nonce", nonce);
    expiresAfter.ifPresent(at -> node.put("expiresAfter", at));
    node.put("signer", signer);
    node.put("hash", hash);
    return node.toString();
  }

  /** Empty for a command without a signature, and for another venue's journal. */
  public static Optional<SigningStamp> parse(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return node.path("nonce").isIntegralNumber()
          ? Optional.of(
              new SigningStamp(
                  node.path("nonce").asLong(),
                  node.path("expiresAfter").isIntegralNumber()
                      ? OptionalLong.of(node.path("expiresAfter").asLong())
                      : OptionalLong.empty(),
                  node.path("signer").asString(""),
                  node.path("hash").asString("")))
          : Optional.empty();
    } catch (JacksonException damaged) {
      throw new IllegalStateException("a journalled envelope is not JSON: " + json, damaged);
    }
  }
}
