package io.twinleg.wire.hyperliquid.action;

import io.twinleg.wire.MalformedMessage;
import io.twinleg.wire.Signature;
import io.twinleg.wire.Signer;
import io.twinleg.wire.SignerRecovery;
import io.twinleg.wire.hyperliquid.HyperliquidJson;
import io.twinleg.wire.hyperliquid.Network;
import io.twinleg.wire.hyperliquid.StrictJson;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole request to {@code /exchange}: an action and its signature. */
public record Envelope(Unsigned unsigned, Signature signature) {
  private static final int HIGHEST_V = 255;

  /**
   * What is to be signed.
   *
   * @param vault the sub-account or vault that acts, in lower case
   * @param expiresAfter ms; the venue refuses the action later than that
   */
  public record Unsigned(
      Action action, long nonce, Optional<String> vault, OptionalLong expiresAfter) {
    /** For the signer's own account, without expiry. */
    public static Unsigned of(Action action, long nonce) {
      return new Unsigned(action, nonce, Optional.empty(), OptionalLong.empty());
    }

    /** The 32 bytes that are signed. */
    public byte[] digest(Network network) {
      return switch (action) {
        case L1Action trading ->
            L1Hash.digest(L1Hash.connectionId(trading.json(), nonce, vault, expiresAfter), network);
        case UserSigned moving -> moving.digest();
      };
    }

    public Envelope sign(Signer signer, Network network) {
      return new Envelope(this, signer.sign(digest(network)));
    }
  }

  public Action action() {
    return unsigned.action;
  }

  public long nonce() {
    return unsigned.nonce;
  }

  /** The signer in lower case; any changed byte yields another address. */
  public Optional<String> signer(Network network) {
    return SignerRecovery.address(unsigned.digest(network), signature);
  }

  /** The body to send. */
  public ObjectNode json() {
    ObjectNode body = HyperliquidJson.object();
    body.set("action", action().json());
    body.put("nonce", nonce());
    body.putObject("signature")
        .put("r", signature.rHex())
        .put("s", signature.sHex())
        .put("v", signature.v());
    unsigned.vault.ifPresent(address -> body.put("vaultAddress", address));
    unsigned.expiresAfter.ifPresent(time -> body.put("expiresAfter", time));
    return body;
  }

  /**
   * Reads a body.
   *
   * @throws MalformedMessage as the venue responds to it
   */
  public static Envelope read(String body) {
    return read(HyperliquidJson.parseStrictly(body));
  }

  /** From a tree: a post over the WebSocket carries one. */
  public static Envelope read(JsonNode body) {
    StrictJson fields = new StrictJson(body);
    Envelope envelope =
        new Envelope(
            new Unsigned(
                Action.read(fields.node("action")),
                fields.number("nonce"),
                fields.optionalAddress("vaultAddress"),
                fields.optionalNumber("expiresAfter")),
            signature(fields.object("signature")));
    fields.done();
    return envelope;
  }

  private static Signature signature(StrictJson fields) {
    long v = fields.number("v");
    if (v > HIGHEST_V) {
      throw MalformedMessage.schema("v is one byte");
    }
    try {
      return Signature.of(fields.text("r"), fields.text("s"), (int) v);
    } catch (IllegalArgumentException e) {
      throw MalformedMessage.schema("r and s are hexadecimal");
    }
  }
}
